using StudyQuiz.App.Features.KeepBank;
using StudyQuiz.App.Features.ReviewQuestions;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Components;

/// <summary>What the main navigation offers, by who looks at it.</summary>
public static class ShellNavigation
{
    /// <param name="Name">The resource of the whole name, where the text shows a part of it.</param>
    /// <param name="Tab">The resource of a text that fits a sixth of a phone.</param>
    /// <param name="IsTab">Whether a phone's row has it: there is room for six.</param>
    public sealed record Entry(Section Section, string Href, string Text, string Icon, string? Name = null, string? Tab = null, bool IsTab = true);

    public static IEnumerable<Entry> For(Viewer viewer)
    {
        // Whoever keeps games, the bank or people has more entries: on a phone the text and the notebook are reached from Today then, and
        // progress from the cards. Everyone else's game begins in Today's field for its PIN
        var isEditor = viewer.IsEditor || viewer.IsAdmin;
        yield return new Entry(Section.Today, "/", "NavToday", "home");
        yield return new Entry(Section.Source, "/sources", "NavSource", "book", IsTab: !isEditor && !viewer.IsHost);
        yield return new Entry(Section.SelfTest, "/self-test", "NavSelfTest", "quiz");
        yield return new Entry(Section.Cards, "/cards", "NavCards", "cards");
        yield return new Entry(Section.Notebook, "/notebook", "NavNotebook", "note", Tab: "NavNotebookTab", IsTab: !viewer.IsAdmin);
        yield return new Entry(Section.Progress, "/progress", "NavProgress", "chart", IsTab: !isEditor);
        if (viewer.IsHost || isEditor) yield return new Entry(Section.Games, "/host", "NavGames", "screen");
        else yield return new Entry(Section.Games, "/join", "NavJoin", "users", IsTab: false);
        if (isEditor) yield return new Entry(Section.Banks, KeepBankEndpoints.List, "NavBanks", "list");
        if (isEditor) yield return new Entry(Section.Appeals, ReviewEndpoints.Queue, "NavReview", "scale", IsTab: false);
        if (isEditor) yield return new Entry(Section.People, "/people", "NavPeople", "users", IsTab: viewer.IsAdmin);
    }
}
