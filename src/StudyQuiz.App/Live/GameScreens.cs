using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Live;

/// <summary>What each screen shows of a game's state. Nothing here reveals a key before the close, except on the remote.</summary>
internal static class GameScreens
{
    private const int NamesShown = 120;
    private const int RowsProjected = 5;
    private const int PodiumPlaces = 3;
    private const int RowsForTheHost = 100;

    public static PlayerView Public(StoredGame game, GameState state, TimeSpan now, long version) => new(
        version, game.Title, state.Phase, state.Round, state.Setup.Rounds.Count, state.Seats.Count,
        ClockOf(state, now), QuestionOf(state),
        state.Phase is GamePhase.Closed or GamePhase.Board ? Reveal(game, state) : null);

    /// <param name="isConfirmed">Whether the seat's answer is committed; one that is only reserved is not shown.</param>
    public static PersonalView Personal(GameState state, int seat, Standing? standing, bool isConfirmed)
    {
        var round = state.Current;
        var answer = isConfirmed ? state.Answers.GetValueOrDefault(seat) : null;
        return new PersonalView(
            new SeatView(seat, state.Seats[seat].Nickname, standing?.Points ?? 0),
            answer is null || round is null ? null : Mine(state, round, answer),
            standing is null || state.Phase is GamePhase.Lobby or GamePhase.Reading or GamePhase.Open
                ? null
                : new ResultView(standing.Outcome, standing.Gain, standing.Rank, standing.PreviousRank, standing.Streak, standing.Rights));
    }

    public static MineView Mine(GameState state, GameRound round, RoundAnswer answer) =>
        new(round.Presentation.ToShown(answer.Answer), Milliseconds(answer.At - state.OpenedAt));

    /// <summary>A host's screen. The address to join at is the app host's to fill in: it knows what the browser asked for.</summary>
    /// <param name="confirmed">How many of the running round's answers are committed.</param>
    public static HostView Host(StoredGame game, GameState state, int confirmed, TimeSpan now, long version, HostScreen screen)
    {
        var names = state.Seats.Count;
        return new HostView(
            version, game.Title, game.Pin, "", state.Phase, state.Round, state.Setup.Rounds.Count, names,
            [.. Enumerable.Range(Math.Max(1, names - NamesShown + 1), Math.Min(names, NamesShown)).Select(seat => state.Seats[seat].Nickname)],
            confirmed, ClockOf(state, now), QuestionOf(state),
            screen == HostScreen.Remote && (state.Phase is GamePhase.Reading or GamePhase.Open) ? KeyOf(state.Current!) : null,
            state.Phase == GamePhase.Closed ? Distribution(game, state) : null,
            state.Phase is GamePhase.Board ? Rows(state, RowsProjected) : null,
            state.Phase == GamePhase.Board ? Climber(state) : null,
            state.IsOver ? Podium(state, screen == HostScreen.Remote ? RowsForTheHost : PodiumPlaces) : null);
    }

    private static ClockView? ClockOf(GameState state, TimeSpan now) => state.PhaseEnds is { } ends
        ? new ClockView(Math.Max(0, Milliseconds(ends - now)), Milliseconds(TotalOf(state)))
        : null;

    private static TimeSpan TotalOf(GameState state) =>
        state.Phase == GamePhase.Reading ? state.Current!.Reading : state.Current!.Open;

    private static QuestionView? QuestionOf(GameState state)
    {
        if (state.Current is not { } round || state.IsOver) return null;
        var options = state.Phase == GamePhase.Reading ? null : OptionsOf(round.Question);
        return new QuestionView(
            QuestionTypes.Of(round.Question), round.Question.Stem,
            options is null ? null : [.. round.Presentation.Order.Select(i => options[i].Text)]);
    }

    private static IReadOnlyList<Option>? OptionsOf(Question question) => question switch
    {
        SingleChoice single => single.Options,
        MultipleChoice multiple => multiple.Options,
        _ => null,
    };

    private static GivenAnswer KeyOf(GameRound round) => round.Presentation.ToShown(Grading.Key(round.Question)!);

    private static RevealView Reveal(StoredGame game, GameState state)
    {
        var round = state.Current!;
        return new RevealView(KeyOf(round), round.Question.Explanation, game.Evidence[round.Number - 1]);
    }

    private static DistributionView Distribution(StoredGame game, GameState state)
    {
        var round = state.Current!;
        var reveal = Reveal(game, state);
        var options = OptionsOf(round.Question);
        var given = state.Answers.Values.Select(a => a.Answer).ToList();
        IReadOnlyList<int> counts = options is null
            ? [given.Count(a => a is Judged { Value: true }), given.Count(a => a is Judged { Value: false })]
            : [.. round.Presentation.Order.Select(option => given.Count(a => a is Chosen chosen && chosen.Options.Contains(option)))];
        IReadOnlyList<string?> whys = options is null
            ? [null, null]
            : [.. round.Presentation.Order.Select(option => options[option].Why)];
        return new DistributionView(reveal.Key, reveal.Explanation, reveal.Evidence, counts, whys, state.RightsByRound[^1]);
    }

    private static IReadOnlyList<BoardRow> Rows(GameState state, int most) => [.. state.Standings.Take(most).Select(s => new BoardRow(
        s.Rank, s.PreviousRank, state.Seats[s.Seat].Nickname, s.Gain, s.Points, s.Streak, s.Rights))];

    private static ClimberView? Climber(GameState state)
    {
        var best = state.Standings.MaxBy(s => (s.PreviousRank ?? s.Rank) - s.Rank);
        return best is { PreviousRank: { } before } && before > best.Rank
            ? new ClimberView(state.Seats[best.Seat].Nickname, before - best.Rank)
            : null;
    }

    private static PodiumView Podium(GameState state, int places)
    {
        var closed = state.RightsByRound.Length;
        var possible = closed * state.Seats.Count;
        var hardest = closed == 0 ? null : new HardestView(
            state.RightsByRound.IndexOf(state.RightsByRound.Min()) + 1, state.RightsByRound.Min());
        return new PodiumView(Rows(state, places), possible == 0 ? 0 : (double)state.RightsByRound.Sum() / possible, hardest);
    }

    private static int Milliseconds(TimeSpan time) => (int)Math.Round(time.TotalMilliseconds);
}
