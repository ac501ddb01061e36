using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using StudyQuiz.App.Features.KeepNotebook;
using StudyQuiz.App.Features.ShowProgress;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>A deck: a bank as cards.</summary>
/// <param name="Bank">Its slug.</param>
/// <param name="Begun">Whether you have opened it, set it or answered anything of it.</param>
/// <param name="Unseen">How many of its questions were never answered.</param>
/// <param name="ReviewsToday">Cards that come back today.</param>
/// <param name="NewToday">New cards that today brings.</param>
/// <param name="MinutesToday">What today takes, by your pace.</param>
public sealed record ApiDeck(string Bank, string Title, string Language, bool Begun, int Questions, int Unseen, int ReviewsToday, int NewToday, int MinutesToday);

/// <summary>A card that today brings.</summary>
/// <param name="Version">Of the question; a review names it.</param>
/// <param name="Due">When it comes; null for a card never answered. On a step of minutes it may be later today.</param>
/// <param name="Recall">Predicted for today, 0 to 1; null for a card never answered.</param>
/// <param name="Choices">What the front lists: options, items to order, right sides to match; null where it lists nothing.</param>
public sealed record ApiCard(
    long Question, long Version, string KeyPoint, string Type, string Stem, IReadOnlyList<string>? Choices, ApiCardBack Back, string? Explanation, IReadOnlyList<ApiEvidence> Evidence, DateTimeOffset? Due, double? Recall);

/// <summary>What a card's back says; parts that its type has no use for are null.</summary>
/// <param name="Judgement">Of true_false.</param>
/// <param name="Right">Of choices: which are right, by their place on the front, from 0.</param>
/// <param name="Lines">Of all others, in order.</param>
public sealed record ApiCardBack(bool? Judgement, IReadOnlyList<int>? Right, IReadOnlyList<string>? Lines);

/// <summary>An answer to a card, as its learner judged it.</summary>
/// <param name="Id">Made by you: sent again it changes nothing.</param>
/// <param name="Version">The question's version that was asked.</param>
/// <param name="At">When it was answered.</param>
/// <param name="Rating">1 again, 2 hard, 3 good, 4 easy; null takes back the one that replaces names.</param>
/// <param name="Replaces">The id of an earlier review that this one takes the place of.</param>
public sealed record ApiReview(Guid Id, long Version, DateTimeOffset At, int? Rating = null, int? TookMs = null, Guid? Replaces = null);

/// <summary>Answers to cards, 500 at the most.</summary>
public sealed record ApiReviews(IReadOnlyList<ApiReview> Reviews);

/// <summary>What became of reviews, by their ids.</summary>
/// <param name="Refused">What will never be taken: an unknown version, a rating that is none.</param>
public sealed record ApiReceipt(IReadOnlyList<Guid> Stored, IReadOnlyList<Guid> Refused);

/// <summary>A question of the notebook of wrong answers.</summary>
/// <param name="Misses">How often it was answered wrong.</param>
/// <param name="RightDays">On how many days it was right since.</param>
/// <param name="NeededDays">On how many it has to be, to leave.</param>
public sealed record ApiMissed(long Question, long Version, string Bank, string KeyPoint, string Type, string Stem, int Misses, DateTimeOffset MissedAt, int RightDays, int NeededDays);

/// <summary>What you have learned and what is ahead.</summary>
/// <param name="Week">Of the answers of the last seven days on cards that came back: how many were known.</param>
/// <param name="Month">The same of thirty days.</param>
/// <param name="StreakDays">Study days in a row.</param>
/// <param name="Learned">Questions that were ever answered, of all in the decks begun.</param>
public sealed record ApiProgress(DateOnly Today, ApiKnown Week, ApiKnown Month, int StreakDays, int Learned, int Questions, IReadOnlyList<ApiDayAhead> Ahead);

/// <summary>So many right of so many.</summary>
public sealed record ApiKnown(int Right, int Of);

/// <summary>Cards that a day is expected to bring.</summary>
public sealed record ApiDayAhead(DateOnly Day, double Due, double New);

