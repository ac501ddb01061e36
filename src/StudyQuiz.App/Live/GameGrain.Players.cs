using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Live;

// What players ask: a seat, their screen, a receipt.
internal sealed partial class GameGrain
{
    public async Task<Seated> TakeSeat(Newcomer newcomer)
    {
        var seated = await SeatAsync(newcomer);
        metrics.Joined(seated);
        return seated;
    }

    private async Task<Seated> SeatAsync(Newcomer newcomer)
    {
        if (_game is null) return new Seated(Refusal: Refusals.UnknownGame);
        var token = Convert.ToHexString(newcomer.TokenHash);
        if (_seatByToken.TryGetValue(token, out var had)) return SeatedAt(had);
        if (newcomer.Learner is { } known && _banned.Any(seat => _learners.GetValueOrDefault(seat) == known)) return new Seated(Refusal: Refusals.Banned);
        if (_isLeaving) return new Seated(Refusal: Refusals.TryAgain);
        if (_state.Setup.Options.Identity is PlayerIdentity.Nickname or PlayerIdentity.NameAndUnit && words.AreIn(newcomer.Nickname)) return Unseated(newcomer, Refusals.NicknameBlocked);
        if (_state.Setup.Options.Identity is PlayerIdentity.NameAndUnit && newcomer.Unit is { } unit && words.AreIn(unit)) return Unseated(newcomer, Refusals.UnitBlocked);

        switch (GameRules.Decide(_state, new TakeSeat(newcomer.Nickname, newcomer.Unit, newcomer.Code) { Team = newcomer.Team }, Now))
        {
            case Decision.Refused refused:
                return Unseated(newcomer, Refusals.Name(refused.Why));
            case Decision.Accepted { Events: [SeatTaken taken] }:
                if (!await TryWriteAsync(() => journal.SeatAsync(_game.Id, _game.Epoch, _journaled, taken, newcomer.TokenHash, newcomer.Learner)))
                {
                    return new Seated(Refusal: Refusals.TryAgain);
                }

                var before = _state;
                _state = GameRules.Evolve(_state, taken);
                _seatByToken[token] = taken.Seat.Number;
                if (newcomer.Learner is { } learner) _learners[taken.Seat.Number] = learner;
                if (_state.Setup.Options.Identity != PlayerIdentity.Nickname && _state.RenamedBy(taken.Seat, before) is { Count: > 0 } renamed) Tell(publicly: true, renamed);
                else TellThatTimeMoved();
                TellHostsSoon();
                return new Seated(taken.Seat.Number, taken.Seat.Nickname);
            default:
                throw new InvalidOperationException("Taking a seat is one event or a refusal.");
        }
    }

    public Task<IReadOnlyList<string>> SuggestNames(bool isEnglish, long seed) => Task.FromResult(FriendlyNames.Suggest(isEnglish, IsFree, seed, 3));

    public Task<Invitation?> Invite() => Task.FromResult(
        _game is null || _state.IsOver || _state.IsLocked ? null : new Invitation(
            _game.Title, _state.Seats.Count, _state.Setup.Options.Identity, _state.Setup.Options.GeneratedNames, _state.Setup.Roster.Any(entry => entry.Code is not null))
        {
            Teams = _state.Setup.Options.Teams == TeamMode.Chosen ? Teams.NamesOf(_state.Setup.Options) : [],
        });

    public async Task<PlayerAttached> AttachPlayer(byte[] tokenHash, Guid attachment)
    {
        if (_game is null) return new PlayerAttached(Refusal: Refusals.UnknownGame);
        var token = Convert.ToHexString(tokenHash);
        // A further device's secret was stored beside the game, by the page of a link.
        if (!_seatByToken.TryGetValue(token, out var seat))
        {
            if (await loading.SeatOfAsync(_game.Id, tokenHash) is not { } further) return new PlayerAttached(Refusal: Refusals.NoSeat);
            _seatByToken[token] = seat = further;
        }

        if (!_state.Seats.ContainsKey(seat)) return new PlayerAttached(Refusal: WhyRemoved(seat));
        if (_presence.Came(seat)) TellHostsSoon();

        // A reload while an answer is on its way to the disk learns what became of it, not what is hoped for.
        if (_unconfirmed.TryGetValue(seat, out var first)) await first;
        Tell(new GameNotice(Attached: new Attachment(seat, attachment)));
        return new PlayerAttached(GameScreens.Public(_game, _state, Now, _version).With(PersonalOf(seat)));
    }

