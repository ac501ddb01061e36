using System.Globalization;
using Microsoft.Extensions.Localization;
using StudyQuiz.App.Components;
using StudyQuiz.App.Features.KeepQuizzes;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.PrintPaper;

/// <summary>A quiz as it stands on paper.</summary>
/// <param name="Origin">Where its questions come from; empty for own ones.</param>
public sealed record PaperSheet(Guid Quiz, string Title, decimal Total, int Minutes, string Origin, string Language, IReadOnlyList<SheetSection> Sections)
{
    /// <param name="items">What is asked, section by section, with polls and slides that paper leaves out.</param>
    internal static PaperSheet Of(Quiz quiz, IReadOnlyList<QuizItem> items, string origin, IStringLocalizer<QuizText> text, IStringLocalizer<QuestionText> words)
    {
        var (sections, number) = (new List<SheetSection>(), 1);
        foreach (var section in quiz.Plan.Sections)
        {
            var asked = items.Where(item => item.Section == section.Id).Select(item => item.Question).OfType<QuizQuestion>().ToList();
            if (asked.Count == 0) continue;
            sections.Add(new SheetSection(
                SectionWords.Ordinal(sections.Count, text), SectionWords.Name(section, text, words), section.Type, section.Points, asked.Count * section.Points,
                [.. asked.Select(question => SheetQuestion.Of(number++, question, QuizSeeds.Of(quiz.Seed, question.Id)))]));
        }

        return new PaperSheet(quiz.Id, quiz.Title, sections.Sum(section => section.Sum), quiz.Plan.Minutes, origin, items.Select(item => item.Question?.Language).FirstOrDefault(language => language is not null) ?? "zh-CN", sections);
    }
}

/// <summary>A part of a paper.</summary>
/// <param name="Ordinal">一</param>
/// <param name="Name">单选题</param>
/// <param name="Type">Null where it holds several.</param>
/// <param name="Points">What each is worth.</param>
/// <param name="Sum">What all are worth.</param>
public sealed record SheetSection(string Ordinal, string Name, string? Type, decimal Points, decimal Sum, IReadOnlyList<SheetQuestion> Questions);

/// <summary>A question on paper.</summary>
/// <param name="Number">Counts through the paper.</param>
/// <param name="Listed">What is lettered below the stem: options, items, right sides.</param>
/// <param name="Lefts">The left sides of a matching, numbered.</param>
/// <param name="Key">What is right, in letters where there are letters; null for true and <see cref="IsTrue"/>.</param>
/// <param name="IsTrue">Of a judgement.</param>
/// <param name="Picture">Above the stem; null for none.</param>
public sealed record SheetQuestion(int Number, string Type, string Stem, IReadOnlyList<string> Listed, IReadOnlyList<string> Lefts, string? Key, bool? IsTrue, string Explanation, string Language, Picture? Picture)
{
    /// <summary>Whether the answer is a letter, so that the stem ends with a pair of brackets.</summary>
    public bool HasBrackets => Type is QuestionTypes.SingleChoice or QuestionTypes.MultipleChoice or QuestionTypes.TrueFalse;

    internal static SheetQuestion Of(int number, QuizQuestion question, long seed)
    {
        var body = question.Body;
        var order = Presentation.Of(body, seed);
        return new SheetQuestion(
            number, question.Type, body.Stem,
            body switch
            {
                SingleChoice single => [.. order.Order.Select(author => single.Options[author].Text)],
                MultipleChoice multiple => [.. order.Order.Select(author => multiple.Options[author].Text)],
                Ordering ordering => [.. order.Order.Select(author => ordering.Items[author])],
                Matching matching => [.. order.Order.Select(author => matching.Pairs[author].Right)],
                _ => [],
            },
            body is Matching pairs ? [.. pairs.Pairs.Select(pair => pair.Left)] : [], KeyOf(body, order), (body as TrueFalse)?.Answer, body.Explanation, question.Language, body.Picture);
    }

    public static string Letter(int place) => ((char)('A' + place)).ToString();

    private static string? KeyOf(Question body, Presentation order) => Grading.Key(body) is { } key ? order.ToShown(key) switch
    {
        Chosen chosen => string.Concat(chosen.Options.Select(Letter)),
        Typed typed => typed.Text,
        // Where on the sheet the first one stands, then the second
        Ordered ordered => string.Concat(ordered.Items.Select(Letter)),
        Paired paired => string.Join(' ', paired.Rights.Select((right, left) => string.Create(CultureInfo.InvariantCulture, $"{left + 1}{Letter(right)}"))),
        _ => null,
    } : null;
}
