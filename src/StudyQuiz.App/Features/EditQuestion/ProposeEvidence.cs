using System.Text.RegularExpressions;
using StudyQuiz.App.Features.ExchangeQuestions;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>Sentences of the text that a question without evidence may rest on, for a person to choose from.</summary>
internal static partial class ProposeEvidence
{
    private const int Most = 3;

    // What shares less says something else
    private const double LeastShared = 0.25;

    /// <summary>What stands there word for word first, then the sentences that share most with the stem and, counted twice, with what is right.</summary>
    public static IReadOnlyList<Evidence> For(Question question, IReadOnlyList<TextParagraph> paragraphs)
    {
        var verbatim = FindEvidence.Of(question, [.. paragraphs.Select(paragraph => new BankParagraph(paragraph.Label, paragraph.Text))]);
        var (asked, right) = (Bigrams.Of(question.Stem), Bigrams.Of(Right(question)));
        var alike =
            from paragraph in paragraphs
            from Match sentence in Sentences().Matches(paragraph.Text)
            let pairs = Bigrams.Of(sentence.Value)
            let shared = (asked.Count(pairs.Contains) + 2.0 * right.Count(pairs.Contains)) / Math.Max(1, asked.Count + 2 * right.Count)
            where shared >= LeastShared
            orderby shared descending
            select new TypedQuote(sentence.Value, $"{paragraph.Label}@{sentence.Index}").Find([paragraph]).Evidence;
        return [.. alike.OfType<Evidence>().Where(one => verbatim is null || one.Paragraph != verbatim.Paragraph || !one.Quote.Contains(verbatim.Quote, StringComparison.Ordinal)).Take(Most - (verbatim is null ? 0 : 1)).Prepend(verbatim).OfType<Evidence>()];
    }

    private static string Right(Question question) => question switch
    {
        SingleChoice single => Right(single.Options),
        MultipleChoice multiple => Right(multiple.Options),
        Cloze cloze => cloze.Accepted is [var first, ..] ? first : "",
        Ordering ordering => string.Join('\n', ordering.Items),
        Matching matching => string.Join('\n', matching.Pairs.Select(pair => pair.Left + pair.Right)),
        Flashcard card => card.Back,
        _ => "",
    };

    private static string Right(IReadOnlyList<Option> options) => string.Join('\n', options.Where(option => option.Correct).Select(option => option.Text));

    [GeneratedRegex("[^。！？!?\\s][^。！？!?]*[。！？!?]*[”’」』）]*", RegexOptions.NonBacktracking)]
    private static partial Regex Sentences();
}
