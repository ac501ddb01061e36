using System.Runtime.CompilerServices;
using Dapper;
using StudyQuiz.App.Features.ImportBank;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.ImportBank;

public sealed class BankImporterTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly string[] _everything = ["K1", "K1.1", "water", "spring", "summer"];
    private static readonly string _shipped = Path.Combine(AppContext.BaseDirectory, "questions");
    private readonly BankImporter _importer = new(database.Source);

    [Fact]
    public async Task The_first_import_makes_everything()
    {
        var bank = Bank();

        var report = await ImportAsync(bank);

        Assert.Equal([bank.Source.Slug, .. _everything], report.New);
        Assert.Empty(report.Refused);
        Assert.Equal(
            ["spring|K1.1|published|written|flashcard|1|1|import|春天怎样？|summer", "summer|K1.1|published|written|flashcard|1|1|import|夏天怎样？|spring", "water|K1.1|published|written|flashcard|1|1|import|河水怎样？|"],
            await StoredAsync(bank));
        Assert.Equal(["P01:河水清，河水急。", "P02:春天涨水，夏天行船。"], await QueryAsync(bank,
            "select p.label || ':' || p.text from paragraph p join source s on s.current_version_id = p.source_version_id where s.slug = @slug order by p.position"));
        Assert.Equal(["K1||1", "K1.1|K1|2"], await QueryAsync(bank,
            "select concat_ws('|', k.label, coalesce(p.label, ''), k.position) from key_point k left join key_point p on p.id = k.parent_id join source s on s.id = k.source_id where s.slug = @slug order by k.position"));
    }

    [Fact]
    public async Task The_second_import_writes_nothing()
    {
        var bank = Bank();
        await ImportAsync(bank);
        var before = await FingerprintAsync();

        var report = await ImportAsync(bank);

        Assert.Equal([bank.Source.Slug, .. _everything], report.Unchanged);
        Assert.Empty(report.New.Concat(report.Changed).Concat(report.Conflicts).Concat(report.Missing));
        Assert.Equal(before, await FingerprintAsync());
    }

    [Fact]
    public async Task A_change_in_the_file_makes_a_new_version_and_leaves_the_others()
    {
        var bank = Bank();
        await ImportAsync(bank);

        var report = await ImportAsync(bank.WithStem("water", "这条河的水怎样？"));

        Assert.Equal(["water"], report.Changed);
        Assert.Equal(["1:河水怎样？:1", "2:这条河的水怎样？:1"], await VersionsAsync(bank, "water"));
        Assert.Contains("water|K1.1|published|written|flashcard|2|1|import|这条河的水怎样？|", await StoredAsync(bank));
    }

    [Fact]
    public async Task A_change_of_status_key_point_or_enemies_makes_no_version()
    {
        var bank = Bank();
        await ImportAsync(bank);
        var changed = bank.With("water", question => question with { Status = QuestionStatus.Retired, KeyPoint = "K1", Enemies = ["spring"] })
            .With("spring", question => question with { Enemies = ["water"] }).With("summer", question => question with { Enemies = [] });

        var report = await ImportAsync(changed);

        Assert.Equal(["water", "spring", "summer"], report.Changed);
        Assert.Equal(
            ["spring|K1.1|published|written|flashcard|1|1|import|春天怎样？|water", "summer|K1.1|published|written|flashcard|1|1|import|夏天怎样？|", "water|K1|retired|written|flashcard|1|1|import|河水怎样？|spring"],
            await StoredAsync(bank));
        Assert.Equal(["water", "spring", "summer"], (await ImportAsync(changed)).Unchanged.Intersect(["water", "spring", "summer"]));
    }

    [Fact]
    public async Task Tags_come_and_go_with_the_file_and_make_no_version()
    {
        var bank = Bank();
        await ImportAsync(bank);
        const string tags = "select q.slug || ' ' || t.tag || ' ' || (select count(*) from question_version v where v.question_id = q.id) from question_tag t join question q on q.id = t.question_id join source s on s.id = q.source_id where s.slug = @slug order by 1";
        var tagged = bank.With("water", question => question with { Tags = ["必考", "四季"] });
        Assert.Equal(["water"], (await ImportAsync(tagged)).Changed);
        Assert.Equal(["water 四季 1", "water 必考 1"], (await QueryAsync(bank, tags)).Order(StringComparer.Ordinal));
        Assert.Empty((await ImportAsync(tagged)).Changed);
        Assert.Equal(["water"], (await ImportAsync(bank)).Changed);
        Assert.Empty(await QueryAsync(bank, tags));
    }

    [Theory]
    [InlineData("study")]
    [InlineData("optimise")]
    [InlineData("new")]
    public async Task A_bank_named_like_a_page_is_refused(string slug)
    {
        var bank = SmallBank.Create(slug);
        var refusal = Assert.Single((await ImportAsync(bank)).Refused);
        Assert.Contains("choose another slug", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_edited_here_is_not_touched()
    {
        var bank = Bank();
        await ImportAsync(bank);
        await EditAsync(bank, "water", "编辑改过的题干？");
        await ExecuteAsync(bank, "update question q set status = 'retired' from source s where s.id = q.source_id and s.slug = @slug and q.slug = 'spring'");
        var before = await FingerprintAsync();

        var report = await ImportAsync(bank);

        Assert.Contains("water", report.Unchanged);
        Assert.Equal(before, await FingerprintAsync());
    }

    [Fact]
    public async Task What_was_changed_here_and_in_the_file_is_a_conflict_and_not_touched()
    {
        var bank = Bank();
        await ImportAsync(bank);
        await EditAsync(bank, "water", "编辑改过的题干？");
        await ExecuteAsync(bank, "update question q set status = 'retired' from source s where s.id = q.source_id and s.slug = @slug and q.slug = 'spring'");
        var changed = bank.WithStem("water", "作者改过的题干？").WithStem("spring", "作者也改了？").WithStem("summer", "夏天又怎样？");

        var report = await ImportAsync(changed);

        Assert.Equal(["water", "spring"], report.Conflicts);
        Assert.Equal(["summer"], report.Changed);
        Assert.Equal(["1:河水怎样？:1", "2:编辑改过的题干？:1"], await VersionsAsync(bank, "water"));
        Assert.Equal(["1:春天怎样？:1"], await VersionsAsync(bank, "spring"));
        Assert.Equal(["water", "spring"], (await ImportAsync(changed)).Conflicts);
    }

    [Fact]
    public async Task The_same_change_here_and_in_the_file_is_no_conflict()
    {
        var bank = Bank();
        await ImportAsync(bank);
        await EditAsync(bank, "water", "同样的新题干？");
        var changed = bank.WithStem("water", "同样的新题干？");

        Assert.Contains("water", (await ImportAsync(changed)).Unchanged);

        Assert.Equal(["1:河水怎样？:1", "2:同样的新题干？:1"], await VersionsAsync(bank, "water"));
        Assert.Contains("water", (await ImportAsync(changed.WithStem("water", "再改一次？"))).Changed);
    }

    [Fact]
    public async Task What_is_no_longer_in_the_file_is_left_alone_and_listed()
    {
        var bank = Bank();
        await ImportAsync(bank);

        var report = await ImportAsync(bank with { Questions = [.. bank.Questions.Skip(1)] });

        Assert.Equal(["water"], report.Missing);
        Assert.Equal(3, (await StoredAsync(bank)).Count);
    }

    [Fact]
    public async Task A_new_text_makes_a_new_version_of_the_source_and_old_questions_keep_theirs()
    {
        var bank = Bank();
        await ImportAsync(bank);
        var raw = SmallBank.Raw.Replace("涨水", "发水", StringComparison.Ordinal);
        var point = bank.KeyPoints[0].Points[0] with { Evidence = [new("P02", "春天发水")] };
        var changed = bank.WithStem("water", "新文中河水怎样？") with
        {
            Source = bank.Source with { Sha256 = SmallBank.Sha256(raw) },
            Paragraphs = [bank.Paragraphs[0], new("P02", "春天发水，夏天行船。")],
            KeyPoints = [bank.KeyPoints[0] with { Points = [point] }],
        };

        var report = await ImportAsync(changed, raw);

        Assert.Equal([bank.Source.Slug, "K1.1", "water"], report.Changed);
        Assert.Equal(["spring:1", "summer:1", "water:2"], await QueryAsync(bank,
            """
            select q.slug || ':' || t.version from question q join source s on s.id = q.source_id
            join question_version v on v.id = q.current_version_id join source_version t on t.id = v.source_version_id
            where s.slug = @slug order by q.slug
            """));
    }

    [Fact]
    public async Task A_text_changed_here_and_in_the_file_keeps_the_whole_bank_out()
    {
        var bank = Bank();
        await ImportAsync(bank);
        await ExecuteAsync(bank, "update source set title = '编辑改过的标题' where slug = @slug");

        var report = await ImportAsync(bank.WithStem("water", "新题干？") with { Source = bank.Source with { Title = "作者改过的标题" } });

        Assert.Equal([bank.Source.Slug], report.Conflicts);
        Assert.Empty(report.Changed);
        Assert.Equal(["1:河水怎样？:1"], await VersionsAsync(bank, "water"));
    }

    [Fact]
    public async Task One_wrong_quote_keeps_the_whole_bank_out_and_is_named()
    {
        var bank = Bank();
        var wrong = bank.With("summer", question => question with { Body = question.Body with { Evidence = [new("P02", "夏天行舟")] } });

        var report = await ImportAsync(wrong);

        var refusal = Assert.Single(report.Refused);
        Assert.Equal("summer", refusal.Item);
        Assert.Contains("P02 does not hold “夏天行舟”", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await QueryAsync(bank, "select slug from source where slug = @slug"));
    }

    [Fact]
    public async Task Another_text_than_the_bank_was_made_from_is_refused()
    {
        var report = await ImportAsync(Bank(), SmallBank.Raw + " ");

        Assert.Contains("SHA-256", Assert.Single(report.Refused).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preview_reports_the_same_and_stores_nothing()
    {
        var bank = Bank();
        var before = await FingerprintAsync();

        var preview = await ImportAsync(bank, preview: true);

        Assert.Equal(before, await FingerprintAsync());
        Assert.Equal((await ImportAsync(bank)).New, preview.New);
    }

    [Fact]
    public async Task Imports_at_once_take_turns()
    {
        var bank = Bank();

        var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ImportAsync(bank)));

        Assert.Single(reports, report => report.New.Count == 6);
        Assert.Equal(3, reports.Count(report => report.Unchanged.Count == 6));
        Assert.Equal(3, (await StoredAsync(bank)).Count);
    }

    [Fact]
    public async Task The_shipped_banks_are_imported_with_every_type_intact()
    {
        var reports = await new BankFolder(_importer).ImportAllAsync(_shipped, cancellation: TestContext.Current.CancellationToken);

        Assert.All(reports, report => Assert.Empty(report.Refused));
        await using var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var stored = (await connection.QueryAsync<(string Type, string Status)>(
            "select q.type, q.status from question q join source s on s.id = q.source_id where s.slug = 'yangtze-delta-symposium-2020'")).ToList();
        var bank = BankFile.Read(await File.ReadAllTextAsync(Path.Combine(_shipped, "yangtze-delta-symposium-2020.yaml"), TestContext.Current.CancellationToken)).Bank!;
        Assert.Equal(bank.Questions.Count, stored.Count);
        Assert.True(stored.Count(question => question.Status == "published") >= 120);
        Assert.Equal(7, stored.Where(question => question.Status == "published").Select(question => question.Type).Distinct(StringComparer.Ordinal).Count());
        var again = await new BankFolder(_importer).ImportAllAsync(_shipped, cancellation: TestContext.Current.CancellationToken);
        Assert.All(again, report => Assert.Equal((0, 0), (report.New.Count, report.Changed.Count)));
    }

    private Task<ImportReport> ImportAsync(BankFile bank, string raw = SmallBank.Raw, bool preview = false) =>
        _importer.ImportAsync(bank, raw, preview, TestContext.Current.CancellationToken);

    private static BankFile Bank([CallerMemberName] string test = "") => SmallBank.Create(test.ToLowerInvariant().Replace('_', '-'));

    // Where a row was written again, its xmin is another
    private async Task<string> FingerprintAsync()
    {
        await using var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var tables = new[] { "source", "source_version", "paragraph", "key_point", "question", "question_version", "question_enemy" };
        var rows = new List<string>();
        foreach (var table in tables) rows.AddRange(await connection.QueryAsync<string>($"select '{table} ' || ctid::text || ' ' || xmin::text from {table} order by ctid"));
        return string.Join('\n', rows);
    }

    private Task<List<string>> StoredAsync(BankFile bank) => QueryAsync(bank,
        """
        select concat_ws('|', q.slug, k.label, q.status, q.origin, q.type, v.version, v.fork, v.reason, v.body ->> 'stem',
          coalesce((select string_agg(e.slug, ',' order by e.slug) from question_enemy x join question e on e.id = x.enemy_id where x.question_id = q.id), ''))
        from question q join source s on s.id = q.source_id join key_point k on k.id = q.key_point_id join question_version v on v.id = q.current_version_id
        where s.slug = @slug order by q.slug
        """);

    private Task<List<string>> VersionsAsync(BankFile bank, string question) => QueryAsync(bank,
        $"""
        select concat_ws(':', v.version, v.body ->> 'stem', v.fork) from question_version v join question q on q.id = v.question_id
        join source s on s.id = q.source_id where s.slug = @slug and q.slug = '{question}' order by v.version
        """);

    private Task EditAsync(BankFile bank, string question, string stem) => ExecuteAsync(bank,
        $"""
        with made as (
          insert into question_version (question_id, version, fork, source_version_id, body, reason)
          select q.id, v.version + 1, v.fork, v.source_version_id, jsonb_set(v.body, array['stem'], to_jsonb('{stem}'::text)), 'edit'
          from question q join source s on s.id = q.source_id join question_version v on v.id = q.current_version_id
          where s.slug = @slug and q.slug = '{question}' returning id, question_id)
        update question set current_version_id = made.id from made where question.id = made.question_id
        """);

    private async Task ExecuteAsync(BankFile bank, string sql)
    {
        await using var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await connection.ExecuteAsync(sql, new { slug = bank.Source.Slug }));
    }

    private async Task<List<string>> QueryAsync(BankFile bank, string sql)
    {
        await using var connection = await database.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return [.. await connection.QueryAsync<string>(sql, new { slug = bank.Source.Slug })];
    }
}
