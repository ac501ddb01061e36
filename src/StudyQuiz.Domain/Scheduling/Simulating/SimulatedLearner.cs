namespace StudyQuiz.Domain.Scheduling.Simulating;

/// <summary>
/// A learner whose memory is known, which no real one's is: the ground truth of a simulation. It forgets by FSRS-6's formulas, but with
/// weights that no scheduler knows: the learner's are the defaults, each multiplied by a random factor, and every card varies the
/// learner's once more. So a scheduler that believes in the defaults is wrong about the learner and about each card.
/// </summary>
/// <remarks>A factor is e^(spread·z), z drawn from the standard normal distribution and kept within ±2.5.</remarks>
public sealed class SimulatedLearner
{
    private const double MostDeviation = 2.5;

    // Of the answers that are right: how many are Hard and how many Easy, the rest being Good. Of first meetings: how many are which
    private const double Hard = 0.20;
    private const double Easy = 0.15;
    private const double FirstAgain = 0.25;
    private const double FirstHard = 0.10;
    private const double FirstEasy = 0.15;

    private readonly long _seed;
    private readonly Fsrs[] _cards;

    /// <param name="seed">The same seed is the same learner.</param>
    /// <param name="spread">Standard deviation of the logarithms of the learner's weights, and again of each card's; 0 for the defaults themselves.</param>
    /// <param name="weights">What is varied; null for the defaults.</param>
    /// <param name="shortTerm">Whether answers on one day count by the short-term formula.</param>
    public SimulatedLearner(long seed, int cards, double spread, FsrsWeights? weights = null, bool shortTerm = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(spread);
        _seed = seed;
        var own = Varied(weights ?? FsrsWeights.Default, Shuffle.Derive(seed, -1), spread);
        _cards = [.. Enumerable.Range(0, cards).Select(card => new Fsrs(Varied(own, Shuffle.Derive(seed, card), spread), shortTerm))];
    }

    public int Cards => _cards.Length;

    /// <summary>The probability that a card is recalled, 0 to 1.</summary>
    /// <param name="days">Since its last answer.</param>
    public double Recall(int card, Memory memory, int days) => _cards[card].Retrievability(days, memory.Stability);

    /// <summary>
    /// What the learner answers, by chance. The chance belongs to the card and the number of the answer, not to who asks, so that schedulers
    /// are compared on the same luck.
    /// </summary>
    /// <param name="answers">How many the card has had.</param>
    /// <param name="recall">From <see cref="Recall"/>; without meaning for the first answer.</param>
    public Rating Answer(int card, int answers, double recall)
    {
        var luck = Shuffle.Derive(Shuffle.Derive(_seed, card), answers + 100);
        var which = Shuffle.Fraction(Shuffle.Derive(luck, 1));
        if (answers == 0)
        {
            return which < FirstAgain ? Rating.Again : which < FirstAgain + FirstHard ? Rating.Hard : which < 1 - FirstEasy ? Rating.Good : Rating.Easy;
        }

        if (Shuffle.Fraction(luck) >= recall) return Rating.Again;
        return which < Hard ? Rating.Hard : which < 1 - Easy ? Rating.Good : Rating.Easy;
    }

    /// <summary>What is left in memory after an answer.</summary>
    /// <param name="memory">Null before the first answer.</param>
    /// <param name="days">Since the last answer.</param>
    public Memory After(int card, Memory? memory, int days, Rating rating) =>
        memory is { } known ? _cards[card].Next(known, days, rating) : _cards[card].First(rating);

    private static FsrsWeights Varied(FsrsWeights weights, long seed, double spread) =>
        spread == 0 ? weights : FsrsWeights.Of([.. weights.Values.Select((weight, i) => weight * Math.Exp(spread * Normal(Shuffle.Derive(seed, i + 1))))]).Weights!;

    // Box and Muller, 1958
    private static double Normal(long seed)
    {
        var (u, v) = (1 - Shuffle.Fraction(seed), Shuffle.Fraction(Shuffle.Derive(seed, 1)));
        return Math.Clamp(Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v), -MostDeviation, MostDeviation);
    }
}
