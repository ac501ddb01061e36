using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>A row for the review log, of whatever origin.</summary>
/// <param name="ClientId">Made where the answer was given.</param>
/// <param name="Version">The question's version that was asked.</param>
/// <param name="Rating">Null for <see cref="ReviewKind.Undone"/>.</param>
/// <param name="ReviewedAt">By the device's clock.</param>
/// <param name="TookMs">From the question's appearance to the answer; null where nobody measured.</param>
/// <param name="Replaces">The row that this one undoes or regrades.</param>
public sealed record NewReview(Guid ClientId, long Version, ReviewKind Kind, Rating? Rating, DateTimeOffset ReviewedAt, int? TookMs = null, Guid? Replaces = null);

/// <summary>Where a review came from.</summary>
public static class ReviewOrigins
{
    public const string Cards = "cards";
    public const string SelfTest = "self_test";
    public const string Game = "game";
    public const string Import = "import";
}

/// <summary>
/// The review log and the cards that it makes: whoever answers anything anywhere ends here. Rows are added, never changed, and every card
/// they touch is folded anew in the same transaction.
/// </summary>
public static class CardLog
{
    // By which the notebook's entries and the days of recall are made: another number has everyone's cards folded anew at their next look
    private const int Rules = 2;

    /// <summary>Adds rows in the caller's transaction. Those that are there already change nothing; a host's own questions are nobody's to remember.</summary>
    /// <returns>The ids of the rows that were new.</returns>
    internal static async Task<IReadOnlySet<Guid>> AddAsync(
        NpgsqlConnection connection, Guid learner, string origin, IReadOnlyList<NewReview> reviews, DateTimeOffset now)
    {
        if (reviews.Count == 0) return new HashSet<Guid>();
        var calendar = (await StudyLearner.LockAsync(connection, learner)).Calendar;
        var added = (await connection.QueryAsync<(Guid Id, long Question, int Fork)>(
            """
            insert into review (learner_id, client_id, question_id, fork, question_version_id, kind, rating, origin, reviewed_at, received_at, day, took_ms, replaces)
            select @learner, r.id, v.question_id, v.fork, v.id, r.kind, r.rating, @origin, r.at, @now, r.day, r.took, r.replaces
            from unnest(@ids, @versions, @kinds, @ratings, @ats, @days, @took, @replaces) as r (id, version, kind, rating, at, day, took, replaces)
            join question_version v on v.id = r.version
            join question q on q.id = v.question_id and q.status <> 'private'
            on conflict (learner_id, client_id) do nothing
            returning client_id, question_id, fork
            """,
            new
            {
                learner,
                origin,
                now,
                ids = reviews.Select(r => r.ClientId).ToArray(),
                versions = reviews.Select(r => r.Version).ToArray(),
                kinds = reviews.Select(r => KindOf(r.Kind)).ToArray(),
                ratings = reviews.Select(r => (short?)r.Rating).ToArray(),
                ats = reviews.Select(r => r.ReviewedAt.UtcDateTime).ToArray(),
                days = reviews.Select(r => calendar.DayOf(r.ReviewedAt < now ? r.ReviewedAt : now)).ToArray(),
                took = reviews.Select(r => r.TookMs).ToArray(),
                replaces = reviews.Select(r => r.Replaces).ToArray(),
            })).AsList();
        await RebuildAsync(connection, learner, [.. added.Select(row => (row.Question, row.Fork)).Distinct()]);
        return added.Select(row => row.Id).ToHashSet();
    }

    /// <summary>What a self-test or a game found out: right or wrong, for a version of a question.</summary>
    /// <param name="id">Names the answer for good: <see cref="IdOf"/>.</param>
    internal static NewReview Assessed(Guid id, long version, bool isRight, DateTimeOffset at) =>
        new(id, version, ReviewKind.Assessed, isRight ? Rating.Good : Rating.Again, at);

