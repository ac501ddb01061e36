using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ImportBank;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Features.ReviewQuestions;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Normalizing;
using StudyQuiz.Generation.Reading;

namespace StudyQuiz.App.Features.KeepBank;

/// <summary>
/// A newer text takes the place of a bank's: quotes are found again in it, and whose are not go to a queue. First it is shown what it would do; the
/// form carries the text, so nothing is kept until it is taken.
/// </summary>
internal static class RenewText
{
    private const int Mega = 1024 * 1024;

    public static void Map(IEndpointRouteBuilder banks)
    {
        banks.MapGet("/{slug}/text", ShowAsync);
        banks.MapPost("/{slug}/text", SendAsync).WithMetadata(new LargeForm(
            SourceReader.LargestDocument + SourceReader.LargestTextFile + (64 * 1024), http => PageAsync(http, http.GetRouteValue("slug")?.ToString() ?? "", refusal: "Unreadable", status: StatusCodes.Status413PayloadTooLarge)));
    }

    /// <summary>What a page's message may mention.</summary>
    public static object[] Limits { get; } = [SourceReader.LargestTextFile / Mega, SourceReader.LargestDocument / Mega, SourceReader.LongestText];

    private static Task<IResult> ShowAsync(string slug, HttpContext http, string? stored = null) => PageAsync(http, slug, isStored: stored is not null);

    private static async Task<IResult> SendAsync(string slug, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        var (raw, refusal) = await ReadAsync(form, http.RequestAborted);
        if (raw is null) return await PageAsync(http, slug, refusal: refusal);
        var clean = await Task.Run(() => Normalizer.Clean(raw), http.RequestAborted);
        if (clean.Paragraphs.Count == 0) return await PageAsync(http, slug, raw, "Nothing");

        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        // An import of this bank waits, and who waited for one finds what it made
        await BankImporter.TakeTurnAsync(connection);
        if (await KeptBank.FindAsync(connection, slug) is not { } bank) return Pages.NotFound();
        if (form["do"] == "store" && form["version"] != bank.Version.ToString(System.Globalization.CultureInfo.InvariantCulture)) return await PageAsync(http, slug, raw, "Changed");
        var change = await TextChange.OfAsync(connection, bank.Id, [.. clean.Paragraphs.Select(paragraph => (paragraph.Id, paragraph.Text))]);
        if (change.IsSame) return await PageAsync(http, slug, raw, "Same");
        if (form["do"] != "store") return await PageAsync(http, slug, raw, change: change);
        await StoreAsync(connection, bank, raw, change, Viewer.Of(http.User).AccountId!.Value, clock.Now);
        await transaction.CommitAsync(http.RequestAborted);
        return Results.LocalRedirect(bank.Path + "/text?stored=1");
    }

