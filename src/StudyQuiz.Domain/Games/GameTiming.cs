using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Games;

/// <summary>How long a round lasts. Game time is elapsed time since the game was opened; no wall clock takes part.</summary>
public static class GameTiming
{
    /// <summary>A round closes this long after the last seat has answered.</summary>
    public static readonly TimeSpan AfterAllAnswered = TimeSpan.FromSeconds(3);

    /// <summary>An answer that arrives this late is still taken: it left the phone while the clock showed time.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(150);

    /// <summary>Stem length at 8 characters a second, at least 3 and at most 12 s.</summary>
    public static TimeSpan Reading(Question question) =>
        TimeSpan.FromSeconds(Math.Clamp(question.Stem.Length / 8.0, 3, 12));

    /// <summary>判断 15, 单选 20, 多选 30, 填空 40, 排序 and 匹配 45 s, plus 1 s for every 8 option characters over 60.</summary>
    public static TimeSpan Open(Question question)
    {
        var (seconds, characters) = question switch
        {
            TrueFalse => (15, 0),
            SingleChoice single => (20, single.Options.Sum(o => o.Text.Length)),
            MultipleChoice multiple => (30, multiple.Options.Sum(o => o.Text.Length)),
            Cloze => (40, 0),
            Ordering ordering => (45, ordering.Items.Sum(i => i.Length)),
            Matching matching => (45, matching.Pairs.Sum(p => p.Left.Length + p.Right.Length)),
            _ => throw new ArgumentException("A question of this type is not played live.", nameof(question)),
        };
        return TimeSpan.FromSeconds(seconds + Math.Max(0, characters - 60) / 8);
    }
}
