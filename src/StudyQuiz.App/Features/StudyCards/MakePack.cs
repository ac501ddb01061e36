using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>Puts a <see cref="DeckPack"/> together.</summary>
internal static class MakePack
{
    // A card is answered this often in a pack's life at the most with fuzz of its own; later answers have none
    private const int FuzzAhead = 8;

    // A learner who comes once a week hears of a card that is gone
    private static readonly TimeSpan ToldFor = TimeSpan.FromDays(7);

    /// <returns>Null where there is no such deck, or nobody may study it.</returns>
    public static async Task<DeckPack?> OfAsync(NpgsqlConnection connection, Guid learner, Viewer viewer, string slug, DateTimeOffset now)
    {
        var who = await StudyLearner.LoadAsync(connection, learner);
        var calendar = who.Calendar;
        var today = calendar.DayOf(now);
        await PassedExams.SettleAsync(connection, learner, today);
        if (await Deck.FindAsync(connection, learner, slug) is not { } deck) return null;
        var fsrs = deck.Scheduling.Model();

        var asked = await ExamQuestions.OfAsync(connection, learner, now);
        var rows = (await DeckCards.ComingAsync(connection, learner, deck, today, today.AddDays(DeckPack.Reach - 1))).Where(row => !asked.Contains(row.Question)).ToDictionary(row => row.Question);
        var (newDone, reviewsDone) = await DeckCards.DoneAsync(connection, learner, deck.Source, today);
        var limits = deck.LimitsWith(await DeckCards.PlannedUntilAsync(connection, learner, deck, today));
        var day = StudyDay.Of(rows.Values.Select(row => row.Read()), today, fsrs, limits, newDone, reviewsDone);
        var days = Enumerable.Range(0, DeckPack.Reach + 1).Select(today.AddDays).ToList();
        // A plan's cards before those that wait, as on the days themselves
        var coming = rows.Values.Select(row => row.Read()).Where(card => !card.IsOnSteps && card.Day > today).OrderBy(card => card.Day).ThenBy(card => card.Id).ToLookup(card => card.PlannedDay is not null);
        // One at the least: a pause is told only to who has new cards
        var mostNew = Math.Max(1, day.New + days.Take(1..DeckPack.Reach).Sum(limits.NewOn));
        IReadOnlyList<long> unseen = [.. (await DeckCards.UnseenAsync(connection, learner, deck, today, mostNew + asked.Count)).Where(question => !asked.Contains(question)).Take(mostNew)];
        // However much has come, today's new cards keep their room: else a long backlog would let none through
        var newToday = Math.Min(day.New, unseen.Count);
        var known = day.OnSteps.Concat(day.Reviews).Concat(coming[true]).Concat(day.Later).Concat(coming[false]).Take(DeckPack.MostCards - newToday).ToList();
        var reviews = Math.Clamp(known.Count - day.OnSteps.Count, 0, day.Reviews.Count);
        var more = day.Reviews.Count - reviews;
        var fresh = unseen.Take(Math.Min(DeckPack.MostCards - known.Count, day.New + days.Take(1..DeckPack.Reach).Sum(limits.NewOn)));

        var faces = await FacesAsync(connection, learner, [.. known.Select(card => card.Id), .. fresh], rows, today, fsrs);
        return new DeckPack(
            learner, viewer.Name, now,
            [.. days.Select(one => new PackDay(one, calendar.StartOf(one), unseen.Count > 0 && deck.NewPerDay > 0 ? limits.Pause.On(one) : PauseReason.None))],
            new PackDeck(deck.Slug, deck.Title, deck.Language),
            PackScheduling.Of(deck.Scheduling),
            faces,
            newToday, deck.NewPerDay, reviews, deck.ReviewsPerDay, day.Later.Count + more, more,
            (await CardPace.OfAsync(connection, learner, today)).Seconds, who.RatingButtons, viewer.IsEditor || viewer.IsAdmin,
            await ParagraphsAsync(connection, deck.Source))
        { Withdrawn = await WithdrawnAsync(connection, learner, deck.Source, now) };
    }

    private static async Task<IReadOnlyList<string>?> WithdrawnAsync(NpgsqlConnection connection, Guid learner, long source, DateTimeOffset now) =>
        (await connection.QueryAsync<string>(
            """
            select v.body->>'stem' from question q
            join question_version v on v.id = q.current_version_id
            where q.withdrawn_at > @since and q.source_id = @source and exists (select 1 from card c where c.learner_id = @learner and c.question_id = q.id)
            order by q.withdrawn_at desc limit 20
            """,
            new { learner, source, since = now - ToldFor })).AsList() is { Count: > 0 } withdrawn ? withdrawn : null;

