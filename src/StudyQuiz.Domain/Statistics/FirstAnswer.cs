namespace StudyQuiz.Domain.Statistics;

/// <summary>What a person's first answer to a question was worth.</summary>
/// <param name="Credit">0 to 1.</param>
/// <param name="Others">The mean credit of what else they were asked in the same sitting; null where that was too little to know them by.</param>
/// <param name="Picks">What was chosen, by the author's positions: options of a choice; 0 for true and 1 for false.</param>
/// <param name="Took">Null where nobody measured it.</param>
/// <param name="Week">The Monday of its week.</param>
public sealed record FirstAnswer(decimal Credit, decimal? Others, IReadOnlyList<int> Picks, TimeSpan? Took, DateOnly Week);
