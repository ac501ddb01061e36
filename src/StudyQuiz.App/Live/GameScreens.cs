using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Live;

/// <summary>What each screen shows of a game's state. Nothing here reveals a key before the close, except on the remote.</summary>
internal static class GameScreens
{
    private const int NamesShown = 120;
    private const int RowsProjected = 5;
    private const int PodiumPlaces = 3;
    private const int RowsForTheHost = 100;
    private const int LongestTitle = 24;

    public static PlayerView Public(StoredGame game, GameState state, TimeSpan now, long version) => new(
        version, game.Title, state.Phase, state.Round, state.Setup.Rounds.Count, state.Tallies.Count, state.Seats.Count, RulesOf(state.Setup),
        ClockOf(state, now), QuestionOf(state),
        state.Phase is GamePhase.Closed or GamePhase.Board ? Reveal(game, state) : null,
        Fix: FixOf(state))
    {
        Teams = TeamsOf(state),
    };

    /// <param name="isConfirmed">Whether the seat's answer is committed; one that is only reserved is not shown.</param>
    public static PersonalView Personal(GameState state, int seat, Standing? standing, bool isConfirmed)
    {
        var round = state.Current;
        var answer = isConfirmed ? state.Answers.GetValueOrDefault(seat) : null;
        return new PersonalView(
            new SeatView(seat, CalledOf(state, state.Seats[seat]), standing?.Points ?? 0, state.ExtraOf(seat), state.Seats[seat].IsHidden) { Team = Teams.NamesOf(state.Setup.Options).ElementAtOrDefault(state.Seats[seat].Team - 1) },
            answer is null || round is null ? null : Mine(state, round, seat, answer),
            standing is null || state.Phase is GamePhase.Lobby or GamePhase.Reading or GamePhase.Open || (state.Phase == GamePhase.Closed && round is { IsScored: false })
                ? null
                : new ResultView(standing.Outcome, standing.Gain, standing.Rank, standing.PreviousRank, standing.Streak, standing.Rights));
    }

    // As the room reads it where names need to be told apart, so that a player knows which of three is meant; names that wait are known to their player
    private static string CalledOf(GameState state, Seat seat) =>
        seat.IsHidden || state.Setup.Options.Identity == PlayerIdentity.Nickname ? seat.Nickname : state.NameOf(seat.Number);

    // No longer than there was: who answers when a question is opened again has taken all of it, and points are reckoned by that
    public static MineView Mine(GameState state, GameRound round, int seat, RoundAnswer answer) =>
        new(round.Presentation.ToShown(answer.Answer), Math.Clamp(Milliseconds(answer.At - state.OpenedAt - answer.Credit), 0, Milliseconds(round.Open * ((100 + state.ExtraOf(seat)) / 100.0))));

    /// <summary>The projector. The address to join at is the app host's to fill in: it knows what the browser asked for.</summary>
    public static HostView Projector(StoredGame game, GameState state, Room room, TimeSpan now, long version) => new(
        version, game.Title, game.Pin, "", state.Phase, state.Round, state.Setup.Rounds.Count, state.Seats.Count,
        state.Seats.Count <= NamesShown ? [.. state.Seats.Keys.Order().Select(seat => state.NameOf(seat))] : [],
        room.Confirmed, RulesOf(state.Setup), ClockOf(state, now), QuestionOf(state),
        Reveal: state.Phase == GamePhase.Closed ? Distribution(game, state) : null,
        Board: state.Phase is GamePhase.Board ? Rows(state, Projected(state)) : null,
        Climber: state.Phase == GamePhase.Board ? Climber(state) : null,
        Podium: state.IsOver ? Podium(state, PodiumPlaces) : null,
        Fix: FixOf(state),
        IsFull: state.IsLocked || state.Seats.Count >= state.Setup.Options.SeatCap)
    {
        Teams = TeamsOf(state),
    };

    /// <summary>The host's own screen: what the projector shows, and what the host alone needs and may know.</summary>
    public static HostView Remote(HostView projector, GameState state, Room room) => projector with
    {
        Question = QuestionOf(state, isForHost: true),
        Key = state.Phase is GamePhase.Reading or GamePhase.Open ? KeyOf(state.Current!) : null,
        Podium = state.IsOver ? Podium(state, RowsForTheHost) : null,
        Console = ConsoleOf(state, room),
        Teams = TeamsOf(state, isForHost: true),
    };

    private static ConsoleView ConsoleOf(GameState state, Room room) => new(
        room.Online.Count(state.Seats.ContainsKey), state.Seats.Values.Count(seat => seat.IsHidden), state.IsLocked, state.Setup.Options.ReviewNames,
        [.. state.Setup.Rounds.Select(round => new RoundRow(TitleOf(round), ShareOf(state, round.Number), state.Fixes.GetValueOrDefault(round.Number)))],
        SeatRows.First(state, room),
        state.Phase == GamePhase.Closed && state.Current!.IsScored && !state.IsVoid(state.Round),
        Math.Max(0, state.Seats.Count - room.Confirmed), room.Projectors, Teams.NamesOf(state.Setup.Options));

    private static string TitleOf(GameRound round)
    {
        var title = round.Question is { } question ? MarkedText.Plain(question.Stem) : round.Extra!.Title;
        return title.Length <= LongestTitle ? title : title[..LongestTitle] + "…";
    }

    private static double? ShareOf(GameState state, int round) =>
        state.Tallies.GetValueOrDefault(round) is { Seats: > 0 } tally ? (double)tally.Rights / tally.Seats : null;

    private static RoundFix FixOf(GameState state) => state.Fixes.GetValueOrDefault(state.Round);

