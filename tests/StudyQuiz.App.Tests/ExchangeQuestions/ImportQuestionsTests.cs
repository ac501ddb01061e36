using System.Text;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using StudyQuiz.App.Features.ExchangeQuestions;
using StudyQuiz.App.Features.ExchangeQuestions.Formats;
using StudyQuiz.App.Features.ImportBank;
using StudyQuiz.App.Tests.ImportBank;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Tests.ExchangeQuestions;

/// <summary>Files into a bank, through the same door as the command and the page.</summary>
public sealed class ImportQuestionsTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task New_questions_arrive_as_drafts_and_the_same_file_again_changes_nothing()
    {
        await BankAsync("drafts");
        var file = Read("1. 谈谈这条河。\n答案：很急。\n\n2. 春天涨水，夏天____。\n答案：行船\n\n3. 没有答案\n");

        var preview = await PreviewAsync(file, "drafts");
        Assert.Equal([RowState.New, RowState.New, RowState.Refused], preview.Rows.Select(row => row.State));
        Assert.Equal(3, await CountAsync("drafts"));
        var first = await StoreAsync(file, "drafts");
        var second = await StoreAsync(file, "drafts");

        Assert.Equal([1, 4], first.Stored.Order());
        Assert.Empty(second.Stored);
        Assert.Equal([RowState.Unchanged, RowState.Unchanged, RowState.Refused], second.Rows.Select(row => row.State));
        var bank = await LoadAsync("drafts");
        Assert.Equal(5, bank.Questions.Count);
        var (talk, gap) = (bank.Questions[3], bank.Questions[4]);
        Assert.Equal((QuestionStatus.Draft, QuestionOrigin.Written, "imported", 0), (talk.Status, talk.Origin, talk.KeyPoint, talk.Body.Evidence.Count));
        // the whole sentence stands in the text
        Assert.Equal((new Evidence("P02", "春天涨水，夏天行船"), QuestionStatus.Draft), (Assert.Single(gap.Body.Evidence), gap.Status));
        Assert.Equal([true, false], preview.Rows.Take(2).Select(row => row.LacksEvidence));
    }

    [Fact]
    public async Task Only_what_is_proved_and_passes_the_gates_is_published_by_a_file()
    {
        await BankAsync("published");
        var file = Read("""
            编号,题型,题干,答案,要点,依据,状态
            ok,填空,河水清，河水____。,急,K1,P01: 河水清，河水急,published
            bare,简答,没有依据,答,K1,,published
            wrong,简答,依据不对,答,K1,P01: 河水浑,published
            unproved,填空,河水清，河水____。,浑,K1,P01: 河水清，河水急,published
            """);

        var result = await StoreAsync(file, "published");

        Assert.Equal([RowState.New, RowState.New, RowState.Refused, RowState.New], result.Rows.Select(row => row.State));
        Assert.Equal(("EvidenceQuote", "DraftForEvidence", "Gate.Draft"), (result.Rows[2].Refusal!.Code, Assert.Single(result.Rows[1].Notes).Code, Assert.Single(result.Rows[3].Notes).Code));
        var bank = await LoadAsync("published");
        Assert.Equal([QuestionStatus.Published, QuestionStatus.Draft, QuestionStatus.Draft], bank.Questions.Skip(3).Select(question => question.Status));
    }

    [Fact]
    public async Task A_changed_row_is_a_new_version_that_keeps_what_the_file_does_not_say()
    {
        await BankAsync("changed");
        var csv = Read("编号,题型,题干,答案,难度\nwater,简答,河水怎样？,清而急,3\nspring,简答,春天怎样？,涨水,\n");

        var result = await StoreAsync(csv, "changed");

        Assert.Equal([RowState.Changed, RowState.Unchanged], result.Rows.Select(row => row.State));
        var water = (await LoadAsync("changed")).Questions.Single(question => question.Id == "water");
        Assert.Equal(("清而急", "见原文。", 3, "P01", QuestionStatus.Published), (((Flashcard)water.Body).Back, water.Body.Explanation, water.Body.Difficulty, water.Body.Evidence[0].Paragraph, water.Status));
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal([1, 2], await connection.QueryAsync<int>("select version from question_version v join question q on q.id = v.question_id join source s on s.id = q.source_id where q.slug = 'water' and s.slug = 'changed' order by version"));
        // a bank file that says what it said finds nothing to do, and undoes nothing
        var again = await app.Services.GetRequiredService<BankImporter>().ImportAsync(SmallBank.Create("changed"), SmallBank.Raw, cancellation: TestContext.Current.CancellationToken);
        Assert.Empty(again.Changed.Concat(again.Conflicts));
        Assert.Equal(RowState.Unchanged, (await PreviewAsync(csv, "changed")).Rows[0].State);
    }

    [Fact]
    public async Task What_a_person_changed_is_left_alone_unless_somebody_says_so()
    {
        await BankAsync("edited");
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(
            """
            with made as (
              insert into question_version (question_id, version, source_version_id, body, reason)
              select q.id, 2, v.source_version_id, jsonb_set(v.body, '{explanation}', '"改过"'), 'edit' from question q join source s on s.id = q.source_id join question_version v on v.id = q.current_version_id
              where s.slug = 'edited' and q.slug = 'water' returning id, question_id)
            update question q set current_version_id = made.id from made where q.id = made.question_id
            """);
        var file = Read("编号,题型,题干,答案\nwater,简答,河水怎样？,清而急\n");

        Assert.Equal(RowState.Conflict, (await StoreAsync(file, "edited")).Rows[0].State);
        Assert.Equal("清、急", Back(await LoadAsync("edited"), "water"));
        await StoreAsync(file, "edited", (_, _) => RowChoice.Take);
        Assert.Equal("清而急", Back(await LoadAsync("edited"), "water"));
    }

    [Fact]
    public async Task A_published_question_is_not_changed_into_what_breaks_a_gate()
    {
        await BankAsync("gates");
        var stored = await StoreAsync(Read("编号,题型,题干,答案,要点,依据,状态\ngap,填空,河水清，河水____。,急,K1,P01: 河水清，河水急,published\n"), "gates");
        Assert.Equal(QuestionStatus.Published, stored.Rows[0].Result!.Status);

        var result = await StoreAsync(Read("编号,题型,题干,答案\ngap,填空,河水清，河水____。,浑\n"), "gates");

        Assert.Equal((RowState.Refused, "Gate.Change"), (result.Rows[0].State, result.Rows[0].Refusal!.Code));
    }

    [Fact]
    public async Task What_asks_nearly_the_same_is_named_and_can_be_made_an_enemy()
    {
        await BankAsync("near");
        await StoreAsync(Read("编号,题型,题干,A,B,答案\nold,单选,关于旧城改造，下列哪种做法符合讲话要求？,保护风貌,大拆大建,A\n"), "near");
        var file = Read("题型,题干,A,B,答案\n单选,旧城改造，哪种做法符合讲话要求？,保护风貌,一律重建,A\n单选,旧城改造，下面哪种做法符合讲话的要求？,保护风貌,推倒,A\n单选,完全不同的一个问题是什么？,甲,乙,A\n");

        var rows = (await PreviewAsync(file, "near")).Rows;
        Assert.Equal(("old", true), (rows[0].Near!.Slug, rows[0].Near!.SameAnswer));
        Assert.InRange(rows[0].Near!.Percent, 60, 95);
        Assert.Equal(2, rows[1].Near!.Line);
        Assert.Null(rows[2].Near);
        await StoreAsync(file, "near", (index, _) => index switch { 0 => RowChoice.TakeAsEnemy, 1 => RowChoice.Skip, _ => RowChoice.Take });

        var bank = await LoadAsync("near");
        Assert.Equal(6, bank.Questions.Count);
        Assert.Equal([rows[0].Result!.Id], bank.Questions.Single(question => question.Id == "old").Enemies);
    }

    [Fact]
    public async Task The_shipped_bank_comes_back_unchanged_from_every_format()
    {
        var shipped = RoundTripTests.Shipped();
        var raw = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "questions", shipped.Source.File), TestContext.Current.CancellationToken);
        await app.Services.GetRequiredService<BankImporter>().ImportAsync(shipped, raw, cancellation: TestContext.Current.CancellationToken);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var exported = (await ExportedBank.LoadAsync(connection, shipped.Source.Slug))!;
        Assert.Equal(shipped.Questions.Count, exported.Bank.Questions.Count);

        foreach (var format in QuestionFormat.All.Where(format => format.Read is not null))
        {
            var export = ExportQuestions.Of(format, exported, all: false, Now);
            var preview = await PreviewAsync(ReadQuestions.Of(new GivenFile(export.Bytes, "bank" + format.Extension), null, Now), shipped.Source.Slug);
            Assert.True(preview.Rows.All(row => row.State == RowState.Unchanged), $"{format.Name}: {string.Join(", ", preview.Rows.Where(row => row.State != RowState.Unchanged).Select(row => $"{row.State} {row.Row.Line} {row.Refusal?.Code}"))}");
            Assert.Equal(export.Written, preview.Rows.Count);
        }
    }

    private static string Back(BankFile bank, string id) => ((Flashcard)bank.Questions.Single(question => question.Id == id).Body).Back;

    private static QuestionFile Read(string text) => ReadQuestions.Of(new GivenFile(Encoding.UTF8.GetBytes(text), text.StartsWith('1') ? "a.txt" : "a.csv"), null, Now);

    [Fact]
    public async Task Papers_ask_the_same_words_of_other_things_and_tables_number_other_rows()
    {
        await BankAsync("same-words");
        const string whales = "1. 下列说法正确的是（　　）\nA. 鲸是鱼\nB. 鲸是兽\nC. 鲸是鸟\n答案：B\n";
        Assert.Equal([1, 6], (await StoreAsync(Read(whales + "2. 下列说法正确的是（　　）\nA. 光速无限\nB. 声音要介质\n答案：B\n"), "same-words")).Stored.Order());
        var other = await StoreAsync(Read("1. 下列说法正确的是（　　）\nA. 铁是金属\nB. 铁是木头\n答案：A\n"), "same-words");
        // Another option is another version; another key has to be looked at
        var changed = await PreviewAsync(Read(whales.Replace("鲸是鸟", "鲸是虫", StringComparison.Ordinal)), "same-words");
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync("update question set status = 'published' where id in (select q.id from question q join source s on s.id = q.source_id join question_version v on v.id = q.current_version_id where s.slug = 'same-words' and v.body::text like '%鲸是兽%')");
        var keyed = await PreviewAsync(Read(whales.Replace("答案：B", "答案：A", StringComparison.Ordinal)), "same-words");
        Assert.Equal([RowState.New, RowState.Changed, RowState.Conflict], new[] { other, changed, keyed }.Select(result => Assert.Single(result.Rows).State));
        Assert.Equal(RowState.Unchanged, (await PreviewAsync(Read(whales), "same-words")).Rows[0].State);

        // The first teacher's row 1 is not the second's; the first's own table changes it
        await StoreAsync(Read("编号,题型,题干,答案\n1,简答,河水从哪里来？,山上\n"), "same-words");
        Assert.Equal([RowState.New, RowState.New], (await StoreAsync(Read("编号,题型,题干,答案\n1,判断,地球绕着太阳转,对\n2,简答,什么是光合作用？,植物造养分\n"), "same-words")).Rows.Select(row => row.State));
        Assert.Equal([RowState.Changed, RowState.Conflict], (await StoreAsync(Read("编号,题型,题干,答案\n1,简答,这河水从哪里来？,山上的泉\nwater,简答,完全无关的题目,答\n"), "same-words")).Rows.Select(row => row.State));
        // With another answer the memories of the old one count no more
        Assert.Equal([1, 2], await connection.QueryAsync<int>("select v.fork from question_version v join question q on q.id = v.question_id join source s on s.id = q.source_id where q.slug = '1' and s.slug = 'same-words' order by v.version"));
    }

    private async Task BankAsync(string slug) => await app.Services.GetRequiredService<BankImporter>().ImportAsync(SmallBank.Create(slug), SmallBank.Raw, cancellation: TestContext.Current.CancellationToken);

    private async Task<QuestionImportResult> PreviewAsync(QuestionFile file, string slug)
    {
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return (await ImportQuestions.PreviewAsync(connection, file, slug))!;
    }

    private async Task<QuestionImportResult> StoreAsync(QuestionFile file, string slug, Func<int, MatchedQuestion, RowChoice>? choose = null) =>
        (await ImportQuestions.StoreAsync(app.Database, file, slug, choose ?? ((_, row) => ImportQuestions.Usual(row)), null, app.Time.GetUtcNow(), TestContext.Current.CancellationToken))!;

    private async Task<BankFile> LoadAsync(string slug)
    {
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return (await ExportedBank.LoadAsync(connection, slug))!.Bank;
    }

    private async Task<int> CountAsync(string slug) => (await LoadAsync(slug)).Questions.Count;
}
