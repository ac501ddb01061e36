namespace StudyQuiz.Domain.Scheduling;

/// <summary>What a row of the review log says.</summary>
public enum ReviewKind
{
    /// <summary>A learner rated a card.</summary>
    Rated,

    /// <summary>A self-test or a game graded an answer: <see cref="Rating.Good"/> is right, <see cref="Rating.Again"/> wrong, and steps are skipped.</summary>
    Assessed,

    /// <summary>The row that it replaces never was.</summary>
    Undone,
}

/// <summary>A row of the review log: written once, never changed.</summary>
/// <param name="Id">Made where the answer was given, so that sending it twice stores it once.</param>
/// <param name="ReviewedAt">By the clock of the device.</param>
/// <param name="ReceivedAt">By the server's.</param>
/// <param name="Day">The learner's study day when it was written.</param>
/// <param name="Kind">What the row says.</param>
/// <param name="Rating">Without meaning for <see cref="ReviewKind.Undone"/>.</param>
/// <param name="Replaces">The row that this one undoes or regrades; null for an answer. A regrade counts at the time and on the day of what it replaces.</param>
public sealed record LoggedReview(Guid Id, DateTimeOffset ReviewedAt, DateTimeOffset ReceivedAt, DateOnly Day, ReviewKind Kind, Rating Rating, Guid? Replaces = null)
{
    /// <summary>A device whose clock is ahead can't review in the future.</summary>
    public DateTimeOffset At => ReviewedAt < ReceivedAt ? ReviewedAt : ReceivedAt;
}

/// <summary>An answer that counts, between the card that it met and the card that it made.</summary>
public sealed record FoldedReview(Card Before, LoggedReview Review, Card After);

/// <summary>The review log is the truth, and a card is its fold.</summary>
public static class ReviewLog
{
    /// <summary>
    /// The card that a log makes. The order of the rows is of no account, nor is a row that is there twice: rows count in the order of
    /// <see cref="LoggedReview.At"/>, then of the device's own clock (a device that is ahead sends several at one instant), then of their ids. A row counts unless one that counts replaces it; one that replaces a row not (yet)
    /// there waits for it.
    /// </summary>
    /// <param name="log">All rows of one learner's card.</param>
    /// <param name="scheduler">The learner's settings.</param>
    /// <param name="seed">Of the card's fuzz; null for none.</param>
    public static Card Fold(IEnumerable<LoggedReview> log, Scheduler scheduler, long? seed = null) =>
        Walk(log, scheduler, seed).LastOrDefault()?.After ?? Card.New;

    /// <summary>The fold step by step: the card before and after every answer that counts.</summary>
    /// <param name="log">As of <see cref="Fold"/>.</param>
    public static IEnumerable<FoldedReview> Walk(IEnumerable<LoggedReview> log, Scheduler scheduler, long? seed = null)
    {
        var card = Card.New;
        foreach (var review in Effective(log))
        {
            var before = card;
            card = Next(card, review, scheduler, seed);
            yield return new FoldedReview(before, review, card);
        }
    }

    /// <summary>The card after one more answer that counts.</summary>
    /// <param name="seed">As of <see cref="Fold"/>.</param>
    public static Card Next(Card card, LoggedReview review, Scheduler scheduler, long? seed = null)
    {
        double? fuzz = seed is { } ours ? Shuffle.Fraction(Shuffle.Derive(ours, card.Reviews)) : null;
        return review.Kind == ReviewKind.Assessed
            ? scheduler.Assess(card, review.At, review.Day, review.Rating != Rating.Again, fuzz)
            : scheduler.Answer(card, new Review(review.At, review.Day, review.Rating), fuzz);
    }

    /// <summary>The answers that count, in their order; regraded ones with the rating that counts.</summary>
    public static IReadOnlyList<LoggedReview> Effective(IEnumerable<LoggedReview> log)
    {
        var rows = log.DistinctBy(row => row.Id).OrderBy(row => row.At).ThenBy(row => row.ReviewedAt).ThenBy(row => row.Id).ToList();
        var replacing = rows.Where(row => row.Replaces is not null).ToLookup(row => row.Replaces!.Value);
        return [.. rows.Where(row => row.Replaces is null && row.Kind != ReviewKind.Undone).Select(Standing).OfType<LoggedReview>()];

        LoggedReview? Standing(LoggedReview answer) => LastOver(answer) switch
        {
            null => answer,
            { Kind: ReviewKind.Undone } => null,
            var regrade => answer with { Kind = regrade.Kind, Rating = regrade.Rating },
        };

        // The last that replaces a row decides, unless it has been undone itself. Rows form a tree below their answer, which is walked from
        // its leaves without recursion: a device may send a chain of any length
        LoggedReview? LastOver(LoggedReview answer)
        {
            var tree = new List<LoggedReview> { answer };
            for (var i = 0; i < tree.Count; i++) tree.AddRange(replacing[tree[i].Id]);
            var over = new Dictionary<Guid, LoggedReview?>();
            for (var i = tree.Count - 1; i >= 0; i--)
            {
                over[tree[i].Id] = replacing[tree[i].Id].Reverse()
                    .Select(by => over[by.Id] ?? by)
                    .FirstOrDefault(by => by.Replaces == tree[i].Id || by.Kind != ReviewKind.Undone);
            }

            return over[answer.Id];
        }
    }
}
