using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>Everything that a browser needs to study a deck for some days without the server.</summary>
/// <param name="Learner">Whose it is: what is answered goes to nobody else.</param>
/// <param name="Name">The account's name; null for a browser without one.</param>
/// <param name="Days">The study days that it holds, today first, with the instants at which they begin.</param>
/// <param name="Cards">Of today in the order in which they had better come, then those of the coming days.</param>
/// <param name="NewToday">How many new cards there is room for today, of those in <paramref name="Cards"/>.</param>
/// <param name="ReviewsToday">Likewise of cards that come back.</param>
/// <param name="Later">How many cards have come and wait: because of the limit, or because this pack is full.</param>
/// <param name="More">Those of them that today still has room for: the next pack brings them.</param>
/// <param name="MayEdit">Whether its learner keeps the questions too.</param>
/// <param name="SecondsACard">The learner's pace, or most people's.</param>
public sealed record DeckPack(
    Guid Learner, string? Name, DateTimeOffset Made, IReadOnlyList<PackDay> Days, PackDeck Deck, PackScheduling Scheduling,
    IReadOnlyList<PackCard> Cards, int NewToday, int NewPerDay, int ReviewsToday, int ReviewsPerDay, int Later, int More, double SecondsACard, int RatingButtons, bool MayEdit,
    IReadOnlyList<PackParagraph> Paragraphs)
{
    /// <summary>What its learner had a card of and editors withdrew lately; null where there is nothing.</summary>
    public IReadOnlyList<string>? Withdrawn { get; init; }

    /// <summary>How many days ahead a pack reaches, today included.</summary>
    public const int Reach = 7;

    /// <summary>The most cards of a pack.</summary>
    public const int MostCards = 1_000;
}

/// <summary>A study day and the instant at which it begins.</summary>
/// <param name="Pause">Why it takes no new cards.</param>
public sealed record PackDay(DateOnly Day, DateTimeOffset Starts, PauseReason Pause);

/// <summary>The deck's source.</summary>
public sealed record PackDeck(string Slug, string Title, string Language);

/// <summary>What a browser schedules by while the server is away. The server folds the log again, with the same rules.</summary>
/// <param name="Weights">Clipped to where the formulas behave.</param>
/// <param name="LearningSteps">Minutes.</param>
/// <param name="RelearningSteps">Minutes.</param>
public sealed record PackScheduling(
    IReadOnlyList<double> Weights, double DesiredRetention, bool ShortTerm, IReadOnlyList<double> LearningSteps, IReadOnlyList<double> RelearningSteps,
    int MaximumInterval, DateOnly? ExamDay)
{
    public static PackScheduling Of(SchedulingSettings settings) => new(
        settings.Model().Weights, settings.DesiredRetention, settings.ShortTerm,
        [.. settings.LearningSteps.Select(step => step.TotalMinutes)], [.. settings.RelearningSteps.Select(step => step.TotalMinutes)],
        settings.MaximumInterval, settings.ExamDay);
}

/// <summary>A card of a pack.</summary>
/// <param name="State">Null for a card never answered.</param>
/// <param name="Day">When it comes; null for a card never answered.</param>
/// <param name="Recall">Predicted for today, 0 to 1; null for a card never answered.</param>
/// <param name="Fuzz">Where in their range the intervals after the next answers fall.</param>
public sealed record PackCard(
    long Question, long Version, string KeyPoint, string? KeyPointGroup, CardFace Face, PackState? State, DateOnly? Day, double? Recall,
    IReadOnlyList<double> Fuzz, bool IsFavourite, string? Note);

/// <summary>A card's memory, as a browser goes on with it.</summary>
public sealed record PackState(
    CardPhase Phase, double Stability, double Difficulty, int Step, int ScheduledDays, DateTimeOffset Due, DateOnly DueDay, DateOnly LastDay, int Reviews, int Lapses)
{
    public static PackState Of(Card card) => new(
        card.Phase, card.Memory.Stability, card.Memory.Difficulty, card.Step, card.ScheduledDays, card.Due!.Value, card.DueDay!.Value, card.LastDay!.Value, card.Reviews, card.Lapses);
}

/// <summary>A paragraph of the study text.</summary>
public sealed record PackParagraph(string Label, string Text);
