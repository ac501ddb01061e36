using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using StudyQuiz.App.Tests.KeepQuizzes;
using StudyQuiz.App.Tests.TakeSelfTest;

namespace StudyQuiz.App.Tests.Access;

/// <summary>One of each thing that is somebody's, made through the pages by a host and a learner whom nobody else is.</summary>
internal sealed partial class Things
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private Visitor _host = null!;
    private Visitor _learner = null!;

    public Guid Game { get; private set; }

    public Visitor Owner(string thing) => thing is "attempt" or "device" ? _learner : _host;

    public static async Task<Things> MakeAsync(TestApp app)
    {
        var things = new Things { _host = await Visitor.ComeAsync(app, "host"), _learner = await Visitor.ComeAsync(app, "learner") };
        var host = things._host.Browser;
        await SelfTestBank.SeedAsync(app.Database);
        await using var connection = await app.Database.OpenConnectionAsync();
        var bank = await connection.QuerySingleAsync<long>("select id from source where slug = @Slug", new { SelfTestBank.Slug });

        things["quiz"] = await things.PostAsync("/quizzes", "/quizzes", ("title", "别人的卷子"), ("shape", "quiz"), ("source", bank.ToString(CultureInfo.InvariantCulture)));
        using (await new QuizHost(app, host, things._host.Account).SaveAsync(Guid.Parse(things["quiz"]), ("answers", "AtSubmission"))) { }
        things["assignment"] = await things.PostAsync($"/quizzes/{things["quiz"]}", $"/quizzes/{things["quiz"]}/assign");
        things["game"] = await things.PostAsync("/host", "/host", ("source", SelfTestBank.Slug), ("number", "2"));
        things.Game = Guid.Parse(things["game"]);
        things["group"] = await things.PostAsync("/groups", "/groups", ("name", "别人的组"));
        using (await host.SubmitAsync($"/groups/{things["group"]}", $"/groups/{things["group"]}/roster/add".Replace("/add", "", StringComparison.Ordinal), ("text", "某人 1"))) { }
        var token = (await host.FillInAsync("/account", "/sign-out"))[0];
        using (await host.PostFormAsync($"/groups/{things["group"]}/roster/add", token, ("text", "某人 1"))) { }
        using (await host.PostFormAsync($"/groups/{things["group"]}/invite", token, ("invitation", Guid.NewGuid().ToString()), ("uses", "5"), ("days", "5"))) { }
        using (await host.PostFormAsync("/account/tokens", token, ("name", "x"), ("days", "5"), ("scopes", "groups:read"))) { }
        using (await host.PostFormAsync("/webhooks", token, ("id", Guid.NewGuid().ToString()), ("url", "https://example.org/hook"), ("events", "game.finished"))) { }
        using (var begun = await things._learner.Browser.SubmitAsync("/self-test", "/self-test", ("mode", "exam"), ("number", "2"), ("minutes", "10"))) things["attempt"] = begun.Headers.Location!.ToString().Split('/')[^1];
        var host_ = things._host.Account;
        foreach (var (name, sql) in new[]
        {
            ("member", "select m.id::text from group_member m join people_group g on g.id = m.group_id where g.owner_id = @host"), ("invitation", "select id::text from invitation where created_by = @host"),
            ("token", "select id::text from api_token where account_id = @host"), ("webhook", "select id::text from webhook where owner_id = @host"),
            ("question", "select id::text from question where status = 'published' order by id limit 1"), ("secret", "select link_secret from assignment where host_id = @host"),
        }) things[name] = await connection.QueryFirstOrDefaultAsync<string>(sql, new { host = host_ }) ?? Guid.NewGuid().ToString();
        return things;
    }

    /// <summary>A route with these things in the places of its parameters.</summary>
    public string Fill(string route, string? thing) => Parameter().Replace(route, match => match.Groups["name"].Value switch
    {
        "slug" => SelfTestBank.Slug,
        "kind" => "csv",
        "part" => "groups",
        "documentName" => "v1",
        "position" or "section" or "round" => "1",
        "member" => _values["member"],
        "delivery" => Guid.Empty.ToString(),
        "id" or "question" when match.Value.Contains(":long", StringComparison.Ordinal) => _values["question"],
        _ when match.Value.Contains(":long", StringComparison.Ordinal) || match.Value.Contains(":int", StringComparison.Ordinal) => "1",
        "id" when match.Value.Contains(":guid", StringComparison.Ordinal) && (thing is null || !_values.ContainsKey(thing)) => Guid.NewGuid().ToString(),
        var name => thing is not null && _values.TryGetValue(thing, out var own) ? own : _values.GetValueOrDefault(name) ?? Guid.Empty.ToString(),
    });

    public string this[string name]
    {
        get => _values[name];
        private set => _values[name] = value;
    }

    private async Task<string> PostAsync(string page, string action, params (string, string)[] fields)
    {
        using var made = await _host.Browser.SubmitAsync(page, action, fields);
        return made.Headers.Location!.ToString().Split('?')[0].Split('/')[^1];
    }

    [GeneratedRegex(@"\{\*{0,2}(?<name>[A-Za-z]+)[^}/]*?(\([^)]*\)[^}]*)?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();
}