    private static async Task StoreAsync(NpgsqlConnection connection, KeptBank bank, string raw, TextChange change, Guid person, DateTimeOffset now)
    {
        var told = new Anchored(change.Exact.Count, change.Near.Count, change.Lost.Count);
        var version = await connection.QuerySingleAsync<long>(
            """
            with made as (
              insert into source_version (source_id, version, sha256, raw, made_by, anchored, created_at)
              values (@Id, (select max(version) + 1 from source_version where source_id = @Id), @sha256, @raw, @person, @told::jsonb, @now) returning id),
            paragraphs as (
              insert into paragraph (source_version_id, position, label, text)
              select made.id, p.position, p.label, p.text from made, unnest(@labels, @texts) with ordinality as p (label, text, position))
            select id from made
            """,
            new
            {
                bank.Id,
                sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(raw))),
                raw,
                person,
                now,
                told = Json(told),
                labels = change.Paragraphs.Select(paragraph => paragraph.Label).ToArray(),
                texts = change.Paragraphs.Select(paragraph => paragraph.Text).ToArray(),
            });
        var found = change.Exact.Concat(change.Near).ToList();
        // The same wording with its evidence where it stands now: whose it was it stays, and who approved it has approved it still
        await connection.ExecuteAsync(
            """
            update source set current_version_id = @version where id = @Id;
            update key_point k set evidence = p.evidence from unnest(@points, @evidence::jsonb[]) as p (id, evidence) where k.id = p.id;
            with old as (
              select q.id, v.id as version, v.fork, v.created_by, coalesce(c.body, v.body) as body, f.evidence
              from unnest(@questions, @quotes::jsonb[]) as f (id, evidence)
              join question q on q.id = f.id join question_version v on v.id = q.current_version_id left join key_correction c on c.question_version_id = v.id),
            made as (
              insert into question_version (question_id, version, fork, source_version_id, body, reason, created_by, copies_id)
              select id, (select max(n.version) + 1 from question_version n where n.question_id = old.id), fork, @version, jsonb_set(body, '{evidence}', evidence), 'text', created_by, version from old
              returning id, question_id)
            update question q set current_version_id = m.id, approved_version_id = case when q.approved_version_id = o.version then m.id else q.approved_version_id end,
              publish_version_id = case when q.publish_version_id = o.version then m.id else q.publish_version_id end
            from made m join old o on o.id = m.question_id where q.id = m.question_id;
            -- What waits beside them goes along; it had been made from what was served until now
            with old as (
              select p.question_id as id, v.id as version, v.fork, v.body, v.created_by, f.evidence
              from unnest(@changed, @changedQuotes::jsonb[]) as f (id, evidence) join question_version v on v.id = f.id join question_proposal p on p.version_id = v.id),
            made as (
              insert into question_version (question_id, version, fork, source_version_id, body, reason, created_by, copies_id)
              select id, (select max(n.version) + 1 from question_version n where n.question_id = old.id), fork, @version, jsonb_set(body, '{evidence}', evidence), 'text', created_by, version from old
              returning id, question_id),
            agreed as (
              insert into question_approval (version_id, account_id, approved_at)
              select m.id, a.account_id, a.approved_at from made m join old o on o.id = m.question_id join question_approval a on a.version_id = o.version)
            update question_proposal p set version_id = m.id, since_version_id = coalesce(p.since_version_id, p.from_version_id + 1), from_version_id = q.current_version_id
            from made m join question q on q.id = m.question_id where p.question_id = m.question_id
            """,
            new
            {
                bank.Id,
                version,
                person,
                points = change.Points.Select(point => point.Id).ToArray(),
                evidence = change.Points.Select(point => Json(point.Evidence)).ToArray(),
                questions = found.Select(one => one.Id).ToArray(),
                quotes = found.Select(one => Json(one.After!)).ToArray(),
                changed = change.Proposals.Select(one => one.Version).ToArray(),
                changedQuotes = change.Proposals.Select(one => Json(one.Evidence)).ToArray(),
            },
            commandTimeout: 300);
        await ChangeStatus.RunAsync(connection, [.. change.Lost.Where(one => one.IsPublished).Select(one => new StatusWish(one.Id, QuestionStatus.Review, From: QuestionStatus.Published))], person, now, "text");
        await Audit.AddAsync(connection, person, AuditActs.BankText, AuditActs.OfBank(bank.Slug), told, now);
    }

    private static async Task<IResult> PageAsync(HttpContext http, string slug, string raw = "", string? refusal = null, TextChange? change = null, bool isStored = false, int? status = null)
    {
        await using var connection = await http.RequestServices.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(http.RequestAborted);
        if (await KeptBank.FindAsync(connection, slug) is not { } bank) return Pages.NotFound();
        var versions = (await connection.QueryAsync<TextVersion>(
            """
            select v.version, v.created_at, nullif(a.user_name, '') as made_by, v.anchored::text as anchored_json, (select count(*)::int from paragraph p where p.source_version_id = v.id) as paragraphs
            from source_version v left join account a on a.id = v.made_by where v.source_id = @Id order by v.version desc limit 50
            """,
            new { bank.Id })).AsList();
        var lost = await connection.QuerySingleAsync<int>("select count(*)::int from question_listing where source_id = @Id and is_behind", new { bank.Id });
        return Pages.Render<TextPage>(
            new { Bank = bank, Versions = versions, Raw = raw, Refusal = refusal, Change = change, IsStored = isStored, Lost = lost }, status ?? (refusal is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity));
    }

    private static async Task<(string? Raw, string? Refusal)> ReadAsync(IFormCollection form, CancellationToken stop)
    {
        SourceReading reading;
        if (form.Files.FirstOrDefault(file => file.Name == "file" && file.Length > 0) is { } file)
        {
            if (file.Length > SourceReader.LargestDocument) return (null, "Unreadable");
            using var bytes = new MemoryStream((int)file.Length);
            await file.CopyToAsync(bytes, stop);
            reading = SourceReader.Read(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), file.FileName);
        }
        else if (string.IsNullOrWhiteSpace(form["text"]))
        {
            return (null, "Neither");
        }
        else
        {
            reading = SourceReader.Read(Encoding.UTF8.GetBytes(form["text"].ToString()), "");
        }

        return reading is SourceReading.Text { Raw: var raw } && StorableText.Is(raw) ? (raw, null) : (null, "Unreadable");
    }

    private static string Json(object value) => JsonSerializer.Serialize(value, DomainJson.Options);
}

/// <summary>How many questions' quotes were found in a newer text.</summary>
public sealed record Anchored(int Exact, int Near, int Lost);

/// <summary>A version of a bank's text.</summary>
/// <param name="MadeBy">Null for one that came with a file or a generation.</param>
public sealed record TextVersion(int Version, DateTime CreatedAt, string? MadeBy, string? AnchoredJson, int Paragraphs)
{
    /// <summary>Null for the first.</summary>
    public Anchored? Anchored => AnchoredJson is null ? null : JsonSerializer.Deserialize<Anchored>(AnchoredJson, DomainJson.Options);
}
