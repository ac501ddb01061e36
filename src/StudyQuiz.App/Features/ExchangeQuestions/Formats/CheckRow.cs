using StudyQuiz.App.Features.EditQuestion;
using StudyQuiz.App.Features.ExchangeCards;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>What every question has to keep, whatever file it comes from: the limits of the editor's form, and a key that fits its type.</summary>
internal static class CheckRow
{
    private const int MostTags = 20;

    /// <summary>The row with its texts tidied, or refused.</summary>
    public static QuestionRow Of(QuestionRow row)
    {
        if (row.Question is not { } question) return row;
        var tidy = question with
        {
            Body = Bodies.Map(question.Body, AnkiText.Tidy) with { Difficulty = question.Difficulty ?? question.Body.Difficulty },
            Tags = question.Tags is { } tags ? [.. tags.Select(AnkiText.Tidy).Where(tag => tag.Length > 0).Distinct(StringComparer.Ordinal)] : null,
        };
        if (tidy is { Body: Cloze cloze, AnyOrder: { } anyOrder }) tidy = tidy with { Body = cloze with { AnyOrder = anyOrder } };
        return Fault(tidy) is { } why ? row with { Question = null, Refusal = why } : row with { Question = tidy };
    }

    private static Why? Fault(RowQuestion question)
    {
        var body = question.Body;
        if (body.Stem.Length == 0) return new Why("NoStem");
        if (body.Stem.Length > QuestionForm.LongestStem) return new Why("LongStem", QuestionForm.LongestStem);
        if (body.Explanation.Length > QuestionForm.LongestExplanation) return new Why("LongExplanation", QuestionForm.LongestExplanation);
        if (question.Id is { } id && (id.Length > 100 || id.Length == 0 || !char.IsAsciiLetterOrDigit(id[0]) || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'))) return new Why("BadId", RowText.Beginning(id));
        if (question.Tags is { } tags && (tags.Count > MostTags || tags.Any(tag => tag.Length > BankQuestion.LongestTag || tag.Contains('\n', StringComparison.Ordinal)))) return new Why("BadTags", MostTags, BankQuestion.LongestTag);
        if (!Texts(question).All(StorableText.Is)) return new Why("Unstorable");
        return body switch
        {
            SingleChoice single => Options(single.Options) ?? (single.Options.Count(option => option.Correct) switch
            {
                1 => null,
                0 => new Why("NoneRight"),
                _ => new Why("SingleTwoRight", Right(single.Options)),
            }),
            MultipleChoice multiple => Options(multiple.Options) ?? (multiple.Options.Count(option => option.Correct) switch
            {
                0 => new Why("NoneRight"),
                1 => new Why("MultipleOneRight", Right(multiple.Options)),
                var right when right == multiple.Options.Count => new Why("AllRight"),
                _ => null,
            }),
            Cloze cloze => Blank(cloze),
            Ordering ordering => ordering.Items.Count is < 3 or > QuestionForm.MostRows ? new Why("ThreeItems", QuestionForm.MostRows) : Each(ordering.Items),
            Matching matching => matching.Pairs.Count is < 2 or > QuestionForm.MostRows ? new Why("TwoPairs", QuestionForm.MostRows) : Each([.. matching.Pairs.Select(pair => pair.Left)]) ?? Each([.. matching.Pairs.Select(pair => pair.Right)]),
            Flashcard card => card.Back.Length == 0 ? new Why("NoAnswer") : card.Back.Length > QuestionForm.LongestExplanation ? new Why("LongAnswer", QuestionForm.LongestExplanation) : null,
            _ => null,
        };
    }

    private static string Right(IReadOnlyList<Option> options) => string.Join('、', options.Index().Where(option => option.Item.Correct).Select(option => RowText.Letter(option.Index)));

    private static Why? Options(IReadOnlyList<Option> options)
    {
        if (options.Count is < 2 or > QuestionForm.MostRows) return new Why("TwoOptions", QuestionForm.MostRows);
        return options.Any(option => option.Why?.Length > QuestionForm.LongestLine) ? new Why("LongReason", QuestionForm.LongestLine) : Each([.. options.Select(option => option.Text)]);
    }

    private static Why? Blank(Cloze cloze) => RowText.Blanks(cloze.Stem) switch
    {
        0 => new Why("NoBlank"),
        > 1 => new Why("TwoBlanks"),
        _ when cloze.Accepted.Count == 0 || cloze.Accepted.All(text => text.Length == 0) => new Why("NoAnswer"),
        _ when cloze.Accepted.Count > QuestionForm.MostRows || cloze.Accepted.Any(text => text.Length > GivenAnswer.LongestTyped) => new Why("LongTyped", GivenAnswer.LongestTyped),
        _ => Each(cloze.Accepted),
    };

    private static Why? Each(IReadOnlyList<string> texts)
    {
        if (texts.Any(text => text.Length == 0)) return new Why("EmptyPart");
        if (texts.Any(text => text.Length > QuestionForm.LongestLine)) return new Why("LongPart", QuestionForm.LongestLine);
        return texts.GroupBy(text => text, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice ? new Why("SamePart", RowText.Beginning(twice.First())) : null;
    }

    private static List<string> Texts(RowQuestion question)
    {
        var texts = new List<string>();
        Bodies.Map(question.Body, text =>
        {
            texts.Add(text);
            return text;
        });
        return [.. texts, .. question.Tags ?? [], question.KeyPoint ?? "", .. question.Body.Evidence.SelectMany(evidence => new[] { evidence.Paragraph, evidence.Quote })];
    }
}
