using System.Diagnostics.Metrics;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Live;

/// <summary>What live games on this app host are measured by. No instrument names a game or a person: their number has no bound.</summary>
public sealed class LiveMetrics
{
    public const string Meter = "StudyQuiz.Live";

    private const string Outcome = "outcome";
    private readonly Meter _meter;
    private readonly Counter<long> _joins;
    private readonly Counter<long> _takeovers;
    private readonly Histogram<double> _receipt;
    private readonly Histogram<int> _batch;
    private readonly Histogram<double> _fanOut;

    public LiveMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(Meter);
        _joins = _meter.CreateCounter<long>("studyquiz.live.joins", "{join}", "Seats that were asked for, by what became of it");
        _takeovers = _meter.CreateCounter<long>("studyquiz.live.takeovers", "{game}", "Games that this host has begun to run");
        _receipt = _meter.CreateHistogram<double>("studyquiz.live.receipt.duration", "s", "From an answer's arrival to its receipt, by what became of it");
        _batch = _meter.CreateHistogram<int>("studyquiz.live.batch.answers", "{answer}", "Answers that one commit stored");
        _fanOut = _meter.CreateHistogram<double>("studyquiz.live.fanout.duration", "s", "How long a view is being handed to all players' screens of a game on this host, by phase");
    }

    /// <summary>Has the games and screens on this host counted whenever somebody looks.</summary>
    /// <param name="games">Games that have a screen here.</param>
    /// <param name="screens">Their screens by kind: player, host, watcher.</param>
    internal void Observe(Func<int> games, Func<IEnumerable<(string Kind, int Count)>> screens)
    {
        _meter.CreateObservableGauge("studyquiz.live.games", games, "{game}", "Games with a screen on this host");
        _meter.CreateObservableGauge(
            "studyquiz.live.screens", () => screens().Select(kind => new Measurement<int>(kind.Count, new KeyValuePair<string, object?>("kind", kind.Kind))), "{screen}", "Screens connected to this host");
    }

    internal void Joined(Seated seated) => _joins.Add(1, new KeyValuePair<string, object?>(Outcome, seated.Refusal ?? "seated"));

    internal void TookOver() => _takeovers.Add(1);

    internal void Answered(Receipt receipt, TimeSpan took) => _receipt.Record(took.TotalSeconds, new KeyValuePair<string, object?>(Outcome, receipt.Refusal ?? "received"));

    internal void Committed(int answers) => _batch.Record(answers);

    internal void HandedOut(GamePhase phase, TimeSpan took) => _fanOut.Record(took.TotalSeconds, new KeyValuePair<string, object?>("phase", phase));
}
