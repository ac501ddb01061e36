using System.Globalization;
using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.KeepBank;

/// <summary>A bank's home: its key points, and its questions to search, filter, sort and change.</summary>
internal static class ShowBank
{
    private const int MostTags = 200;

    public static void Map(IEndpointRouteBuilder banks)
    {
        banks.MapGet("/{slug}", ShowAsync);
        banks.MapPost("/{slug}/change", ChangeAsync);
        banks.MapPost("/{slug}/change/{id:guid}/undo", UndoAsync);
    }

    private static async Task<IResult> ShowAsync(string slug, HttpContext http, NpgsqlDataSource db, string? after = null, string? before = null, string? done = null, string? none = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await KeptBank.FindAsync(connection, slug) is not { } bank) return Pages.NotFound();
        var filter = QuestionFilter.Read(name => http.Request.Query[name]);
        return Pages.Render<BankPage>(await LoadAsync(connection, bank, filter, ListPlace.Parse(after), ListPlace.Parse(before), Guid.TryParse(done, out var change) ? change : null, none is not null));
    }

    /// <summary>All that a bank's page shows.</summary>
    internal static async Task<object> LoadAsync(NpgsqlConnection connection, KeptBank bank, QuestionFilter filter, ListPlace? after = null, ListPlace? before = null, Guid? done = null, bool isNoneChosen = false)
    {
        var tree = await BankTree.OfAsync(connection, bank.Id, bank.Summary);
        return new
        {
            Bank = bank,
            Filter = filter,
            Tree = tree,
            Page = await ListQuestions.OfAsync(connection, [bank.Id], filter, tree.Below(filter.Point), after, before),
            Choices = await ChoicesAsync(connection),
            Done = done is null ? null : await ChangeMany.FindAsync(connection, bank.Id, done),
            IsNoneChosen = isNoneChosen,
            Change = Guid.CreateVersion7(),
        };
    }

    /// <summary>What tags and authors there are to choose from: a look at an index for each tag, however many questions have it.</summary>
    internal static async Task<FilterChoices> ChoicesAsync(NpgsqlConnection connection) => new(
        (await connection.QueryAsync<string>(
            $"""
            with recursive tags (tag) as (
              (select tag from question_tag order by tag limit 1)
              union all
              select (select t.tag from question_tag t where t.tag > tags.tag order by t.tag limit 1) from tags where tags.tag is not null)
            select tag from tags where tag is not null limit {MostTags}
            """)).AsList(),
        (await connection.QueryAsync<(Guid, string)>(
            "select distinct a.id, a.user_name from account a join account_role r on r.account_id = a.id and r.role in ('admin', 'editor') where a.user_name <> '' order by a.user_name limit 200")).AsList());

    private static async Task<IResult> ChangeAsync(string slug, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await KeptBank.FindAsync(connection, slug) is not { } bank) return Pages.NotFound();
        if (!Guid.TryParse(form["id"], out var id) || id == Guid.Empty) return Results.BadRequest();
        var filter = QuestionFilter.Read(name => form[name]);
        var (kind, value) = form["do"].ToString().Split(':', 2) switch
        {
            [var word, var of] => (word, of),
            [ChangeMany.Move] => (ChangeMany.Move, form["to"].ToString()),
            var words => (words[0], form["label"].ToString().Trim()),
        };
        var chosen = form["all"] == "on"
            ? await ListQuestions.AllAsync(connection, bank.Id, filter, (await BankTree.OfAsync(connection, bank.Id, null)).Below(filter.Point), ChangeMany.Most)
            : form["question"].Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var question) ? question : 0).Where(question => question > 0).Distinct().Take(ChangeMany.Most).ToList();
        var isDone = chosen.Count > 0 && await ChangeMany.RunAsync(connection, id, bank, kind, value, chosen, Viewer.Of(http.User).AccountId!.Value, clock.Now);
        return Results.LocalRedirect(bank.Path + filter.Query(("after", Place(form["after"])), ("before", Place(form["before"])), ("done", isDone ? id.ToString() : null), ("none", isDone ? null : "1")));
    }

    private static async Task<IResult> UndoAsync(string slug, Guid id, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await KeptBank.FindAsync(connection, slug) is not { } bank) return Pages.NotFound();
        await ChangeMany.UndoAsync(connection, bank, id, Viewer.Of(http.User).AccountId!.Value, clock.Now);
        return Results.LocalRedirect(bank.Path + QuestionFilter.Read(name => form[name]).Query(("after", Place(form["after"])), ("before", Place(form["before"])), ("done", id.ToString())));
    }

    private static string? Place(string? text) => ListPlace.Parse(text)?.ToString();
}

/// <summary>What can be chosen in a filter beside what is fixed.</summary>
public sealed record FilterChoices(IReadOnlyList<string> Tags, IReadOnlyList<(Guid Id, string Name)> Authors);
