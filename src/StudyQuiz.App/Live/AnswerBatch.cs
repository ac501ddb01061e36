using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Live;

/// <summary>What became of an answer that was handed in to be stored.</summary>
public abstract record Stored
{
    private Stored()
    {
    }

    /// <summary>Committed. What is stored is this answer, or one that this seat's row held already.</summary>
    public sealed record Yes(AnswerTaken Answer) : Stored;

    /// <summary>Not known to be committed: handing it in again is harmless.</summary>
    public sealed record Uncertain : Stored;

    /// <summary>Not committed: this grain no longer owns the game.</summary>
    public sealed record NotOwner : Stored;
}

/// <summary>
/// Stores answers in batches: while one batch commits, the next gathers. A room that answers within two seconds costs a few
/// dozen commits instead of thousands. Runs on its grain's scheduler only, so it needs no locks.
/// </summary>
/// <param name="write">Commits a batch; gives the rows that stood before, or null when the game has another owner.</param>
internal sealed class AnswerBatch(Func<IReadOnlyList<AnswerTaken>, Task<IReadOnlyList<AnswerTaken>?>> write, ILogger log)
{
    private List<(AnswerTaken Answer, TaskCompletionSource<Stored> Outcome)> _gathering = [];
    private Task _writing = Task.CompletedTask;

    /// <summary>Completes after the commit, or when it is known that there is none.</summary>
    public Task<Stored> StoreAsync(AnswerTaken answer)
    {
        var outcome = new TaskCompletionSource<Stored>(TaskCreationOptions.RunContinuationsAsynchronously);
        _gathering.Add((answer, outcome));
        if (_writing.IsCompleted) _writing = WriteAsync();
        return outcome.Task;
    }

    /// <summary>Waits until every answer handed in so far has its outcome.</summary>
    public Task FlushAsync() => _writing;

    private async Task WriteAsync()
    {
        while (_gathering.Count > 0)
        {
            var batch = _gathering;
            _gathering = [];
            var outcomes = await TryAsync([.. batch.Select(entry => entry.Answer)]);
            for (var i = 0; i < batch.Count; i++) batch[i].Outcome.SetResult(outcomes[i]);
        }
    }

    private async Task<IReadOnlyList<Stored>> TryAsync(IReadOnlyList<AnswerTaken> answers)
    {
        try
        {
            if (await write(answers) is not { } stood) return [.. answers.Select(_ => new Stored.NotOwner())];
            var earlier = stood.ToDictionary(answer => answer.Seat);
            return [.. answers.Select(answer => new Stored.Yes(earlier.GetValueOrDefault(answer.Seat, answer)))];
        }
#pragma warning disable CA1031 // Whatever went wrong, a phone waits for each of these: none may be left without an outcome.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            log.LogError(fault, "{Count} answers were not stored; their players are asked to try again", answers.Count);
            return [.. answers.Select(_ => new Stored.Uncertain())];
        }
    }
}
