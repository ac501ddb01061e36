using System.Globalization;
using System.Net;
using Dapper;
using StudyQuiz.App.Features.KeepQuizzes;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.TakeSelfTest;

namespace StudyQuiz.App.Tests.KeepQuizzes;

/// <summary>A host who makes quizzes through the pages, of the bank of <see cref="SelfTestBank"/>.</summary>
internal sealed class QuizHost(TestApp app, TestBrowser browser, Guid account) : IDisposable
{
    public TestBrowser Browser { get; } = browser;

    public static async Task<QuizHost> ComeAsync(TestApp app, string name)
    {
        await SelfTestBank.SeedAsync(app.Database);
        return new QuizHost(app, await app.SignedInAsync(name, Roles.Host), await app.AccountIdAsync(name));
    }

    public async Task<long> BankAsync()
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<long>("select id from source where slug = @Slug", new { SelfTestBank.Slug });
    }

    /// <param name="shape">quiz, paper or empty.</param>
    public async Task<Guid> MakeAsync(string title, string shape)
    {
        using var made = await Browser.SubmitAsync("/quizzes", "/quizzes", ("title", title), ("shape", shape), ("source", Text(await BankAsync())));
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        return Guid.Parse(made.Headers.Location!.ToString().Split('?')[0].Split('/')[^1]);
    }

    public async Task<Quiz> FindAsync(Guid quiz)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return (await Quiz.FindAsync(connection, quiz, account))!;
    }

    public async Task<IReadOnlyList<QuizItem>> ItemsAsync(Guid quiz)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return await QuizItem.OfAsync(connection, quiz);
    }

    public async Task<long> QuestionAsync(string slug)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<long>("select q.id from question q join source s on s.id = q.source_id where s.slug = @bank and q.slug = @slug", new { bank = SelfTestBank.Slug, slug });
    }

    /// <summary>Saves the builder as it stands, with some fields changed.</summary>
    public async Task<HttpResponseMessage> SaveAsync(Guid quiz, params (string Name, string Value)[] changes)
    {
        var path = Quiz.PathOf(quiz);
        var filled = await Browser.FillInAsync(path, path);
        var stored = await FindAsync(quiz);
        var fields = new List<(string Name, string Value)>
        {
            ("title", stored.Title), ("source", Text(await BankAsync())), ("do", "save"), ("drawn", stored.Plan.Rules.DrawnPerAttempt ? "each" : "fixed"), ("attempts", "1"), ("from", ""), ("until", ""),
            ("answers", $"{stored.Plan.Rules.Answers}"), ("counts", "Best"), ("minutes", ""), ("partial", "half"), ("names", $"{stored.Plan.Rules.Names}"), ("board", "on"), ("pass", stored.Plan.Rules.PassMark is { } mark ? Text(mark) : ""),
        };
        foreach (var section in stored.Plan.Sections) fields.AddRange([($"number{section.Id}", Text(section.Number)), ($"points{section.Id}", Text(section.Points))]);
        return await Browser.PostFormAsync(
            path, [.. filled.Concat(fields).Where(field => changes.All(change => change.Name != field.Name)).Concat(changes.Where(change => change.Value != "-"))]);
    }

    public async Task<HttpResponseMessage> InSectionAsync(Guid quiz, int section, string act)
    {
        var path = EditSection.PathOf(quiz, section);
        var token = (await Browser.FillInAsync(Quiz.PathOf(quiz), Quiz.PathOf(quiz))).First(field => field.Name.StartsWith("__", StringComparison.Ordinal));
        return await Browser.PostFormAsync(path, token, ("do", act));
    }

    public async Task<Guid> WriteOwnAsync(Guid quiz, int section, string stem)
    {
        var path = EditSection.PathOf(quiz, section) + "/own";
        using var written = await Browser.SubmitAsync(
            path + "?type=single_choice", path, ("stem", stem), ("option0", "自编对"), ("option1", "自编错"), ("correct", "0"), ("difficulty", "1"));
        Assert.Equal(HttpStatusCode.Redirect, written.StatusCode);
        return (await ItemsAsync(quiz)).Single(item => item.Question?.Body.Stem == stem).Id;
    }

    public void Dispose() => Browser.Dispose();

    public static string Text(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