    /// <summary>An id that is always the same for the same parts, so that writing an answer again writes nothing.</summary>
    internal static Guid IdOf(string origin, params object[] parts) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('/', parts.Select(part => Convert.ToString(part, CultureInfo.InvariantCulture)).Prepend(origin)))).AsSpan(0, 16), bigEndian: true);

    /// <summary>Folds every card of a learner's source anew: its settings have changed.</summary>
    internal static async Task RebuildSourceAsync(NpgsqlConnection connection, Guid learner, long source)
    {
        await StudyLearner.LockAsync(connection, learner);
        var cards = await connection.QueryAsync<(long Question, int Fork)>(
            "select distinct r.question_id, r.fork from review r join question q on q.id = r.question_id where r.learner_id = @learner and q.source_id = @source",
            new { learner, source });
        await RebuildAsync(connection, learner, cards.AsList());
    }

    /// <summary>Folds a learner's card anew, for what the log alone does not say of it.</summary>
    internal static async Task RebuildCardAsync(NpgsqlConnection connection, Guid learner, long question, int fork)
    {
        await StudyLearner.LockAsync(connection, learner);
        await RebuildAsync(connection, learner, [(question, fork)]);
    }

    /// <summary>Folds every card anew that a learner ever answered wrong.</summary>
    internal static async Task RebuildMissedAsync(NpgsqlConnection connection, Guid learner)
    {
        await StudyLearner.LockAsync(connection, learner);
        var cards = await connection.QueryAsync<(long Question, int Fork)>("select distinct question_id, fork from review where learner_id = @learner and rating = 1", new { learner });
        await RebuildAsync(connection, learner, cards.AsList());
    }

    /// <summary>Folds all cards of a learner anew, unless what is kept with them was made by these rules already.</summary>
    internal static async Task EnsureFoldedAsync(NpgsqlConnection connection, Guid learner)
    {
        if (await connection.QuerySingleOrDefaultAsync<int?>("select notebook_rules from learner where id = @learner", new { learner }) == Rules) return;
        await using var transaction = await connection.BeginTransactionAsync();
        await RebuildAllAsync(connection, learner);
        await connection.ExecuteAsync("update learner set notebook_rules = @Rules where id = @learner", new { learner, Rules });
        await transaction.CommitAsync();
    }

    /// <summary>Folds all cards of a learner anew from the log.</summary>
    internal static async Task RebuildAllAsync(NpgsqlConnection connection, Guid learner)
    {
        await StudyLearner.LockAsync(connection, learner);
        await connection.ExecuteAsync("delete from card c where c.learner_id = @learner and not exists (select 1 from review r where r.learner_id = c.learner_id and r.question_id = c.question_id and r.fork = c.fork)", new { learner });
        var cards = await connection.QueryAsync<(long Question, int Fork)>("select distinct question_id, fork from review where learner_id = @learner", new { learner });
        await RebuildAsync(connection, learner, cards.AsList());
    }

    /// <summary>The answers of each of a learner's cards that count, in their order.</summary>
    internal static async Task<IReadOnlyList<IReadOnlyList<Review>>> AnswersAsync(NpgsqlConnection connection, Guid learner, CancellationToken stop)
    {
        var rows = await connection.QueryAsync<LogRow>(new CommandDefinition(
            """
            select question_id as Question, fork, 0::bigint as Source, client_id as ClientId, reviewed_at as ReviewedAt, received_at as ReceivedAt, day, kind, rating, replaces, origin
            from review where learner_id = @learner
            """,
            new { learner }, cancellationToken: stop));
        return
        [
            .. rows.GroupBy(row => (row.Question, row.Fork)).OrderBy(card => card.Key)
                .Select(card => (IReadOnlyList<Review>)[.. ReviewLog.Effective(card.Select(row => row.Read())).Select(row => new Review(row.At, row.Day, row.Rating))]),
        ];
    }

    /// <summary>The answers of a learner that never were.</summary>
    internal static async Task<Guid[]> UndoneAsync(NpgsqlConnection connection, Guid learner)
    {
        var rows = (await connection.QueryAsync<LogRow>(
            """
            with over as (select client_id, replaces from review where learner_id = @learner and replaces is not null)
            select r.question_id as Question, r.fork, 0::bigint as Source, r.client_id as ClientId, r.reviewed_at as ReviewedAt, r.received_at as ReceivedAt, r.day, r.kind, r.rating, r.replaces, r.origin
            from (select client_id from over union select replaces from over) o join review r on r.learner_id = @learner and r.client_id = o.client_id
            """,
            new { learner })).AsList();
        // As the fold does, card by card: a row cannot replace one of another card
        var counting = rows.GroupBy(row => (row.Question, row.Fork)).SelectMany(card => ReviewLog.Effective(card.Select(row => row.Read()))).Select(row => row.Id).ToHashSet();
        return [.. rows.Where(row => row.Replaces is null && !counting.Contains(row.ClientId)).Select(row => row.ClientId)];
    }

    private static string KindOf(ReviewKind kind) => kind switch { ReviewKind.Rated => "rated", ReviewKind.Assessed => "assessed", _ => "undone" };

    private static async Task RebuildAsync(NpgsqlConnection connection, Guid learner, IReadOnlyList<(long Question, int Fork)> cards)
    {
        if (cards.Count == 0) return;
        var rows = (await connection.QueryAsync<LogRow>(
            """
            select r.question_id as Question, r.fork, q.source_id as Source, r.client_id as ClientId, r.reviewed_at as ReviewedAt, r.received_at as ReceivedAt,
                   r.day, r.kind, r.rating, r.replaces, r.origin
            from unnest(@questions, @forks) as c (question, fork)
            join review r on r.learner_id = @learner and r.question_id = c.question and r.fork = c.fork
            join question q on q.id = r.question_id
            """,
            new { learner, questions = cards.Select(c => c.Question).ToArray(), forks = cards.Select(c => c.Fork).ToArray() })).AsList();
        var decks = await Deck.OfSourcesAsync(connection, learner, rows.Select(row => row.Source).ToHashSet());
        var schedulers = decks.ToDictionary(deck => deck.Key, deck => new Scheduler(deck.Value.Scheduling));

        var entries = await NotebookFold.OfAsync(connection, learner, rows.ToLookup(row => (row.Question, row.Fork), row => row.Read()));
        var folded = rows.GroupBy(row => (row.Question, row.Fork, row.Source))
            .Select(log => Fold(learner, [.. log], schedulers[log.Key.Source]) with { Entry = entries.GetValueOrDefault((log.Key.Question, log.Key.Fork)) })
            .ToLookup(one => one.Card.Phase == CardPhase.New);
        await FoldedCard.DeleteAsync(connection, learner, [.. folded[true].Select(one => (one.Question, one.Fork))]);
        await FoldedCard.StoreAsync(connection, learner, [.. folded[false]]);
    }

    private static FoldedCard Fold(Guid learner, IReadOnlyList<LogRow> log, Scheduler scheduler)
    {
        var (question, fork) = (log[0].Question, log[0].Fork);
        var walk = ReviewLog.Walk(log.Select(row => row.Read()), scheduler, CardRow.FuzzSeed(learner, question, fork)).ToList();
        var inSession = log.Where(row => row.Origin == ReviewOrigins.Cards).Select(row => row.ClientId).ToHashSet();
        var tests = walk.Where(RecallHistory.IsTest).ToLookup(step => step.Review.Rating != Rating.Again, step => step.Review.Day);
        return new FoldedCard(question, fork, walk.Count == 0 ? Card.New : walk[^1].After, LastDay(CardPhase.New), LastDay(CardPhase.Review)) { RecalledDays = [.. tests[true]], ForgottenDays = [.. tests[false]] };

        // As the browser counts: steps belong to the card that is on them, and what tests and games asked is no part of the day
        DateOnly? LastDay(CardPhase met) =>
            walk.Where(one => one.Before.Phase == met && one.Review.Kind == ReviewKind.Rated && inSession.Contains(one.Review.Id)).Max(one => (DateOnly?)one.Review.Day);
    }

    private sealed record LogRow(
        long Question, int Fork, long Source, Guid ClientId, DateTime ReviewedAt, DateTime ReceivedAt, DateOnly Day, string Kind, short? Rating, Guid? Replaces, string Origin)
    {
        public LoggedReview Read() => new(
            ClientId, new DateTimeOffset(ReviewedAt, TimeSpan.Zero), new DateTimeOffset(ReceivedAt, TimeSpan.Zero), Day,
            Enum.Parse<ReviewKind>(Kind, ignoreCase: true), (Rating)(Rating ?? 0), Replaces);
    }
}
