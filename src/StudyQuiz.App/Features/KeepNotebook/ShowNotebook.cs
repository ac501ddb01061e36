using System.Globalization;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.KeepNotebook;

/// <summary>The notebook's page: by source, key point and type, a page of questions at a time.</summary>
internal static class ShowNotebook
{
    /// <summary>Questions of one page.</summary>
    public const int PageSize = 50;

    private static readonly string[] Outcomes = [NotebookMarks.Removed, NotebookMarks.Restored, "gone", "set", "days"];

    public static void Map(IEndpointRouteBuilder app) => app.MapGet(NotebookEndpoints.Path, ShowAsync);

    /// <summary>The notebook behind a request; null where this browser has begun nothing. What ran out of time is graded first: it may be wrong.</summary>
    public static async Task<(Guid Learner, Notebook Notebook)?> FindAsync(HttpContext http, NpgsqlConnection connection, Learners learners, Clock clock)
    {
        if (await learners.FindAsync(http) is not { } learner) return null;
        await AttemptClosing.CloseOverdueAsync(connection, learner, clock.Now);
        var today = (await StudyLearner.LoadAsync(connection, learner)).Calendar.DayOf(clock.Now);
        return (learner, await Notebook.OfAsync(connection, learner, today, await ExamQuestions.OfAsync(connection, learner, clock.Now)));
    }

    private static async Task<IResult> ShowAsync(HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock, string? done = null, string? question = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var filter = NotebookFilter.Of(http.Request.Query);
        return Pages.Render<NotebookPage>(new
        {
            View = await FindAsync(http, connection, learners, clock) is var (learner, notebook) ? await ViewAsync(connection, learner, notebook, filter) : null,
            Done = Outcomes.FirstOrDefault(outcome => outcome == done),
            DoneTo = long.TryParse(question, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (long?)null,
        });
    }

    private static async Task<NotebookView> ViewAsync(NpgsqlConnection connection, Guid learner, Notebook notebook, NotebookFilter filter)
    {
        var source = notebook.SourceOf(filter);
        var items = notebook.Of(filter);
        // Whoever is beyond the last page, for what was there has left since, sees the last one
        var pages = Math.Max(1, (items.Count + PageSize - 1) / PageSize);
        filter = filter with { Source = source?.Slug ?? filter.Source, Page = Math.Min(filter.Page, pages) };
        return new NotebookView(
            notebook, filter, source, items, pages,
            await NotebookRow.OfAsync(connection, learner, [.. items.Skip((filter.Page - 1) * PageSize).Take(PageSize)]));
    }
}

/// <summary>What the page shows of a notebook.</summary>
/// <param name="Filter">With the source that is shown.</param>
/// <param name="Items">All questions of the filter, in its order.</param>
/// <param name="Rows">Those of the page.</param>
public sealed record NotebookView(Notebook Notebook, NotebookFilter Filter, NotebookSource? Source, IReadOnlyList<NotebookItem> Items, int Pages, IReadOnlyList<NotebookRow> Rows)
{
    /// <summary>Questions to practise, as many as one self-test takes; a flashcard's learner judges it there too.</summary>
    public IReadOnlyList<long> Practice => Filter.IsLeft ? [] : [.. Items.Take(StartSelfTest.MostQuestions).Select(item => item.Question)];

    /// <summary>How many there are in another view of the source.</summary>
    public int Count(NotebookFilter filter) => Notebook.Within(filter).Count();

    /// <summary>The groups of key points that the chosen type has questions of, in the order of the text.</summary>
    public IReadOnlyList<(NotebookPoint Point, int Count)> Groups => Points(Filter with { Point = null }, item => item.Group);

    /// <summary>The key points of the group that is chosen, or that holds the chosen one.</summary>
    public IReadOnlyList<(NotebookPoint Point, int Count)> Below(NotebookPoint group) =>
        Points(Filter with { Point = group.Id }, item => item.Point) is { Count: > 1 } points && (Filter.Point == group.Id || points.Any(one => one.Point.Id == Filter.Point)) ? points : [];

    /// <summary>The types that the chosen key point has questions of.</summary>
    public IReadOnlyList<(string Type, int Count)> Types =>
        [.. QuestionTypes.All.Select(type => (type, Count(Filter with { Type = type }))).Where(one => one.Item2 > 0 || one.type == Filter.Type)];

    private List<(NotebookPoint Point, int Count)> Points(NotebookFilter filter, Func<NotebookItem, NotebookPoint> of) =>
        [.. Notebook.Within(filter).GroupBy(of).OrderBy(point => point.Key.Position).ThenBy(point => point.Key.Id).Select(point => (point.Key, point.Count()))];
}
