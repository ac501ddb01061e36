using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ExchangeQuestions;

/// <summary>Looks in the text for the exact words that prove a question which came without evidence. Found is only what stands there word for word.</summary>
internal static partial class FindEvidence
{
    // Shorter words stand in a text by chance
    private const int Shortest = 8;

    /// <summary>Null where nothing is found.</summary>
    public static Evidence? Of(Question question, IReadOnlyList<BankParagraph> paragraphs) =>
        paragraphs.Count == 0 ? null : Candidates(question).Select(words => words.Trim('。', '.', ' ', '，', '；')).Where(words => words.Length >= Shortest).Select(words => Place(words, paragraphs)).FirstOrDefault(place => place is not null);

    private static IEnumerable<string> Candidates(Question question)
    {
        if (question is Cloze cloze)
        {
            yield return cloze.Stem.Replace(Cloze.Blank, cloze.Accepted[0], StringComparison.Ordinal);
            if (cloze.Stem.Split(['，', '。', '；', '：', ':', '“', '”']).FirstOrDefault(clause => clause.Contains(Cloze.Blank, StringComparison.Ordinal)) is { } part) yield return part.Replace(Cloze.Blank, cloze.Accepted[0], StringComparison.Ordinal);
        }

        if (question is TrueFalse { Answer: true }) yield return question.Stem;
        foreach (Match quote in Quotes().Matches(question.Explanation)) yield return quote.Groups["words"].Value;
    }

    private static Evidence? Place(string words, IReadOnlyList<BankParagraph> paragraphs)
    {
        foreach (var paragraph in paragraphs)
        {
            var at = paragraph.Text.IndexOf(words, StringComparison.Ordinal);
            if (at >= 0) return new Evidence(paragraph.Id, words, paragraph.Text.IndexOf(words, at + 1, StringComparison.Ordinal) > 0 ? at : null);
        }

        return null;
    }

    [GeneratedRegex("[“\"「](?<words>[^”\"」]{1,500})[”\"」]", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Quotes();
}
