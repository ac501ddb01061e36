using System.Net;
using System.Text.Json;
using Dapper;
using StudyQuiz.App.Features.EditQuestion;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.StudyCards;
using StudyQuiz.App.Tests.TakeSelfTest;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Tests.EditQuestion;

/// <summary>From a question's page to its next version, and every way in which that is refused.</summary>
public sealed partial class EditQuestionTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Only_editors_and_admins_change_questions()
    {
        var (path, _) = await AnyAsync("single_choice");
        using var anyone = app.Browser();
        using var asked = await anyone.GetAsync(path);
        Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
        using var learner = await app.SignedInAsync("edit-learner", Roles.Learner, Roles.Host);
        using var refused = await learner.GetAsync(path);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var editor = await EditorAsync("edit-who");
        using var elsewhere = await editor.GetAsync(path.Replace(SelfTestBank.Slug, "nowhere", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
    }

    [Theory]
    [InlineData("single_choice")]
    [InlineData("multiple_choice")]
    [InlineData("true_false")]
    [InlineData("cloze")]
    [InlineData("ordering")]
    [InlineData("matching")]
    [InlineData("flashcard")]
    public async Task A_form_sent_as_it_came_changes_nothing_and_a_new_explanation_makes_a_version(string type)
    {
        var (path, id) = await AnyAsync(type);
        using var editor = await EditorAsync("edit-" + type);
        var before = await StoredAsync(id);

        using var unchanged = await editor.SubmitAsync(path, path, await FilledInAsync(id));
        Assert.Equal(HttpStatusCode.Found, unchanged.StatusCode);
        Assert.Equal(before, await StoredAsync(id));

        using var changed = await editor.SubmitAsync(path, path, await FilledInAsync(id, ("explanation", "改过的\u200B解析。"), ("why", "说得\u202E更清楚")));
        Assert.Equal(path + "?saved=1", changed.Headers.Location?.ToString());
        var after = await StoredAsync(id);
        Assert.Equal((before.Number + 1, before.Fork, "说得更清楚"), (after.Number, after.Fork, after.Reason));
        Assert.Equal(JsonSerializer.Serialize(Read(before.Body) with { Explanation = "改过的解析。" }, DomainJson.Options), JsonSerializer.Serialize(Read(after.Body), DomainJson.Options));
        Assert.Contains("已存为新版本", WebUtility.HtmlDecode(await editor.ReadAsync(path + "?saved=1")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_order_of_a_list_is_set_free_and_bound_again()
    {
        var (path, id) = await AnyAsync("cloze");
        using var editor = await EditorAsync("edit-order");
        using (await editor.SubmitAsync(path, path, await FilledInAsync(id, ("anyOrder", "on"), ("explanation", "次序不论。"))))
        {
        }

        Assert.True(((Cloze)Read((await StoredAsync(id)).Body)).AnyOrder);
        Assert.Contains("name=\"anyOrder\" checked", await editor.ReadAsync(path), StringComparison.Ordinal);
        using (await editor.SubmitAsync(path, path, await FilledInAsync(id)))
        {
        }

        Assert.False(((Cloze)Read((await StoredAsync(id)).Body)).AnyOrder);
    }

    [Fact]
    public async Task A_new_wording_keeps_memories_and_a_new_meaning_begins_anew()
    {
        using var learner = new CardLearner(app);
        var pack = await learner.PackAsync();
        var card = pack.Cards.First(card => card.Face.Type == "true_false");
        Assert.False(pack.MayEdit);
        await learner.RateAsync(learner.Review(card.Version, Rating.Easy));
        using var editor = await EditorAsync("edit-memory");
        var path = EditQuestionEndpoints.PathOf(SelfTestBank.Slug, card.Question);

        using (await editor.SubmitAsync(path, path, await FilledInAsync(card.Question, ("explanation", "换了说法。"))))
        {
        }

        app.Time.Advance(TimeSpan.FromDays(40));
        var kept = (await learner.PackAsync()).Cards.Single(one => one.Question == card.Question);
        Assert.Equal("换了说法。", kept.Face.Explanation);
        Assert.NotNull(kept.State);

        using (await editor.TrySignInAsync("edit-memory")) // 40 days unused, its session is over
        using (await editor.SubmitAsync(path, path, await FilledInAsync(card.Question, ("explanation", "意思变了。"), ("meaning", "changed"))))
        {
        }

        Assert.Null((await learner.PackAsync()).Cards.Single(one => one.Question == card.Question).State);
    }

    [Fact]
    public async Task Another_key_is_asked_about_before_it_is_saved()
    {
        var (path, id) = await AnyAsync("true_false");
        using var editor = await EditorAsync("edit-key");
        var before = await StoredAsync(id);
        var answer = ("answer", ((TrueFalse)Read(before.Body)).Answer ? "false" : "true");
        using var asked = await editor.SubmitAsync(path, path, await FilledInAsync(id, answer));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.StatusCode);
        Assert.Contains("答案变了", await asked.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(before, await StoredAsync(id));

        using var saved = await editor.SubmitAsync(path, path, await FilledInAsync(id, answer, ("meaning", "same")));
        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        var after = await StoredAsync(id);
        Assert.Equal((before.Number + 1, before.Fork, answer.Item2 == "true"), (after.Number, after.Fork, ((TrueFalse)Read(after.Body)).Answer));

        // The record shows what was changed
        using var admin = await app.SignedInAsync("edit-record", Roles.Admin);
        var record = await admin.ReadAsync($"/audit?of=question/{id}");
        Assert.Contains("<dl class=\"qdiff\">", record, StringComparison.Ordinal);
        Assert.Contains($"第 {before.Number} 版到第 {before.Number + 1} 版", WebUtility.HtmlDecode(record), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("single_choice", "stem", "", "题干不能空")]
    [InlineData("single_choice", "explanation", "", "解析不能空")]
    [InlineData("single_choice", "option0", "", "单选题至少两个选项")]
    [InlineData("multiple_choice", "correct", "9", "多选题至少两个正确")]
    [InlineData("cloze", "stem", "没有空", "正好有一处")]
    [InlineData("ordering", "answer", "一\n二", "排序题至少三项")]
    [InlineData("matching", "left0", "", "每一对两边都要有")]
    [InlineData("flashcard", "answer", " ", "答案不能空")]
    [InlineData("true_false", "answer", "maybe", "答案不能空")]
    [InlineData("true_false", "difficulty", "4", "难度选")]
    public async Task What_cannot_be_is_refused_in_place_with_everything_kept(string type, string field, string value, string says)
    {
        var (path, id) = await AnyAsync(type);
        using var editor = await EditorAsync($"ref-{type[..4]}-{field}");
        var before = await StoredAsync(id);
        // nothing of a choice is right, and the one that was must not hide it
        var fields = await FilledInAsync(id, (field, value), ("why", "留住这句"));
        if (field == "option0") fields = [.. fields.Where(one => one.Name != "correct"), ("correct", "0")];
        using var refused = await editor.SubmitAsync(path, path, fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var page = await refused.TextAsync();
        Assert.Contains(says, page, StringComparison.Ordinal);
        Assert.Contains("value=\"留住这句\"", page, StringComparison.Ordinal);
        Assert.Equal(before, await StoredAsync(id));
    }

    [Fact]
    public async Task What_the_gates_of_an_import_refuse_is_refused_here()
    {
        var (path, id) = await AnyAsync("single_choice");
        using var editor = await EditorAsync("edit-gates");
        var single = (SingleChoice)Read((await StoredAsync(id)).Body);
        var key = single.Options.Index().First(option => option.Item.Correct);
        var other = single.Options.Index().First(option => !option.Item.Correct);
        // a second option that reads as the key does
        using var equal = await editor.SubmitAsync(path, path, await FilledInAsync(id, ($"option{other.Index}", key.Item.Text)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, equal.StatusCode);
        Assert.Contains("有两个选项写得一样", await equal.TextAsync(), StringComparison.Ordinal);
        // nothing that it rests on
        using var refused = await editor.SubmitAsync(path, path, await FilledInAsync(id, ("evidence", "1"), ("explanation", "没有依据了。")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("过不了入库检查", await refused.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_editors_the_second_merges_and_overwrites_nothing()
    {
        var (path, id) = await AnyAsync("flashcard");
        using var one = await EditorAsync("edit-one");
        using var two = await EditorAsync("edit-two");
        var mine = (await two.FillInAsync(path, path, await FilledInAsync(id, ("explanation", "乙的解析。"), ("difficulty", "3")))).ToArray();
        using (await one.SubmitAsync(path, path, await FilledInAsync(id, ("explanation", "甲的解析。"))))
        {
        }

        using var conflict = await two.PostFormAsync(path, mine);
        Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
        var page = await conflict.TextAsync();
        Assert.Contains("你和edit-one同时改了这道题", page, StringComparison.Ordinal);
        Assert.Contains("只有你改了", page, StringComparison.Ordinal);
        Assert.Contains("value=\"甲的解析。\"", page, StringComparison.Ordinal);
        Assert.Contains("甲的解析。", (await StoredAsync(id)).Body, StringComparison.Ordinal);

        // what the page sends once its one question is answered: the other's explanation, and the difficulty that only this one changed
        var version = (await StoredAsync(id)).Id;
        Assert.Contains($"name=\"version\" value=\"{version}\"", page, StringComparison.Ordinal);
        (string Name, string Value)[] merged = [.. mine.Select(field => field.Name == "version" ? ("version", $"{version}") : field), ("pick-explanation", "theirs"), ("mine-explanation", "乙的解析。"), ("theirs-explanation", "甲的解析。")];
        using var saved = await two.PostFormAsync(path, merged);
        Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        var stored = Read((await StoredAsync(id)).Body);
        Assert.Equal(("甲的解析。", 3), (stored.Explanation, stored.Difficulty));
        // the same form once more, as a double tap sends it, is no conflict
        using var repeated = await two.PostFormAsync(path, merged);
        Assert.Equal(HttpStatusCode.Found, repeated.StatusCode);
    }

    [Fact]
    public async Task It_leads_back_to_where_it_was_come_from_and_nowhere_else()
    {
        var (path, id) = await AnyAsync("flashcard");
        using var editor = await EditorAsync("edit-back");
        var back = $"/cards/study?deck={SelfTestBank.Slug}";
        using var saved = await editor.SubmitAsync(EditQuestionEndpoints.PathOf(SelfTestBank.Slug, id, back), path, await FilledInAsync(id, ("explanation", "回去。")));
        Assert.Contains(back, Uri.UnescapeDataString(saved.Headers.Location!.ToString()), StringComparison.Ordinal);
        var page = await editor.ReadAsync(EditQuestionEndpoints.PathOf(SelfTestBank.Slug, id, "https://elsewhere.example/"));
        Assert.DoesNotContain("=\"https://elsewhere", page, StringComparison.Ordinal);
    }

    private Task<TestBrowser> EditorAsync(string name) => app.SignedInAsync(name.Replace('_', '-'), Roles.Editor);

    private static Question Read(string body) => JsonSerializer.Deserialize<Question>(body, DomainJson.Options)!;

    private async Task<(string Path, long Id)> AnyAsync(string type)
    {
        await SelfTestBank.SeedAsync(app.Database);
        await using var connection = await app.Database.OpenConnectionAsync();
        var id = await connection.QuerySingleAsync<long>(
            "select min(q.id) from question q join source s on s.id = q.source_id where s.slug = @Slug and q.type = @type", new { SelfTestBank.Slug, type });
        return (EditQuestionEndpoints.PathOf(SelfTestBank.Slug, id), id);
    }

    private async Task<(long Id, int Number, int Fork, string Reason, string Body)> StoredAsync(long question)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<(long, int, int, string, string)>(
            "select v.id, v.version, v.fork, v.reason, v.body::text from question q join question_version v on v.id = q.current_version_id where q.id = @question", new { question });
    }

    // The form as a browser sends it, with some fields filled in otherwise
    private async Task<(string Name, string Value)[]> FilledInAsync(long id, params (string Name, string Value)[] fields)
    {
        var question = Read((await StoredAsync(id)).Body);
        var typed = QuestionForm.Of(question);
        (string Name, string Value)[] usual =
        [
            ("stem", typed.Stem), ("explanation", typed.Explanation), ("difficulty", typed.Difficulty), ("answer", typed.Answer), ("why", ""),
            .. typed.Options.Index().SelectMany(row => new[] { ($"option{row.Index}", row.Item.Text), ($"reason{row.Index}", row.Item.Why ?? "") }),
            .. typed.Options.Index().Where(row => row.Item.Correct).Select(row => ("correct", $"{row.Index}")),
            .. typed.Pairs.Index().SelectMany(row => new[] { ($"left{row.Index}", row.Item.Left), ($"right{row.Index}", row.Item.Right) }),
        ];
        return [.. usual.Where(field => fields.All(f => f.Name != field.Name)), .. fields];
    }
}
