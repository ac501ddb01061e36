using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>A question as people write it, in tables and on paper: a stem, perhaps lettered options, and an answer whose form depends on the type.</summary>
/// <param name="Type">Null where nobody said it: then the options and the answer tell.</param>
internal sealed record AskedText(int Line, string Stem, IReadOnlyList<string> Options, string Answer, string? Type)
{
    public const string Arrow = "→";
    private static readonly string[] Arrows = [Arrow, "=>", "->", "——"];

    /// <summary>Why each option is right or wrong; shorter than the options where not all say.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    public QuestionRow Read()
    {
        if (Stem.Length == 0) return QuestionRow.Refused(Line, string.Join(' ', Options), "NoStem");
        return Type switch
        {
            QuestionTypes.SingleChoice => Choice(isMultiple: false),
            QuestionTypes.MultipleChoice => Choice(isMultiple: true),
            QuestionTypes.TrueFalse => Judged(),
            QuestionTypes.Cloze => Gapped(),
            QuestionTypes.Ordering => Ordered(),
            QuestionTypes.Matching => Paired(),
            QuestionTypes.Flashcard => Row(Bodies.Flashcard(Stem, Answer)),
            _ when Options.Count > 0 => Options.Count == 2 && RowText.Judgement(Options[0]) is not null && RowText.Judgement(Options[1]) is not null ? Judged() : Choice(isMultiple: RowText.Letters(Answer)?.Count > 1),
            _ when RowText.Judgement(Answer) is not null && RowText.Blanks(RowText.WithBlanks(Stem)) == 0 => Judged(),
            _ when RowText.Blanks(RowText.WithBlanks(Stem)) > 0 && RowText.Judgement(Answer) is null => Gapped(),
            _ when RowText.Judgement(Answer) is not null => Judged(),
            _ when RowText.Letters(Answer) is not null => Refused("NoOptions"),
            _ => Row(Bodies.Flashcard(Stem, Answer)),
        };
    }

    private QuestionRow Choice(bool isMultiple)
    {
        if (Options.Count == 0) return Refused("NoOptions");
        if (Answer.Length == 0) return Refused("NoAnswer");
        // who writes the right option out means it too
        var right = RowText.Letters(Answer) ?? (Options.Index().FirstOrDefault(option => option.Item == Answer) is { Item: not null } same ? [same.Index] : null);
        if (right is null) return Refused("AnswerLetters", RowText.Beginning(Answer));
        if (right.Any(place => place >= Options.Count)) return Refused("AnswerBeyond", RowText.Beginning(Answer), RowText.Letter(Options.Count - 1));
        return Row(Bodies.Choice(Stem, [.. Options.Select((text, i) => new Option(text, right.Contains(i), i < Reasons.Count && Reasons[i].Length > 0 ? Reasons[i] : null))], isMultiple));
    }

    private QuestionRow Judged()
    {
        if (Answer.Length == 0) return Refused("NoAnswer");
        var answer = RowText.Judgement(Answer) ?? (Options.Count == 2 && RowText.Letters(Answer) is [< 2 and var place] ? RowText.Judgement(Options[place]) : null);
        return answer is { } judgement ? Row(Bodies.TrueFalse(Stem, judgement)) : Refused("TrueFalseWord", RowText.Beginning(Answer));
    }

    private QuestionRow Gapped() => Row(Bodies.Cloze(RowText.WithBlanks(Stem), RowText.Accepted(Answer)));

    // Without an answer the items stand in their order; with one it names their letters in it
    private QuestionRow Ordered()
    {
        if (Answer.Length == 0) return Row(Bodies.Ordering(Stem, Options));
        return RowText.Letters(Answer) is { } order && order.Count == Options.Count && order.All(place => place < Options.Count)
            ? Row(Bodies.Ordering(Stem, [.. order.Select(place => Options[place])]))
            : Refused("OrderLetters", RowText.Beginning(Answer));
    }

    private QuestionRow Paired()
    {
        var pairs = new List<MatchPair>();
        foreach (var option in Options)
        {
            if (Arrows.Select(arrow => option.Split(arrow)).FirstOrDefault(sides => sides.Length == 2) is not { } sides) return Refused("PairForm", RowText.Beginning(option));
            pairs.Add(new MatchPair(sides[0].Trim(), sides[1].Trim()));
        }

        return Row(Bodies.Matching(Stem, pairs));
    }

    private QuestionRow Row(Question body) => new(Line, RowText.Beginning(Stem)) { Question = new RowQuestion(body) };

    private QuestionRow Refused(string code, params object[] args) => QuestionRow.Refused(Line, Stem, code, args);
}
