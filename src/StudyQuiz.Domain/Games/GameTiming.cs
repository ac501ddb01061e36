using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.Domain.Games;

/// <summary>How long a round lasts. Game time is elapsed time since the game was opened; no wall clock takes part.</summary>
public static class GameTiming
{
    /// <summary>A round closes this long after the last seat has answered.</summary>
    public static readonly TimeSpan AfterAllAnswered = TimeSpan.FromSeconds(3);

    /// <summary>An answer that arrives this late is still taken, and by its credit later still: it left the phone while the clock showed time.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(150);

    /// <summary>The most that the way through the network is ever reckoned at.</summary>
    public static readonly TimeSpan MostCredit = TimeSpan.FromMilliseconds(250);

    /// <summary>What a seat has to spend on credits at first and at most, and what it gets back with every round: who holds answers back gains little and not for long.</summary>
    public static readonly (TimeSpan Most, TimeSpan Regained) CreditQuota = (TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(100));

    /// <summary>How long the board stands where the game goes on by itself.</summary>
    public static readonly TimeSpan Board = TimeSpan.FromSeconds(7);

    /// <summary>The extra time that a host may give a seat, in percent of the round's.</summary>
    public static readonly IReadOnlyList<int> ExtraPercents = [0, 25, 50, 100];

    /// <summary>Stem length at 8 characters a second, at least 3 and at most 12 s.</summary>
    public static TimeSpan Reading(Question question) => Read(question.Stem.Length, 3, 12);

    /// <summary>A poll's title as a stem; a slide's whole text, at least 5 and at most 60 s.</summary>
    public static TimeSpan Reading(QuizExtra extra) => extra is Slide slide ? Read(slide.Title.Length + slide.Text.Length, 5, 60) : Read(extra.Title.Length, 3, 12);

    /// <summary>判断 15, 单选 20, 多选 30, 填空 40, 排序 and 匹配 45 s, plus 1 s for every 8 option characters over 60.</summary>
    public static TimeSpan Open(Question question) => question switch
    {
        TrueFalse => Open(15, []),
        SingleChoice single => Open(20, single.Options.Select(o => o.Text)),
        MultipleChoice multiple => Open(30, multiple.Options.Select(o => o.Text)),
        Cloze => Open(40, []),
        Ordering ordering => Open(45, ordering.Items),
        Matching matching => Open(45, matching.Pairs.Select(p => p.Left + p.Right)),
        _ => throw new ArgumentException("A question of this type is not played live.", nameof(question)),
    };

    /// <summary>A poll is open as long as a 单选; a slide takes no answers.</summary>
    public static TimeSpan Open(QuizExtra extra) => extra is Poll poll ? Open(20, poll.Options) : TimeSpan.Zero;

    /// <summary>How long a reveal stands where the game goes on by itself: 5 s and what explanation and quotes take to read, at most 20 s.</summary>
    public static TimeSpan Reveal(GameRound round) => Read(40 + (round.Question is { } asked ? asked.Explanation.Length + asked.Evidence.Sum(e => e.Quote.Length) : 0), 8, 20);

    /// <summary>How long a way through the network counts for: as measured, at most <see cref="MostCredit"/> and what is left of the quota.</summary>
    public static TimeSpan Credit(TimeSpan roundTrip, TimeSpan quota)
    {
        var most = quota < MostCredit ? quota : MostCredit;
        return roundTrip <= TimeSpan.Zero ? TimeSpan.Zero : roundTrip < most ? roundTrip : most;
    }

    private static TimeSpan Open(int seconds, IEnumerable<string> options) => TimeSpan.FromSeconds(seconds + (Math.Max(0, options.Sum(o => o.Length) - 60) / 8));

    private static TimeSpan Read(int characters, int least, int most) => TimeSpan.FromSeconds(Math.Clamp(characters / 8.0, least, most));
}
