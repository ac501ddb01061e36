using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>How far a fit of a learner's weights is.</summary>
internal abstract record OptimisationState
{
    private OptimisationState()
    {
    }

    public sealed record Waiting : OptimisationState;

    /// <param name="Percent">0 to 100.</param>
    public sealed record Working(int Percent) : OptimisationState;

    /// <summary>Ended; the weights were stored where they are better.</summary>
    public sealed record Done(FsrsFitResult Fit) : OptimisationState;

    /// <summary>The learner stopped it; nothing was stored.</summary>
    public sealed record Stopped : OptimisationState;

    /// <summary>Something broke; nothing was stored.</summary>
    public sealed record Failed : OptimisationState;
}

/// <summary>A fit that runs or ran in this process.</summary>
internal sealed class Optimisation(CancellationToken stopping) : IProgress<double>, IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private volatile OptimisationState _state = new OptimisationState.Waiting();

    public CancellationToken Stop => _stop.Token;

    public OptimisationState State
    {
        get => _state;
        set => _state = value;
    }

    public bool IsOver => _state is not (OptimisationState.Waiting or OptimisationState.Working);

    /// <summary>Ends when it is over, however it went.</summary>
    public Task Ended { get; set; } = Task.CompletedTask;

    public void Cancel() => _stop.Cancel();

    public void Report(double value) => _state = new OptimisationState.Working((int)(value * 100));

    public void Dispose() => _stop.Dispose();
}

/// <summary>
/// Fits weights beside the requests: one run at a time for a learner, one at a time for the server, more wait their turn. Runs live in this
/// process and are stopped with it; a run that has not ended has stored nothing. The last of each learner is kept for its page.
/// </summary>
internal sealed class Optimisations(NpgsqlDataSource db, Clock clock, ILogger<Optimisations> logger) : IHostedService, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Optimisation> _byLearner = [];
    private readonly SemaphoreSlim _place = new(1);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Starts a run; while the learner's last one is not over, gives that.</summary>
    public Optimisation Start(Guid learner)
    {
        lock (_lock)
        {
            if (_byLearner.TryGetValue(learner, out var last))
            {
                if (!last.IsOver) return last;
                last.Dispose();
            }

            var run = new Optimisation(_stopping.Token);
            _byLearner[learner] = run;
            run.Ended = Task.Run(() => RunAsync(run, learner), CancellationToken.None);
            return run;
        }
    }

    /// <summary>A learner's last run in this process.</summary>
    public Optimisation? Find(Guid learner)
    {
        lock (_lock) return _byLearner.GetValueOrDefault(learner);
    }

    /// <summary>Forgets a run that is over: what it said no longer holds.</summary>
    public void Forget(Guid learner)
    {
        lock (_lock)
        {
            if (!_byLearner.TryGetValue(learner, out var last) || !last.IsOver) return;
            _byLearner.Remove(learner);
            last.Dispose();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => _stopping.CancelAsync();

    // A host that goes without having been stopped; nothing is freed, for runs that are still ending look at both
    public void Dispose() => _stopping.Cancel();

    private async Task RunAsync(Optimisation run, Guid learner)
    {
        OptimisationState end;
        try
        {
            await _place.WaitAsync(run.Stop);
            try
            {
                end = new OptimisationState.Done(await FitAsync(run, learner));
            }
            finally
            {
                _place.Release();
            }
        }
        catch (OperationCanceledException) when (run.Stop.IsCancellationRequested)
        {
            end = new OptimisationState.Stopped();
        }
#pragma warning disable CA1031 // whatever it is, the learner who waits must hear that it is over
        catch (Exception fault)
#pragma warning restore CA1031
        {
            logger.LogError(fault, "Weights could not be fitted to the reviews of learner {Learner}", learner);
            end = new OptimisationState.Failed();
        }

        run.State = end;
    }

    private async Task<FsrsFitResult> FitAsync(Optimisation run, Guid learner)
    {
        run.Report(0);
        FsrsWeights present;
        IReadOnlyList<IReadOnlyList<Review>> cards;
        await using (var connection = await db.OpenConnectionAsync(run.Stop))
        {
            present = LearnerWeights.Read((await LearnerWeights.FindAsync(connection, learner))?.Weights);
            cards = await CardLog.AnswersAsync(connection, learner, run.Stop);
        }

        // It computes for up to a minute; requests need the pool's threads
        var fit = await Task.Factory.StartNew(
            () => FsrsFit.Run(cards, CardRow.FuzzSeed(learner, 0, 0), present, run, run.Stop), run.Stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (fit.IsBetter) await LearnerWeights.StoreAsync(db, learner, fit, clock.Now, run.Stop);
        return fit;
    }
}
