using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>A question as a card: the front asks, the back answers. Options come shuffled, or their place would be learned instead.</summary>
/// <param name="Choices">What the front lists below its stem: options, items to order, right sides to match; null where it lists nothing.</param>
/// <param name="Answer">The back's lines.</param>
/// <param name="Picture">Above the front's stem; null for none.</param>
/// <param name="Explanation">Null where the back has said it all.</param>
public sealed record CardFace(string Type, string Stem, IReadOnlyList<string>? Choices, CardAnswer Answer, string? Explanation, IReadOnlyList<CardEvidence> Evidence, Picture? Picture = null)
{
    /// <summary>Why the editors ask it without evidence; null where it has some.</summary>
    public string? Waiver { get; init; }

    /// <param name="seed">Of the order of what is shuffled.</param>
    /// <param name="paragraphs">Of the text that the question was written for, by label.</param>
    public static CardFace Of(Question question, long seed, IReadOnlyDictionary<string, string> paragraphs)
    {
        var order = Presentation.Of(question, seed).Order;
        (IReadOnlyList<string>? choices, var answer) = question switch
        {
            SingleChoice single => Options(single.Options, order),
            MultipleChoice multiple => Options(multiple.Options, order),
            TrueFalse statement => (null, new CardAnswer { Judgement = statement.Answer }),
            Cloze cloze => (null, new CardAnswer { Lines = [cloze.Accepted[0]], Also = cloze.Accepted.Count > 1 ? [.. cloze.Accepted.Skip(1)] : null }),
            Ordering ordering => ([.. order.Select(item => ordering.Items[item])], new CardAnswer { Lines = ordering.Items, IsNumbered = true }),
            Matching matching => ([.. order.Select(right => matching.Pairs[right].Right)], new CardAnswer { Lines = [.. matching.Pairs.Select(pair => $"{pair.Left} → {pair.Right}")] }),
            Flashcard flashcard => (null, new CardAnswer { Lines = flashcard.Back.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) }),
            _ => throw new NotSupportedException($"No card is made of a {question.GetType().Name}."),
        };
        return new CardFace(
            QuestionTypes.Of(question), question.Stem, choices, answer, question.Explanation,
            [.. question.Evidence.GroupBy(evidence => evidence.Paragraph).Select(quotes => new CardEvidence(
                quotes.Key, [.. EvidenceContext.Pieces(paragraphs.GetValueOrDefault(quotes.Key), [.. quotes]).Select(piece => new CardPiece(piece.Text, piece.IsQuote))]))], question.Picture);
    }

    private static (IReadOnlyList<string>, CardAnswer) Options(IReadOnlyList<Option> options, IReadOnlyList<int> order)
    {
        var shown = order.Select(option => options[option]).ToList();
        return ([.. shown.Select(option => option.Text)], new CardAnswer
        {
            Right = [.. Enumerable.Range(0, shown.Count).Where(i => shown[i].Correct)],
            Whys = [.. shown.Select(option => option.Why ?? "")],
        });
    }
}

/// <summary>What a back says; what a type has no use for is null.</summary>
public sealed record CardAnswer
{
    /// <summary>Whether the statement is true.</summary>
    public bool? Judgement { get; init; }

    public IReadOnlyList<string>? Lines { get; init; }

    /// <summary>Whether the lines stand in an order that is part of the answer.</summary>
    public bool IsNumbered { get; init; }

    /// <summary>Other wordings that count.</summary>
    public IReadOnlyList<string>? Also { get; init; }

    /// <summary>Which of the choices are right, by their place on the front.</summary>
    public IReadOnlyList<int>? Right { get; init; }

    /// <summary>Why each choice is right or wrong; empty where the author gave no reason.</summary>
    public IReadOnlyList<string>? Whys { get; init; }
}

/// <summary>The sentences of a paragraph that prove an answer.</summary>
public sealed record CardEvidence(string Paragraph, IReadOnlyList<CardPiece> Pieces);

/// <summary>A piece of a sentence; quoted pieces are the proof itself.</summary>
public sealed record CardPiece(string Text, bool IsQuote);
