using System.Diagnostics;
using HdrHistogram;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.Load;

/// <summary>What a run is judged by; the line of JSON that ends it. Times are milliseconds.</summary>
/// <param name="Players">Asked for.</param>
/// <param name="Joined">In the game, with an open socket and a first view.</param>
/// <param name="JoinPerSecond">From the first page to the last first view.</param>
/// <param name="ReceiptP50Ms">From sending an answer to having its receipt, over all players and questions.</param>
/// <param name="ReceiptP99Ms">The same.</param>
/// <param name="RevealP50Ms">From the host's command to the last player's reveal, over the questions.</param>
/// <param name="RevealP99Ms">The same; with fewer than a hundred questions it is the slowest.</param>
/// <param name="Sent">Answers sent; one that had to be repeated counts once.</param>
/// <param name="Stored">Rows of the game's answers.</param>
/// <param name="Lost">Receipts without a row, or whose row holds another answer.</param>
/// <param name="Doubled">Rows beyond one for a question and seat, and answers that the host was told of beyond those stored.</param>
/// <param name="ServerRssMb">An app process's largest resident set, 10^6 bytes; 0 where the app was not started here.</param>
/// <param name="ServerCpuSeconds">All app processes', from the first join to the end of the game; 0 where they were not started here.</param>
/// <param name="BareHubRevealP99Ms">As <paramref name="RevealP99Ms"/>, from a hub that does nothing but send.</param>
/// <param name="Hosts">App hosts over which the players are spread.</param>
/// <param name="JoinCpuMs">Processor time of all app processes for a player's join, from the first page to the first view.</param>
/// <param name="AnswerCpuMs">The same for a player's question: an answer, its receipt, and the views of all its phases.</param>
/// <param name="DatabaseJoinCpuMs">PostgreSQL's for a join.</param>
/// <param name="DatabaseAnswerCpuMs">PostgreSQL's for a player's question.</param>
internal sealed record GameFigures(
    int Players, int Joined, double JoinPerSecond,
    double ReceiptP50Ms, double ReceiptP99Ms, double RevealP50Ms, double RevealP99Ms,
    int Sent, int Stored, int Lost, int Doubled,
    double ServerRssMb, double ServerCpuSeconds, double BareHubRevealP99Ms,
    int Hosts, double JoinCpuMs, double AnswerCpuMs, double DatabaseJoinCpuMs, double DatabaseAnswerCpuMs);

/// <summary>The latencies of a game, as histograms of microseconds with three digits.</summary>
internal sealed class Latencies
{
    private static readonly long _longest = (long)TimeSpan.FromMinutes(5).TotalMicroseconds;

    public Latencies(IReadOnlyList<Round> rounds)
    {
        foreach (var round in rounds)
        {
            for (var i = 0; i < round.Received.Length; i++)
            {
                if (round.Receipts[i] != 0) Add(Receipt, Stopwatch.GetElapsedTime(round.Sent[i], round.Receipts[i]));
            }

            Add(OpenSpread, round.Seen(GamePhase.Open).Spread);
            Add(RevealSpread, round.Seen(GamePhase.Closed).Spread);
            if (round.RevealCommanded == 0) continue;
            var reveals = round.Seen(GamePhase.Closed).Since(round.RevealCommanded).ToList();
            foreach (var reveal in reveals) Add(Reveal, reveal);
            if (reveals.Count > 0) Add(LastReveal, reveals.Max());
        }
    }

    /// <summary>From sending an answer to having its receipt.</summary>
    public LongHistogram Receipt { get; } = Empty();

    /// <summary>From the host's command to a player's reveal.</summary>
    public LongHistogram Reveal { get; } = Empty();

    /// <summary>From the host's command to the last player's reveal, once a question.</summary>
    public LongHistogram LastReveal { get; } = Empty();

    /// <summary>From the first player's to the last player's view of the open question, once a question.</summary>
    public LongHistogram OpenSpread { get; } = Empty();

    /// <summary>From the first player's to the last player's reveal, once a question.</summary>
    public LongHistogram RevealSpread { get; } = Empty();

    /// <summary>A percentile in milliseconds; 0 where nothing was measured.</summary>
    public static double Milliseconds(LongHistogram of, double percentile) =>
        of.TotalCount == 0 ? 0 : Math.Round(of.GetValueAtPercentile(percentile) / 1000.0, 1);

    private static LongHistogram Empty() => new(_longest, 3);

    private static void Add(LongHistogram to, TimeSpan time) => to.RecordValue(Math.Clamp((long)time.TotalMicroseconds, 1, _longest));
}
