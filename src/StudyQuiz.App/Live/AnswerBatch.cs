using Npgsql;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Live;

/// <summary>What became of an answer that was handed in to be stored.</summary>
public enum Stored
{
    /// <summary>Committed.</summary>
    Yes,

    /// <summary>Not committed; the database did not take it. Handing it in again is harmless.</summary>
    No,

    /// <summary>Not committed: this grain no longer owns the game.</summary>
    NotOwner,
}

/// <summary>
/// Stores answers in batches: while one batch commits, the next gathers. A room that answers within two seconds costs a few
/// dozen commits instead of thousands. Runs on its grain's scheduler only, so it needs no locks.
/// </summary>
internal sealed class AnswerBatch(Func<IReadOnlyList<AnswerTaken>, Task<bool>> write, ILogger log)
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
            var stored = await TryAsync([.. batch.Select(entry => entry.Answer)]);
            foreach (var (_, outcome) in batch) outcome.SetResult(stored);
        }
    }

    private async Task<Stored> TryAsync(IReadOnlyList<AnswerTaken> answers)
    {
        try
        {
            return await write(answers) ? Stored.Yes : Stored.NotOwner;
        }
        catch (NpgsqlException fault)
        {
            log.LogError(fault, "{Count} answers were not stored; their players are asked to try again", answers.Count);
            return Stored.No;
        }
    }
}
