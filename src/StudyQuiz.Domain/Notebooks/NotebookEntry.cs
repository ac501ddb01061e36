using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.Domain.Notebooks;

/// <summary>Where a question that was answered wrong stands.</summary>
public enum NotebookState
{
    /// <summary>In the notebook.</summary>
    In,

    /// <summary>It has been answered right on enough days.</summary>
    Learned,

    /// <summary>Its learner took it out by hand.</summary>
    Removed,
}

/// <summary>The last thing that a learner did to a question of the notebook by hand.</summary>
/// <param name="IsRemoval">Whether they took it out; else they put it back.</param>
/// <param name="At">By the server's clock.</param>
/// <param name="Day">The learner's study day then.</param>
public sealed record NotebookMark(bool IsRemoval, DateTimeOffset At, DateOnly Day);

/// <summary>A question in, or once in, the notebook of wrong answers: what its learner's answers come to.</summary>
/// <param name="Miss">The last wrong answer.</param>
/// <param name="Misses">How often it was answered wrong.</param>
/// <param name="RightDays">The study days since on which it was answered right.</param>
/// <param name="Needed">On how many such days it must be, to leave.</param>
/// <param name="LeftOn">The day on which it left; null while it is in.</param>
public sealed record NotebookEntry(LoggedReview Miss, int Misses, IReadOnlyList<DateOnly> RightDays, int Needed, NotebookState State, DateOnly? LeftOn)
{
    /// <summary>On how many days a question must be right to leave, unless its learner chose otherwise.</summary>
    public const int UsualDays = 2;

    /// <summary>The most that a learner may choose.</summary>
    public const int MostDays = 5;

    /// <summary>How many right days it still takes; 0 for what has been learned.</summary>
    public int Left => Math.Max(0, Needed - RightDays.Count);

    /// <summary>
    /// What the answers to one question come to, in whatever order they arrived and however often. A wrong answer in a self-test or a game puts
    /// the question in. A card rated Again does where the question had been known on an earlier day or missed before: what was never learned
    /// can't be forgotten, and new cards would fill the notebook. It leaves with right answers on enough days after that of the last
    /// wrong one: on that day the answer has just been read. Taken out by hand it stays out until the next wrong answer; put back by
    /// hand, one that had left begins its days again.
    /// </summary>
    /// <param name="log">All rows of one learner's question and fork.</param>
    /// <param name="needed">On how many days it must be right, 1 to <see cref="MostDays"/>.</param>
    /// <param name="mark">The last thing done to it by hand; null for nothing.</param>
    /// <returns>Null for a question that was never answered wrong.</returns>
    public static NotebookEntry? Of(IEnumerable<LoggedReview> log, int needed, NotebookMark? mark = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(needed, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(needed, MostDays);
        var entry = new Fold(needed, mark);
        foreach (var answer in ReviewLog.Effective(log)) entry.Take(answer);
        return entry.End();
    }

    private sealed class Fold(int needed, NotebookMark? mark)
    {
        private readonly SortedSet<DateOnly> _rightDays = [];
        private NotebookMark? _waiting = mark;
        private LoggedReview? _miss;
        private int _misses;
        private DateOnly? _removedOn;
        private DateOnly? _knownOn;
        private DateOnly _since;

        public void Take(LoggedReview answer)
        {
            if (_waiting is { } waiting && waiting.At < answer.At) Apply(waiting);
            if (answer.Rating == Rating.Again) TakeWrong(answer);
            else TakeRight(answer.Day);
        }

        public NotebookEntry? End()
        {
            if (_waiting is { } waiting) Apply(waiting);
            if (_miss is null) return null;
            var state = _removedOn is not null ? NotebookState.Removed : _rightDays.Count >= needed ? NotebookState.Learned : NotebookState.In;
            DateOnly? leftOn = state switch { NotebookState.Removed => _removedOn, NotebookState.Learned => _rightDays.ElementAt(needed - 1), _ => null };
            return new NotebookEntry(_miss, _misses, [.. _rightDays], needed, state, leftOn);
        }

        private void TakeWrong(LoggedReview answer)
        {
            var isAsked = answer.Kind == ReviewKind.Assessed;
            if (!isAsked && _miss is null && !(_knownOn < answer.Day)) return;
            // On its steps of minutes a forgotten card comes again and again: that is one miss
            if (isAsked || _miss is null || _since != answer.Day) _misses++;
            (_miss, _since, _removedOn) = (answer, answer.Day, null);
            _rightDays.Clear();
        }

        private void TakeRight(DateOnly day)
        {
            if (_knownOn is null || day < _knownOn) _knownOn = day;
            if (_miss is not null && day > _since) _rightDays.Add(day);
        }

        private void Apply(NotebookMark waiting)
        {
            _waiting = null;
            if (_miss is null) return;
            _removedOn = waiting.IsRemoval ? waiting.Day : null;
            if (waiting.IsRemoval || _rightDays.Count < needed) return;
            _rightDays.Clear();
            if (waiting.Day > _since) _since = waiting.Day;
        }
    }
}