    /// <summary>
    /// A pack of chosen questions' cards, as a deck of its own: each comes today, however long it is until it is due, and once it has been answered in
    /// a session today when it is due.
    /// </summary>
    /// <param name="deck">Whose settings schedule them.</param>
    /// <param name="name">The deck that the browser takes it for, and keeps it by.</param>
    /// <param name="questions">In the order in which they come; those that are set aside are left out.</param>
    public static async Task<DeckPack> OfChosenAsync(
        NpgsqlConnection connection, Guid learner, Viewer viewer, Deck deck, PackDeck name, IReadOnlyList<long> questions, DateTimeOffset now)
    {
        var who = await StudyLearner.LoadAsync(connection, learner);
        var calendar = who.Calendar;
        var today = calendar.DayOf(now);
        var rows = (await DeckCards.OfQuestionsAsync(connection, learner, questions, today)).ToDictionary(row => row.Question);
        var answered = await DeckCards.AnsweredAsync(connection, learner, questions, today);
        var faces = await FacesAsync(connection, learner, [.. questions.Where(rows.ContainsKey).Take(DeckPack.MostCards)], rows, today, deck.Scheduling.Model());
        IReadOnlyList<PackCard> cards = [.. faces.Select(card => card.Day > today && !answered.Contains(card.Question) ? card with { Day = today } : card)];
        return new DeckPack(
            learner, viewer.Name, now,
            [.. Enumerable.Range(0, DeckPack.Reach + 1).Select(today.AddDays).Select(one => new PackDay(one, calendar.StartOf(one), PauseReason.None))],
            name, PackScheduling.Of(deck.Scheduling), cards,
            NewToday: 0, NewPerDay: 0, ReviewsToday: cards.Count(card => card.State?.Phase == CardPhase.Review && card.Day <= today), ReviewsPerDay: DeckPack.MostCards, Later: 0, More: 0,
            (await CardPace.OfAsync(connection, learner, today)).Seconds, who.RatingButtons, MayEdit: false, await ParagraphsAsync(connection, deck.Source));
    }

    private static async Task<IReadOnlyList<PackCard>> FacesAsync(
        NpgsqlConnection connection, Guid learner, IReadOnlyList<long> questions, IReadOnlyDictionary<long, CardRow> cards, DateOnly today, Fsrs fsrs)
    {
        var found = (await connection.QueryAsync<FaceRow>(
            """
            select q.id as Question, v.id as Version, v.fork, v.source_version_id as SourceVersion, v.body::text as Body, w2.reason as Waiver, k.heading as KeyPoint, g.heading as KeyPointGroup,
                   coalesce(m.favourite, false) as IsFavourite, m.note
            from unnest(@questions) with ordinality as w (question, place)
            join question q on q.id = w.question
            join question_version v on v.id = q.current_version_id
            join key_point k on k.id = q.key_point_id
            left join key_point g on g.id = k.parent_id
            left join question_mark m on m.learner_id = @learner and m.question_id = q.id
            left join question_waiver w2 on w2.question_id = q.id and w2.fork = v.fork and v.body->'evidence' = '[]'
            order by w.place
            """,
            new { learner, questions = questions.ToArray() })).AsList();
        var texts = (await connection.QueryAsync<(long Version, string Label, string Text)>(
            "select source_version_id, label, text from paragraph where source_version_id = any(@versions)",
            new { versions = found.Select(row => row.SourceVersion).Distinct().ToArray() }))
            .GroupBy(row => row.Version).ToDictionary(text => text.Key, text => (IReadOnlyDictionary<string, string>)text.ToDictionary(row => row.Label, row => row.Text, StringComparer.Ordinal));
        return
        [
            .. found.Select(row =>
            {
                var card = cards.TryGetValue(row.Question, out var known) ? known : null;
                var seed = CardRow.FuzzSeed(learner, row.Question, row.Fork);
                var reviews = card?.Reviews ?? 0;
                return new PackCard(
                    row.Question, row.Version, row.KeyPoint, row.KeyPointGroup,
                    CardFace.Of(JsonSerializer.Deserialize<Question>(row.Body, DomainJson.Options)!, Shuffle.Derive(seed, reviews), texts.GetValueOrDefault(row.SourceVersion) ?? new Dictionary<string, string>(StringComparer.Ordinal)) with { Waiver = row.Waiver },
                    card is null ? null : PackState.Of(card.Read().Card),
                    card?.Read().Day,
                    card is null ? null : Math.Round(Recall.Ahead(today, card.Read().Card, fsrs), 2),
                    [.. Enumerable.Range(reviews, FuzzAhead).Select(i => Shuffle.Fraction(Shuffle.Derive(seed, i)))],
                    row.IsFavourite, row.Note);
            }),
        ];
    }

    private static async Task<IReadOnlyList<PackParagraph>> ParagraphsAsync(NpgsqlConnection connection, long source) =>
        (await connection.QueryAsync<PackParagraph>(
            "select p.label, p.text from source s join paragraph p on p.source_version_id = s.current_version_id where s.id = @source order by p.position",
            new { source })).AsList();

    private sealed record FaceRow(
        long Question, long Version, int Fork, long SourceVersion, string Body, string? Waiver, string KeyPoint, string? KeyPointGroup, bool IsFavourite, string? Note);
}
