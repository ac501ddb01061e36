using Microsoft.Extensions.Localization;
using StudyQuiz.App.Components;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Features.KeepQuizzes;

/// <summary>How sections are called on pages and on paper.</summary>
internal static class SectionWords
{
    /// <summary>一、单选题</summary>
    /// <param name="place">Counts from 0.</param>
    public static string Heading(QuizSection section, int place, IStringLocalizer<QuizText> text, IStringLocalizer<QuestionText> words) =>
        text["SectionHeading", Ordinal(place, text), Name(section, text, words)];

    /// <summary>单选题</summary>
    public static string Name(QuizSection section, IStringLocalizer<QuizText> text, IStringLocalizer<QuestionText> words) =>
        section.Type is { } type ? text["TypeQuestions", words["Type." + type].Value] : text["MixedQuestions"];

    public static string Ordinal(int place, IStringLocalizer<QuizText> text) => text["Ordinals"].Value.Split(' ')[place];

    /// <summary>What could not be drawn, in words.</summary>
    public static string Say(Shortfall shortfall, IReadOnlyList<TopPoint> points, IStringLocalizer<QuizText> text) => shortfall.Kind switch
    {
        DemandKind.KeyPoint => text["Missing.KeyPoint", new Count(shortfall.Missing), points.FirstOrDefault(point => point.Id == shortfall.Of)?.Heading ?? text["PointGone"].Value],
        DemandKind.Difficulty => text["Missing.Difficulty", new Count(shortfall.Missing), text["Level." + shortfall.Of].Value],
        _ => text["Missing.Number", new Count(shortfall.Missing)],
    };
}
