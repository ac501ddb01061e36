using Dapper;
using Microsoft.Extensions.Localization;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>
/// Takes what a browser did to cards, at once or days later. Every change carries an id that the browser made, so that sending it again is
/// harmless; the answer names the learner that all of it is for, and nobody else's browser may send it.
/// </summary>
internal static class SyncCards
{
    /// <summary>The most changes of one request; a browser sends the rest in the next.</summary>
    public const int MostChanges = 500;

    // Of a day that is over somewhere sooner and elsewhere later: what is put off for longer nobody would find again
    private const int LongestBury = 2;

    private const int LargestBody = 2 * 1024 * 1024;
    private const int LargestWish = 1024;

    // Devices begin with earlier dates when their battery was out: such a clock says nothing, and what it dates counts as of when it came
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/cards/decks/{slug}/pack", PackAsync);
        app.MapPost("/api/cards/changes", TakeAsync);
    }

    /// <param name="Device">A secret that the browser made: two tabs that ask at once begin one learner, for they send the same.</param>
    private sealed record PackWish(string? Device = null);

    /// <param name="Learner">Whom the browser did it for.</param>
    internal sealed record Changes(Guid Learner, IReadOnlyList<ReviewChange> Reviews, IReadOnlyList<MarkChange>? Marks = null, IReadOnlyList<FlagChange>? Flags = null);

    /// <param name="Version">The question's version that was asked.</param>
    /// <param name="Rating">1 to 4; null undoes <paramref name="Replaces"/>.</param>
    /// <param name="At">By the device's clock.</param>
    internal sealed record ReviewChange(Guid Id, long Version, DateTimeOffset At, int? Rating = null, int? TookMs = null, Guid? Replaces = null)
    {
        public bool IsSound => Id != Guid.Empty && Rating is null or (>= 1 and <= 4) && (Rating is not null || Replaces is not null) && TookMs is null or >= 0;

        /// <param name="received">A time for it where the device had none.</param>
        public NewReview Read(DateTimeOffset received) => new(
            Id, Version, Rating is null ? ReviewKind.Undone : ReviewKind.Rated, (Rating?)Rating, At < Earliest ? received : At, TookMs is { } took ? Math.Min(took, 86_400_000) : null, Replaces);
    }

    /// <summary>What is null stays as it is.</summary>
    /// <param name="BuriedDay">Put off until that study day is over.</param>
    internal sealed record MarkChange(Guid Id, long Question, DateTimeOffset At, bool? Favourite = null, bool? Suspended = null, DateOnly? BuriedDay = null, string? Note = null)
    {
        public bool IsSound => Id != Guid.Empty && (Note is null || (Note.Length <= 2000 && StorableText.Is(Note)));
    }

    internal sealed record FlagChange(Guid Id, long Version, string Reason, DateTimeOffset At, string? Words = null)
    {
        public bool IsSound => Id != Guid.Empty && (Words is null || (Words.Length <= 1000 && StorableText.Is(Words))) && Reason is "wrong_key" or "unclear" or "typo" or "evidence" or "other";
    }

    /// <param name="Stored">Everything of the request that the database holds now, by its id.</param>
    /// <param name="Refused">What will never be taken, whatever is tried.</param>
    internal sealed record Receipt(IReadOnlyList<Guid> Stored, IReadOnlyList<Guid> Refused);

    // Asking for a deck begins a learner, for what is answered offline must have an owner before the network goes
    private static async Task<IResult> PackAsync(
        string slug, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock, IStringLocalizer<CardsText> text)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (!await connection.QuerySingleAsync<bool>("select exists (select 1 from source s join question q on q.source_id = s.id and q.status = 'published' where s.slug = @slug)", new { slug }))
            return Refuse(text, 404, "noDeck");
        var learner = await learners.FindOrBeginAsync(http, (await BoundedJson.ReadAsync<PackWish>(http, LargestWish))?.Device);
        http.Response.Headers.CacheControl = "no-store";
        return await MakePack.OfAsync(connection, learner, Viewer.Of(http.User), slug, clock.Now) is { } pack ? Results.Ok(pack) : Refuse(text, 404, "noDeck");
    }

    private static async Task<IResult> TakeAsync(HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock, IStringLocalizer<CardsText> text)
    {
        if (await BoundedJson.ReadAsync<Changes>(http, LargestBody) is not { } changes) return Refuse(text, 400, "badRequest");
        var (marks, flags) = (changes.Marks ?? [], changes.Flags ?? []);
        // A list's elements are none that the reader of JSON checks
        if (changes.Reviews.Concat<object?>(marks).Concat(flags).Contains(null)) return Refuse(text, 400, "badRequest");
        if (changes.Reviews.Count + marks.Count + flags.Count > MostChanges) return Refuse(text, 400, "tooMany");
        if (await learners.StandsForAsync(http, changes.Learner) is not { } learner)
        {
            // Who had no account cannot sign in to send it: their browser may then send it as whom it has become
            return Refuse(text, 409, await learners.IsNobodysAsync(changes.Learner, http.RequestAborted) ? "noLearner" : "otherLearner");
        }

        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return Results.Ok(await StoreAsync(connection, learner, changes.Reviews, marks, flags, clock.Now));
    }

    /// <summary>Stores what can be taken, in one transaction; what was sent before is stored already.</summary>
    internal static async Task<Receipt> StoreAsync(NpgsqlConnection connection, Guid learner, IReadOnlyList<ReviewChange> all, IReadOnlyList<MarkChange> marks, IReadOnlyList<FlagChange> flags, DateTimeOffset now)
    {
        var versions = await OwnersAsync(connection, [.. all.Select(r => r.Version), .. flags.Select(f => f.Version)]);
        var known = (await connection.QueryAsync<long>("select id from question where id = any(@ids)", new { ids = marks.Select(m => m.Question).ToArray() })).ToHashSet();
        var reviews = all.Where(r => r.IsSound && versions.Contains(r.Version)).ToList();
        var latest = DateOnly.FromDateTime(now.UtcDateTime).AddDays(LongestBury);
        var goodMarks = marks.Where(m => m.IsSound && known.Contains(m.Question) && !(m.BuriedDay > latest)).ToList();
        var goodFlags = flags.Where(f => f.IsSound && versions.Contains(f.Version)).ToList();

        await using var transaction = await connection.BeginTransactionAsync();
        await CardLog.AddAsync(connection, learner, ReviewOrigins.Cards, [.. reviews.Select((r, i) => r.Read(now.AddMicroseconds(i - reviews.Count)))], now);
        foreach (var (i, mark) in goodMarks.Index())
            await QuestionMarks.StoreAsync(connection, learner, mark.Question, At(mark.At, i - goodMarks.Count), mark.Favourite, mark.Suspended, mark.BuriedDay, mark.Note);
        foreach (var flag in goodFlags) await FlagAsync(connection, learner, flag, At(flag.At, 0));
        await transaction.CommitAsync();

        HashSet<Guid> stored = [.. reviews.Select(r => r.Id), .. goodMarks.Select(m => m.Id), .. goodFlags.Select(f => f.Id)];
        var ids = all.Select(r => r.Id).Concat(marks.Select(m => m.Id)).Concat(flags.Select(f => f.Id));
        return new Receipt([.. stored], [.. ids.Where(id => !stored.Contains(id)).Distinct()]);

        // One after the other where the device's clock is no guide: the later change of two has to count
        DateTimeOffset At(DateTimeOffset told, int place) => told >= Earliest && told < now ? told : now.AddMicroseconds(place);
    }

    // Drafts are their editors' alone; what was published once may have been asked while it was
    private static async Task<IReadOnlySet<long>> OwnersAsync(NpgsqlConnection connection, long[] versions) =>
        (await connection.QueryAsync<long>(
            "select v.id from question_version v join question q on q.id = v.question_id where v.id = any(@versions) and q.status in ('published', 'retired')",
            new { versions })).ToHashSet();

    private static Task FlagAsync(NpgsqlConnection connection, Guid learner, FlagChange flag, DateTimeOffset at) =>
        connection.ExecuteAsync(
            """
            insert into question_flag (learner_id, client_id, question_id, question_version_id, reason, words, flagged_at)
            select @learner, @id, question_id, id, @reason, @words, @at from question_version where id = @version
            on conflict do nothing
            """,
            new { learner, id = flag.Id, version = flag.Version, reason = flag.Reason, words = string.IsNullOrWhiteSpace(flag.Words) ? null : flag.Words.Trim(), at = at.UtcDateTime });

    private static IResult Refuse(IStringLocalizer<CardsText> text, int status, string code) =>
        Results.Problem(title: text["Refused." + code], statusCode: status, extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code });
}