/// <summary>What a learner has of their own: cards, wrong answers, progress.</summary>
internal static class LearningApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var learning = api.MapGroup("").WithTags("Learning");
        learning.MapGet("/decks", DecksAsync).Needs(ApiScopes.CardsRead).WithName("ListDecks").WithSummary("Every bank as a deck, with what today brings of it.");
        learning.MapGet("/decks/{slug}/cards", CardsAsync).Needs(ApiScopes.CardsRead).WithName("ListCards").WithSummary("The cards of a deck that today brings, in the order in which they had better come.");
        learning.MapPost("/cards/reviews", ReviewAsync).Needs(ApiScopes.CardsWrite).WithName("ReviewCards").WithSummary("Stores answers to cards. They are stored when this answers; what was sent before is not stored again.");
        learning.MapGet("/notebook", NotebookAsync).Needs(ApiScopes.CardsRead).WithName("ListNotebook").WithSummary("Questions that you answered wrong and have not learned since, the last missed first.");
        learning.MapGet("/progress", ProgressAsync).Needs(ApiScopes.CardsRead).WithName("GetProgress").WithSummary("What you have learned, how well you remember it, and the next thirty days.");
    }

    private static async Task<Ok<ApiPage<ApiDeck>>> DecksAsync(HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock, string? after = null, int? limit = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var today = await Today.OfAsync(connection, http, await learners.FindAsync(http), clock.Now);
        var decks = await Deck.AllAsync(connection, today.Learner);
        var begun = (await today.BegunAsync(connection, decks)).Select(deck => deck.Slug).ToHashSet(StringComparer.Ordinal);
        return TypedResults.Ok(ApiResults.PageOf(
            await today.InAsync(connection, decks), after, limit, deck => deck.Deck.Slug,
            deck => new ApiDeck(deck.Deck.Slug, deck.Deck.Title, deck.Deck.Language, begun.Contains(deck.Deck.Slug), deck.Questions, deck.Unseen, deck.Reviews, deck.New, today.Pace.Minutes(deck.Answers))));
    }

    private static async Task<Results<Ok<ApiPage<ApiCard>>, ProblemHttpResult>> CardsAsync(string slug, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock, string? after = null, int? limit = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Deck.FindAsync(connection, null, slug) is null) return ApiResults.NotFound();
        // As on the page, who asks for a deck's cards begins to learn: what is answered has to be somebody's
        if (await MakePack.OfAsync(connection, await learners.FindOrBeginAsync(http), Viewer.Of(http.User), slug, clock.Now) is not { } pack) return ApiResults.NotFound();
        var today = pack.Days[0].Day;
        var come = pack.Cards.Where(card => card.Day <= today).ToLookup(card => card.State!.Phase == CardPhase.Review);
        var cards = come[false].Concat(come[true].Take(pack.ReviewsToday)).Concat(pack.Cards.Where(card => card.State is null).Take(pack.NewToday));
        return TypedResults.Ok(ApiResults.PageOf([.. cards], after, limit, card => card.Question.ToString(CultureInfo.InvariantCulture), Show));
    }

    private static ApiCard Show(PackCard card) => new(
        card.Question, card.Version, card.KeyPoint, card.Face.Type, card.Face.Stem, card.Face.Choices, new ApiCardBack(card.Face.Answer.Judgement, card.Face.Answer.Right, card.Face.Answer.Lines), card.Face.Explanation,
        [.. card.Face.Evidence.SelectMany(paragraph => paragraph.Pieces.Where(piece => piece.IsQuote).Select(piece => new ApiEvidence(paragraph.Paragraph, piece.Text)))], card.State?.Due, card.Recall);

    private static async Task<Results<Ok<ApiReceipt>, ProblemHttpResult>> ReviewAsync(ApiReviews body, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        if (body.Reviews.Count > SyncCards.MostChanges) return ApiResults.Invalid("tooMany", $"Send {SyncCards.MostChanges} reviews at the most.");
        var learner = await learners.FindOrBeginAsync(http);
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var receipt = await SyncCards.StoreAsync(
            connection, learner, [.. body.Reviews.Select(one => new SyncCards.ReviewChange(one.Id, one.Version, one.At, one.Rating, one.TookMs, one.Replaces))], [], [], clock.Now);
        return TypedResults.Ok(new ApiReceipt(receipt.Stored, receipt.Refused));
    }

    private static async Task<Ok<ApiPage<ApiMissed>>> NotebookAsync(HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock, string? after = null, int? limit = null)
    {
        var (from, size) = (ApiResults.Skipped(after), ApiResults.Limit(limit));
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await ShowNotebook.FindAsync(http, connection, learners, clock) is not var (learner, notebook)) return TypedResults.Ok(new ApiPage<ApiMissed>([], null));
        var banks = notebook.Sources.ToDictionary(source => source.Id, source => source.Slug);
        var items = notebook.Items.Where(item => item.Entry.LeftOn is null).OrderByDescending(item => item.Entry.MissedAt).ThenBy(item => item.Question).Skip(from).Take(size + 1).ToList();
        return TypedResults.Ok(ApiResults.Page(
            await NotebookRow.OfAsync(connection, learner, items), size,
            row => new ApiMissed(
                row.Item.Question, row.Version, banks[row.Item.SourceId], row.Item.Point.Heading, row.Item.Type, row.Question.Stem, row.Item.Entry.Misses, row.Item.Entry.MissedAt, row.Item.Entry.RightDays, row.Item.Entry.Needed),
            _ => (from + size).ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Ok<ApiProgress>> ProgressAsync(HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var learner = await learners.FindAsync(http);
        if (learner is { } known) await AttemptClosing.CloseOverdueAsync(connection, known, clock.Now);
        var today = await Today.OfAsync(connection, http, learner, clock.Now);
        var progress = await Progress.OfAsync(connection, today, today.Day, withCurve: false);
        return TypedResults.Ok(new ApiProgress(
            progress.Today, new ApiKnown(progress.Week.Right, progress.Week.Of), new ApiKnown(progress.Month.Right, progress.Month.Of), progress.Streak.Days, progress.Learned, progress.Questions,
            [.. progress.Ahead.Select(day => new ApiDayAhead(day.Day, Math.Round(day.Due, 1), Math.Round(day.New, 1)))]));
    }
}