    private static ClockView? ClockOf(GameState state, TimeSpan now) => state.PhaseEnds is { } ends
        ? new ClockView(Milliseconds(ends - now), Milliseconds((state.Phase == GamePhase.Open ? state.OpenUntil : ends) - state.PhaseStarted), state.IsPaused)
        : null;

    private static RulesView RulesOf(GameSetup setup)
    {
        var options = setup.Options;
        var points = setup.Rounds.Where(round => round.IsScored).Select(round => round.Points).Distinct().ToList();
        return new RulesView(options.Scoring, points is [var same] ? same : null, options.StreakBonus, options.Penalty, options.PartialCredit, options.AutoAdvance, options.Sound);
    }

    /// <param name="isForHost">Whether it is shown in a pause, too: a room that reads on would gain what the clock does not count.</param>
    private static QuestionView? QuestionOf(GameState state, bool isForHost = false)
    {
        if (state.Current is not { } round || state.IsOver || (state.IsPaused && !isForHost)) return null;
        if (round.Extra is Slide slide) return new QuestionView("slide", slide.Title, null, Text: slide.Text);
        var options = state.Phase == GamePhase.Reading ? null : OptionsOf(round);
        return round.Question is { } question
            ? new QuestionView(QuestionTypes.Of(question), question.Stem, options, round.Points, Picture: question.Picture)
            : new QuestionView("poll", round.Extra!.Title, options);
    }

    // As shown.
    private static IReadOnlyList<string>? OptionsOf(GameRound round)
    {
        var authored = round.Extra is Poll poll ? poll.Options : round.Question is Ordering ordering ? ordering.Items : ChoicesOf(round.Question)?.Select(option => option.Text).ToList();
        return authored is null ? null : [.. round.Presentation.Order.Select(i => authored[i])];
    }

    private static IReadOnlyList<Option>? ChoicesOf(Question? question) => question switch
    {
        SingleChoice single => single.Options,
        MultipleChoice multiple => multiple.Options,
        _ => null,
    };

    private static GivenAnswer? KeyOf(GameRound round) => round.Question is { } question ? round.Presentation.ToShown(Grading.Key(question)!) : null;

    private static RevealView Reveal(StoredGame game, GameState state)
    {
        var round = state.Current!;
        var counts = round.Extra is Poll ? CountsOf(round, Given(state)) : null;
        // The author's explanation argues for the author's key.
        var explanation = FixOf(state).HasFlag(RoundFix.Corrected) ? "" : round.Question?.Explanation ?? "";
        return new RevealView(KeyOf(round), explanation, game.Evidence[round.Number - 1], counts);
    }

    private static DistributionView Distribution(StoredGame game, GameState state)
    {
        var round = state.Current!;
        var reveal = Reveal(game, state);
        var given = Given(state);
        var choices = ChoicesOf(round.Question);
        return new DistributionView(
            reveal.Key, reveal.Explanation, reveal.Evidence, CountsOf(round, given),
            choices is null ? [] : [.. round.Presentation.Order.Select(option => FixOf(state).HasFlag(RoundFix.Corrected) ? null : choices[option].Why)],
            state.Tallies.GetValueOrDefault(round.Number)?.Rights ?? 0, given.Count,
            round.Question is Cloze cloze ? Distributions.Typed(cloze, given) : null);
    }

    private static List<GivenAnswer> Given(GameState state) => [.. state.Answers.Values.Select(answer => answer.Answer)];

    private static IReadOnlyList<int> CountsOf(GameRound round, IReadOnlyCollection<GivenAnswer> given)
    {
        switch (round.Question)
        {
            case TrueFalse: return Distributions.Judged(given);
            case Ordering ordering: return Distributions.InPlace(ordering, given);
            case Cloze: return [];
            default:
                var counts = Distributions.Chosen(round.Presentation.Order.Count, given);
                return [.. round.Presentation.Order.Select(option => counts[option])];
        }
    }

    private static IReadOnlyList<BoardRow> Rows(GameState state, int most) => [.. state.Standings.Take(most).Select(s => new BoardRow(
        s.Rank, s.PreviousRank, state.NameOf(s.Seat), s.Gain, s.Points, s.Streak, s.Rights))];

    // The better half, so that in a small room nobody stands there as the last; the podium has three places in any room
    private static int Projected(GameState state) => Math.Min(RowsProjected, Math.Max(PodiumPlaces, (state.Seats.Count + 1) / 2));

    private static ClimberView? Climber(GameState state)
    {
        var best = state.Standings.MaxBy(s => (s.PreviousRank ?? s.Rank) - s.Rank);
        return best is { PreviousRank: { } before } && before > best.Rank
            ? new ClimberView(state.NameOf(best.Seat), before - best.Rank)
            : null;
    }

    private static PodiumView Podium(GameState state, int places)
    {
        var possible = state.Tallies.Values.Sum(tally => tally.Seats);
        var hardest = state.Tallies.Where(round => round.Value.Seats > 0).OrderBy(round => (double)round.Value.Rights / round.Value.Seats)
            .Select(round => new HardestView(round.Key, round.Value.Rights)).FirstOrDefault();
        return new PodiumView(Rows(state, places), possible == 0 ? 0 : (double)state.Tallies.Values.Sum(tally => tally.Rights) / possible, hardest);
    }

    private static IReadOnlyList<TeamRow>? TeamsOf(GameState state, bool isForHost = false) => state.Setup.Options.Teams == TeamMode.None || !(isForHost || state.Phase == GamePhase.Board || state.IsOver)
        ? null
        : [.. Teams.Standings(state).Select(team => new TeamRow(team.Rank, team.PreviousRank, team.Name, team.Size, team.Points, team.Gain))];

    private static int Milliseconds(TimeSpan time) => (int)Math.Round(time.TotalMilliseconds);
}
