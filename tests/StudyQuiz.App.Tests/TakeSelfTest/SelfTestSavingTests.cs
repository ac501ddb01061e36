using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.TakeSelfTest;

/// <summary>Answers as they are saved: again, at once, older, malformed.</summary>
[Collection<OneAppForSelfTests>]
public sealed class SelfTestSavingTests(TestApp app)
{
    private static readonly string[] _refusals = ["badRequest", "unfitAnswer"];

    [Fact]
    public async Task Saved_answers_are_in_the_page_again_after_a_reload()
    {
        using var attempt = await Attempting.StartAsync(app);
        foreach (var asked in await attempt.AskedAsync()) await attempt.SaveAsync(asked.Position, asked.Question is Cloze ? new Typed("<b>“字”</b>") : Attempting.Right(asked));

        var page = await attempt.Browser.ReadAsync(attempt.Path);
        var single = await attempt.AskedAsync<SingleChoice>();
        Assert.Contains($"name=\"a{single.Position}\" value=\"{((Chosen)single.Shown!).Options[0]}\" checked", page, StringComparison.Ordinal);
        var cloze = await attempt.AskedAsync<Cloze>();
        Assert.Contains("value=\"&lt;b&gt;“字”&lt;/b&gt;\"", SelfTestPages.Section(page, cloze.Position), StringComparison.Ordinal);
        var ordering = await attempt.AskedAsync<Ordering>();
        Assert.Equal(
            ((Ordered)ordering.Shown!).Items,
            Regex.Matches(SelfTestPages.Section(page, ordering.Position), "data-item=\"(?<item>\\d)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(m => int.Parse(m.Groups["item"].Value, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task A_repeat_is_answered_as_saved_and_an_older_change_never_replaces_a_newer_one()
    {
        using var attempt = await Attempting.StartAsync(app);
        var statement = await attempt.AskedAsync<TrueFalse>();
        var first = Guid.NewGuid();
        for (var i = 0; i < 2; i++)
        {
            var (status, body) = await attempt.SaveAsync(statement.Position, new Judged(true), 5, first);
            Assert.Equal((HttpStatusCode.OK, true, 5L), (status, body.GetProperty("saved").GetBoolean(), body.GetProperty("sequence").GetInt64()));
        }

        var older = await attempt.SaveAsync(statement.Position, new Judged(false), 4);
        Assert.Equal((HttpStatusCode.OK, false, 5L), (older.Status, older.Body.GetProperty("saved").GetBoolean(), older.Body.GetProperty("sequence").GetInt64()));
        Assert.Equal(new Judged(true), (await attempt.AskedAsync<TrueFalse>()).Answer);

        await attempt.SaveAsync(statement.Position, null, 6);
        Assert.Null((await attempt.AskedAsync<TrueFalse>()).Answer);

        // The receipt of the last change was lost: its repeat is still answered after the hand-in.
        var last = Guid.NewGuid();
        await attempt.SaveAsync(statement.Position, new Judged(false), 7, last);
        await attempt.HandInAsync();
        var repeat = await attempt.SaveAsync(statement.Position, new Judged(false), 7, last);
        Assert.Equal((HttpStatusCode.OK, true), (repeat.Status, repeat.Body.GetProperty("saved").GetBoolean()));
        Assert.Equal((HttpStatusCode.Conflict, "alreadySubmitted"), (await attempt.SaveAsync(statement.Position, new Judged(true), 8)) is var (s, b) ? (s, b.GetProperty("code").GetString()) : default);
    }

    [Fact]
    public async Task The_same_change_sent_many_times_at_once_is_stored_once()
    {
        using var attempt = await Attempting.StartAsync(app);
        var statement = await attempt.AskedAsync<TrueFalse>();
        var id = Guid.NewGuid();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => attempt.SaveAsync(statement.Position, new Judged(true), 1, id)));
        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.OK, true), (answer.Status, answer.Body.GetProperty("saved").GetBoolean())));
    }

    [Fact]
    public async Task Answers_and_the_hand_in_at_the_same_moment_end_in_one_verdict()
    {
        for (var round = 0; round < 8; round++)
        {
            using var attempt = await Attempting.StartAsync(app);
            var asked = await attempt.AskedAsync();
            var token = SelfTestPages.Token(await attempt.Browser.ReadAsync(attempt.Path));
            var saves = asked.Select(a => attempt.SaveAsync(a.Position, Attempting.Right(a))).ToList();
            var handIns = Enumerable.Range(0, 2).Select(_ => attempt.Browser.PostFormAsync(attempt.Submit, ("__RequestVerificationToken", token), ("take", "none"))).ToList();
            await Task.WhenAll(handIns);
            var saved = (await Task.WhenAll(saves)).Count(s => s.Status == HttpStatusCode.OK);
            // Whatever was receipted before the close counts, and nothing else.
            Assert.Equal(saved, (await attempt.StandingAsync()).Credit);
        }
    }

    [Fact]
    public async Task A_page_left_open_elsewhere_brings_no_old_answers_back()
    {
        using var attempt = await Attempting.StartAsync(app);
        var statement = await attempt.AskedAsync<TrueFalse>();
        var right = (Judged)Attempting.Right(statement);
        await attempt.SaveAsync(statement.Position, right, 9);
        await attempt.HandInAsync(("take", "none"), ($"a{statement.Position}", right.Value ? "false" : "true"));
        Assert.Equal(right, (await attempt.AskedAsync<TrueFalse>()).Answer);
        Assert.Equal(1m, (await attempt.StandingAsync()).Credit);
    }

    public static TheoryData<string> Malformed { get; } = new(
        "", "null", "[]", "{}", "7", "\"x\"", "{", "\u0000",
        """{"clientId":"x","sequence":1,"answer":null}""",
        """{"clientId":"00000000-0000-0000-0000-000000000000","sequence":1,"answer":null}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","answer":null}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":0,"answer":null}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1e99,"answer":null}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{}}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{"kind":"guessed"}}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{"kind":"chosen"}}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{"kind":"chosen","options":null}}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{"kind":"chosen","options":["a"]}}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{"kind":"chosen","options":[2147483648]}}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{"kind":"typed","text":null}}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{"kind":"typed","text":"\ud800"}}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{"kind":"typed","text":"a\u0000b"}}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{"kind":"chosen","options":[0,0]}}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{"kind":"chosen","options":[-1]}}""",
        """{"clientId":"0197e9e2-0000-7000-8000-000000000001","sequence":1,"answer":{"kind":"ordered","items":[]}}""");

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_malformed_answer_is_refused_with_its_reason(string body)
    {
        using var attempt = await Attempting.StartAsync(app);
        foreach (var asked in await attempt.AskedAsync())
        {
            using var response = await attempt.Browser.PostBytesAsync($"/api/attempts/{attempt.Id}/answers/{asked.Position}", Encoding.UTF8.GetBytes(body));
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            var problem = JsonElement.Parse(await response.Content.ReadAsStringAsync());
            Assert.Contains(problem.GetProperty("code").GetString(), _refusals);
            Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        }

        Assert.All(await attempt.AskedAsync(), a => Assert.Equal(0, a.Sequence));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_too_many_of_them_and_ids_that_are_none_are_refused()
    {
        using var attempt = await Attempting.StartAsync(app);
        foreach (var body in new[] { new byte[] { 0xff, 0xfe, 0x00 }, Encoding.UTF8.GetBytes(new string('[', 15_000)), new byte[200_000] })
        {
            using var response = await attempt.Browser.PostBytesAsync($"/api/attempts/{attempt.Id}/answers/1", body);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }

        foreach (var (path, status) in new[]
        {
            ("/api/attempts/x/answers/1", HttpStatusCode.BadRequest), ($"/api/attempts/{attempt.Id}/answers/x", HttpStatusCode.BadRequest),
            ($"/api/attempts/{attempt.Id}/answers/99999999999", HttpStatusCode.BadRequest), ($"/api/attempts/{attempt.Id}/answers/0", HttpStatusCode.NotFound),
            ($"/api/attempts/{attempt.Id}/answers/7", HttpStatusCode.NotFound), ($"/api/attempts/{Guid.NewGuid()}/answers/1", HttpStatusCode.NotFound),
        })
        {
            using var response = await attempt.Browser.PostJsonAsync(path, new { clientId = Guid.NewGuid(), sequence = 1, answer = (object?)null }.AsBody());
            Assert.Equal(status, response.StatusCode);
        }

        foreach (var path in new[] { "/self-test/x", "/self-test/x/result", $"/self-test/{Guid.NewGuid()}" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await attempt.Browser.GetAsync(path)).StatusCode);
        }
    }
}
