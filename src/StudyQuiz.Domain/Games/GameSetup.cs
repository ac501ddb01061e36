using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.Domain.Games;

/// <summary>What a game plays and by which rules; fixed when the host opens it.</summary>
/// <param name="Rounds">At least one; their numbers count from 1.</param>
public sealed record GameSetup(IReadOnlyList<GameRound> Rounds, GameOptions Options)
{
    /// <summary>Who may sit, where the host brought a list; empty otherwise.</summary>
    public IReadOnlyList<RosterEntry> Roster { get; init; } = [];

    public GameRound Round(int number) => Rounds[number - 1];

    /// <summary>The setup with one round's question replaced.</summary>
    public GameSetup With(int number, Question question) =>
        this with { Rounds = [.. Rounds.Select(round => round.Number == number ? round with { Question = question } : round)] };
}

/// <summary>One question, poll or slide of a game with the order in which every screen shows it and its times.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="Question">What is asked for points; null for a poll or slide.</param>
/// <param name="Reading">How long the stem stands alone before the answers open; how long a slide stands where the game goes on by itself.</param>
/// <param name="Open">How long answers are taken.</param>
public sealed record GameRound(int Number, Question? Question, Presentation Presentation, TimeSpan Reading, TimeSpan Open)
{
    /// <summary>A poll or slide; null where a question is asked.</summary>
    public QuizExtra? Extra { get; init; }

    /// <summary>What a fully right answer is worth before time and streaks are looked at.</summary>
    public int Points { get; init; } = GameScoring.UsualPoints;

    /// <summary>Whether it has a key and changes the standing.</summary>
    public bool IsScored => Question is not null;

    /// <summary>Whether nothing is answered: it is shown until the host goes on.</summary>
    public bool IsSlide => Extra is Slide;

    /// <summary>A poll or slide with its usual times.</summary>
    public static GameRound Of(int number, QuizExtra extra) =>
        new(number, null, new Presentation([.. Enumerable.Range(0, (extra as Poll)?.Options.Count ?? 0)]), GameTiming.Reading(extra), GameTiming.Open(extra)) { Extra = extra };

    /// <summary>Whether this answer can be given here at all.</summary>
    public bool Takes(GivenAnswer answer) => Question is { } question
        ? answer.Fits(question)
        : Extra is Poll poll && answer is Chosen { Options: [var option] } && option >= 0 && option < poll.Options.Count;
}

/// <summary>A player's place in a game. It outlives connections, devices and servers.</summary>
/// <param name="Number">Counts from 1 in the order of joining; that of a seat taken away is not given again.</param>
/// <param name="Unit">班级, 部门 or 单位, in games that ask for it.</param>
/// <param name="Code">The number by which a roster knows the player.</param>
/// <param name="IsHidden">Whether its name waits for the host.</param>
public sealed record Seat(int Number, string Nickname, string? Unit = null, string? Code = null, bool IsHidden = false)
{
    /// <summary>Its team, from 1; 0 where everybody plays alone.</summary>
    public int Team { get; init; }
}

/// <summary>An answer taken in the running round.</summary>
/// <param name="Answer">In the author's positions.</param>
/// <param name="At">Game time at which the server took it.</param>
/// <param name="Credit">What its way through the network is reckoned at; it does not count as answering time.</param>
public sealed record RoundAnswer(GivenAnswer Answer, TimeSpan At, TimeSpan Credit = default);
