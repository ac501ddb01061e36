using System.Security.Cryptography;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Live;

/// <summary>How long the way to one player's screen and back takes, by the server's own elapsed time.</summary>
internal sealed class RoundTrips(Clock clock)
{
    private int _sent;
    private long _sentAt;
    private TimeSpan? _least;

    /// <summary>The shortest of those measured; zero before the first. Who wants more credit than is due has to be slow every time.</summary>
    public TimeSpan Least => _least ?? TimeSpan.Zero;

    /// <summary>Takes the echo of the last number, if it is that, and gives the next number.</summary>
    public int Next(int echo)
    {
        if (_sent != 0 && echo == _sent)
        {
            var took = clock.Since(_sentAt);
            if (_least is not { } least || took < least) _least = took;
        }

        _sent = RandomNumberGenerator.GetInt32(1, int.MaxValue);
        _sentAt = clock.Timestamp;
        return _sent;
    }
}
