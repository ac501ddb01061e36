using StudyQuiz.App.Features.ProposeQuestions;
using StudyQuiz.App.Platform;
using StudyQuiz.Generation;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.App.Features.GenerateBank;

/// <summary>
/// Makes banks beside the requests: one at a time for a person, two at a time for the server, more wait their turn. Jobs live in this process
/// and are stopped with it. The last one of each person is kept for a while with its text, so that a reload finds it and
/// a refusal gives the text back.
/// </summary>
internal sealed class Generations(StoreGeneration store, OfferedModel model, Clock clock, ILogger<Generations> logger) : IHostedService, IDisposable
{
    /// <summary>How many banks the server makes at a time.</summary>
    public const int AtOnce = 2;

    /// <summary>How long a job that is over is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    // Each may hold two texts of the longest
    private const int MostKept = 20;

    /// <summary>The name of the language model that may be asked besides; null where none is configured.</summary>
    public string? Model => model.Settings?.Model;

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, GenerationJob> _byPerson = [];
    private readonly SemaphoreSlim _places = new(AtOnce);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Starts a job. The same form sent again gives the job that it started; the person's other running job gives that one, and nothing is started.</summary>
    public GenerationJob Start(NewBank wanted, NewBankForm entered, Guid person)
    {
        lock (_lock)
        {
            if (_byPerson.TryGetValue(person, out var last))
            {
                if (last.Wanted.Id == wanted.Id || !last.IsOver) return last;
                last.Dispose();
            }

            Forget();
            var job = new GenerationJob(wanted, entered, person, _stopping.Token);
            _byPerson[person] = job;
            job.Ended = Task.Run(() => RunAsync(job), CancellationToken.None);
            return job;
        }
    }

    /// <summary>A person's job; null when there is none of this id in this process.</summary>
    public GenerationJob? Find(Guid person, Guid id) => Last(person) is { } last && last.Wanted.Id == id ? last : null;

    /// <summary>The job that a person is waiting for.</summary>
    public GenerationJob? Running(Guid person) => Last(person) is { IsOver: false } last ? last : null;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => _stopping.CancelAsync();

    // A host that goes without having been stopped; nothing is freed, for jobs that are still ending look at both
    public void Dispose() => _stopping.Cancel();

    private GenerationJob? Last(Guid person)
    {
        lock (_lock)
        {
            Forget();
            return _byPerson.GetValueOrDefault(person);
        }
    }

    private void Forget()
    {
        var over = _byPerson.Values.Where(job => job.IsOver).OrderByDescending(job => job.OverSince).ToList();
        foreach (var job in over.Where((job, newer) => newer >= MostKept || job.OverSince < clock.Now - Kept))
        {
            _byPerson.Remove(job.Person);
            job.Dispose();
        }
    }

    private async Task RunAsync(GenerationJob job)
    {
        JobState end;
        try
        {
            await _places.WaitAsync(job.Stop);
            try
            {
                end = await MakeAsync(job);
            }
            finally
            {
                _places.Release();
            }
        }
        catch (OperationCanceledException) when (job.Stop.IsCancellationRequested)
        {
            end = new JobState.Failed(new FormRefusal("", "Cancelled"));
        }
#pragma warning disable CA1031 // whatever it is, the person who waits must hear that it is over
        catch (Exception fault)
#pragma warning restore CA1031
        {
            logger.LogError(fault, "A bank could not be made of a text of {Characters} characters", job.Wanted.Raw.Length);
            end = new JobState.Failed(new FormRefusal("", "Fault"));
        }

        job.End(end, clock.Now);
    }

    private async Task<JobState> MakeAsync(GenerationJob job)
    {
        var wanted = job.Wanted;
        job.Report(GenerationStage.Clean);
        var clean = await Compute(job, () => Normalizer.Clean(wanted.Raw));
        if (clean.Paragraphs.Count == 0) return new JobState.Failed(new FormRefusal("text", "NothingLeft"));

        var title = wanted.Title ?? clean.Details.Title;
        var slug = wanted.Slug ?? await store.FreeSlugAsync(BankSlug.Propose(title, LearnerDay.Of(clock.Now.UtcDateTime)), job.Stop);
        var settings = StoreGeneration.Settings(wanted, slug, title);
        var generated = await await Compute(job, () => BankGeneration.GenerateAsync(clean, settings, wanted.AsksModel ? model.Settings : null, TimeProvider.System, job, job.Stop));
        if (generated.Bank.Questions.Count == 0) return new JobState.Failed(new FormRefusal("text", "NoQuestions"), generated.Report);

        job.State = new JobState.Storing();
        var (stored, refusal) = await store.RunAsync(wanted, generated, job.Person, clock.Now, job.Stop);
        return stored is not null ? new JobState.Done(stored) : new JobState.Failed(refusal!);
    }

    // It computes for up to a minute; requests need the pool's threads
    private static Task<T> Compute<T>(GenerationJob job, Func<T> work) =>
        Task.Factory.StartNew(work, job.Stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
