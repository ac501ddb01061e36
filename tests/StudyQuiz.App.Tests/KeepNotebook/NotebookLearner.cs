using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Tests.StudyCards;
using StudyQuiz.App.Tests.TakeSelfTest;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Tests.KeepNotebook;

/// <summary>A browser that looks at its notebook, of questions of <see cref="SelfTestBank"/>: q0 to q5, rival and card.</summary>
internal sealed partial class NotebookLearner(TestApp app, CardLearner cards) : IDisposable
{
    public const string Page = "/notebook";

    public TestBrowser Browser => cards.Browser;

    public Guid Id => cards.Id;

    public static async Task<NotebookLearner> BeginAsync(TestApp app, TestBrowser? browser = null)
    {
        var cards = new CardLearner(app, browser);
        await cards.PackAsync();
        return new NotebookLearner(app, cards);
    }

    /// <summary>Answers a question now, as a self-test writes it.</summary>
    public async Task<long> AskedAsync(string slug, bool isRight) =>
        await LogAsync(slug, ReviewOrigins.SelfTest, version => CardLog.Assessed(Guid.NewGuid(), version, isRight, app.Time.GetUtcNow()));

    /// <summary>Rates a card now.</summary>
    public async Task<long> RatedAsync(string slug, Rating rating) =>
        await LogAsync(slug, ReviewOrigins.Cards, version => new NewReview(Guid.NewGuid(), version, ReviewKind.Rated, rating, app.Time.GetUtcNow()));

    /// <summary>Takes back what the card was rated last.</summary>
    public async Task TakeBackAsync(string slug)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        var last = await connection.QuerySingleAsync<Guid>(
            "select r.client_id from review r join question q on q.id = r.question_id where r.learner_id = @Id and q.slug = @slug and r.kind = 'rated' order by r.reviewed_at desc limit 1", new { Id, slug });
        await LogAsync(slug, ReviewOrigins.Cards, version => new NewReview(Guid.NewGuid(), version, ReviewKind.Undone, null, app.Time.GetUtcNow(), Replaces: last));
    }

    /// <summary>Takes the first answer to a question that stands back, or grades it anew, as an accepted appeal does.</summary>
    public async Task<long> ReplacedAsync(string slug, bool? isRight)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        var first = await connection.QueryFirstAsync<Guid>(
            "select r.client_id from review r join question q on q.id = r.question_id where r.learner_id = @Id and q.slug = @slug and r.replaces is null order by r.reviewed_at, r.client_id", new { Id, slug });
        return await LogAsync(slug, ReviewOrigins.SelfTest, version => isRight is { } right
            ? CardLog.Assessed(Guid.NewGuid(), version, right, app.Time.GetUtcNow()) with { Replaces = first }
            : new NewReview(Guid.NewGuid(), version, ReviewKind.Undone, null, app.Time.GetUtcNow(), Replaces: first));
    }

    /// <summary>What is kept of the notebook and of recall with the cards, as text.</summary>
    public async Task<IReadOnlyList<string>> KeptAsync()
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return (await connection.QueryAsync<string>(
            "select concat_ws(' ', question_id, fork, missed_review, missed_at, missed_day, misses, right_days, notebook_state, left_day, recalled_days, forgotten_days) from card where learner_id = @Id and missed_review is not null order by 1", new { Id })).AsList();
    }

    /// <summary>Looks at the notebook as if nothing had been kept of it yet.</summary>
    public async Task FoldAnewAsync()
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            update card set missed_review = null, missed_at = null, missed_day = null, misses = null, right_days = null, notebook_state = null, left_day = null, recalled_days = '{}', forgotten_days = '{}' where learner_id = @Id;
            update learner set notebook_rules = null where id = @Id
            """,
            new { Id });
        await ReadAsync();
    }

    /// <summary>The stems of a view, in its order.</summary>
    public async Task<IReadOnlyList<string>> StemsAsync(string query = "") => [.. Stem().Matches(await ReadAsync(query)).Select(match => Regex.Replace(match.Groups["stem"].Value, "<[^>]*>", "", RegexOptions.None, TimeSpan.FromSeconds(1)).Trim())];

    /// <summary>A view with characters in place of their references.</summary>
    public async Task<string> ReadAsync(string query = "") => WebUtility.HtmlDecode(await Browser.ReadAsync(Page + query));

    /// <summary>Does something to a question by the form of its row.</summary>
    /// <returns>Where the browser is sent.</returns>
    public async Task<string> MarkAsync(long question, string act, string query = "")
    {
        using var response = await Browser.SubmitAsync(Page + query, Page + "/marks", ("question", $"{question}"), ("act", act));
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return response.Headers.Location!.ToString();
    }

    public async Task<string> SetDaysAsync(string days)
    {
        using var response = await Browser.SubmitAsync(Page, Page + "/settings", ("days", days));
        return response.Headers.Location!.ToString();
    }

    public void Dispose() => cards.Dispose();

    private async Task<long> LogAsync(string slug, string origin, Func<long, NewReview> review)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        var (question, version) = await connection.QuerySingleAsync<(long, long)>(
            "select q.id, q.current_version_id from question q join source s on s.id = q.source_id where s.slug = @bank and q.slug = @slug", new { bank = SelfTestBank.Slug, slug });
        await using var transaction = await connection.BeginTransactionAsync();
        await CardLog.AddAsync(connection, Id, origin, [review(version)], app.Time.GetUtcNow());
        await transaction.CommitAsync();
        return question;
    }

    [GeneratedRegex("""<p class="q" lang="zh-CN">(?<stem>.*?)</p>""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Stem();
}