    public async Task<Receipt> Answer(int seat, int round, GivenAnswer shown, TimeSpan roundTrip = default)
    {
        if (_game is null) return new Receipt(false, Refusals.UnknownGame);
        // A close under way has counted its answers: nothing may slip in between the count and the event. It may yet fail.
        if (_closing || _isLeaving) return new Receipt(false, Refusals.TryAgain);
        if (_state.Current is { } current && round == current.Number && !current.Takes(shown))
        {
            return new Receipt(false, Refusals.Name(GameRefusal.UnfitAnswer));
        }

        var authored = _state.Current?.Presentation is { } presentation && round == _state.Round ? presentation.ToAuthored(shown) : shown;
        switch (GameRules.Decide(_state, new GiveAnswer(seat, round, authored, GameTime.Whole(roundTrip)), Now))
        {
            case Decision.Refused { Why: GameRefusal.AlreadyAnswered }:
                return _unconfirmed.TryGetValue(seat, out var first)
                    ? await first
                    : new Receipt(true, Mine: GameScreens.Mine(_state, _state.Current!, seat, _state.Answers[seat]));
            case Decision.Refused refused:
                return new Receipt(false, Refusals.Name(refused.Why));
            case Decision.Accepted { Events: [AnswerTaken taken] }:
                // Reserved before the first await, so that two requests of one seat cannot both be taken.
                _state = GameRules.Evolve(_state, taken);
                var receipt = ConfirmAsync(taken);
                // On a fast disk it may be confirmed by now, and nothing would take it out again.
                if (!receipt.IsCompleted) _unconfirmed[seat] = receipt;
                return await receipt;
            default:
                throw new InvalidOperationException("An answer is one event or a refusal.");
        }
    }

    private Seated SeatedAt(int seat) => _state.Seats.TryGetValue(seat, out var at) ? new Seated(seat, at.Nickname) : new Seated(Refusal: WhyRemoved(seat));

    private Seated Unseated(Newcomer newcomer, string refusal) =>
        new(Refusal: refusal, Suggestions: refusal == Refusals.Name(GameRefusal.NicknameTaken) ? Nickname.Near(newcomer.Nickname, IsFree, 2) : null);

    private bool IsFree(string name) => !_state.Skeletons.ContainsKey(Nickname.Skeleton(name));

    private string WhyRemoved(int seat) => _banned.Contains(seat) ? Refusals.Banned : Refusals.Removed;

    private async Task<Receipt> ConfirmAsync(AnswerTaken taken)
    {
        var stored = await _answers.StoreAsync(taken);
        _unconfirmed.Remove(taken.Seat);
        if (stored is Stored.Yes { Answer: var kept })
        {
            // What is stored is what counts, also where an earlier try had been committed without a reply.
            if (kept != taken) _state = GameRules.Evolve(_state, kept);
            TellThatTimeMoved();
            TellHostsSoon();
            return new Receipt(true, Mine: GameScreens.Mine(_state, _state.Setup.Round(kept.Round), kept.Seat, new RoundAnswer(kept.Answer, kept.At, kept.Credit)));
        }

        // The seat is free again: whoever was not told "received" may answer once more.
        _state = GameRules.Release(_state, taken);
        Leave(stored is Stored.NotOwner ? "has a new owner" : "may hold answers that were not confirmed");
        return new Receipt(false, Refusals.TryAgain);
    }
}
