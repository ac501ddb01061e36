using StudyQuiz.Generation;

namespace StudyQuiz.App.Features.GenerateBank;

/// <summary>A bank being made. It is in this process only: after a restart there is none, and nothing was stored.</summary>
internal sealed class GenerationJob : IProgress<GenerationStage>, IDisposable
{
    private readonly CancellationTokenSource _stop;
    private volatile JobState _state = new JobState.Waiting();

    public GenerationJob(NewBank wanted, NewBankForm entered, Guid person, CancellationToken stopping)
    {
        (Wanted, Entered, Person) = (wanted, entered, person);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    }

    public NewBank Wanted { get; }

    public NewBankForm Entered { get; }

    public Guid Person { get; }

    public CancellationToken Stop => _stop.Token;

    public JobState State
    {
        get => _state;
        set => _state = value;
    }

    public bool IsOver => _state is JobState.Done or JobState.Failed;

    /// <summary>When it was over; meaningless before.</summary>
    public DateTimeOffset OverSince { get; private set; }

    /// <summary>Ends when the job is over, however it went.</summary>
    public Task Ended { get; set; } = Task.CompletedTask;

    public void End(JobState end, DateTimeOffset now)
    {
        OverSince = now;
        _state = end;
    }

    public void Cancel() => _stop.Cancel();

    public void Report(GenerationStage value) => _state = new JobState.Working(value);

    public void Dispose() => _stop.Dispose();
}

/// <summary>How far a job is.</summary>
internal abstract record JobState
{
    private JobState()
    {
    }

    /// <summary>As many banks as the server makes at a time are being made.</summary>
    public sealed record Waiting : JobState;

    public sealed record Working(GenerationStage Stage) : JobState;

    public sealed record Storing : JobState;

    /// <summary>The bank is stored.</summary>
    public sealed record Done(string Slug) : JobState;

    /// <summary>Nothing was stored.</summary>
    /// <param name="Report">Why there is no question, fact by fact; null for other failures.</param>
    public sealed record Failed(FormRefusal Why, GenerationReport? Report = null) : JobState;
}
