using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Live;

/// <summary>A game's own time: it goes on from what is stored, counts only while an owner runs it, and stands still in a pause.</summary>
internal sealed class GameClock(Clock clock, TimeSpan elapsed, bool isStanding)
{
    private TimeSpan _elapsed = elapsed;
    private long _since = clock.Timestamp;
    private bool _isStanding = isStanding;

    public TimeSpan Now => GameTime.Whole(_isStanding ? _elapsed : _elapsed + clock.Since(_since));

    public void Stand()
    {
        if (_isStanding) return;
        _elapsed = Now;
        _isStanding = true;
    }

    public void GoOn()
    {
        if (!_isStanding) return;
        _since = clock.Timestamp;
        _isStanding = false;
    }
}
