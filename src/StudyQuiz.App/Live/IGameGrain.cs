using Orleans.Concurrency;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Live;

/// <summary>One live game. Wherever it runs, it is the only place that decides; what it has promised is in PostgreSQL.</summary>
public interface IGameGrain : IGrainWithGuidKey
{
    /// <summary>Takes a seat. A token that already has one gets that one again, so that a repeated request does no harm.</summary>
    Task<Seated> TakeSeat(Newcomer newcomer);

    /// <summary>A player's screen comes (back) and gets what it should show. Any other screen of the same seat is evicted.</summary>
    /// <param name="attachment">Names this screen; new for every connection.</param>
    Task<PlayerAttached> AttachPlayer(byte[] tokenHash, Guid attachment);

    /// <summary>Answers, in shown positions. The receipt comes after the commit. Interleaves: a room answers at once.</summary>
    /// <param name="roundTrip">How long the way to this player and back took when it was last measured; zero where it is not known.</param>
    [AlwaysInterleave]
    Task<Receipt> Answer(int seat, int round, GivenAnswer shown, TimeSpan roundTrip = default);

    /// <summary>A screen of the host comes (back).</summary>
    Task<HostAttached> AttachHost(Guid account, HostScreen screen);

    /// <summary>Carries out what the host asks. Positions of a corrected key are as shown.</summary>
    Task<Done> Lead(Guid account, HostCommand command);

    /// <summary>Leaves out rounds that ask what editors withdrew. False where they had been played or left out before.</summary>
    Task<bool> Withdraw(int[] rounds);

    /// <summary>What correcting the closed round's key would change; null where it cannot be corrected by this.</summary>
    /// <param name="key">In shown positions.</param>
    Task<ImpactView?> Preview(Guid account, GivenAnswer key);

    /// <summary>What the projector shows, for a spectator's screen.</summary>
    Task<HostAttached> Watch();

    /// <summary>Seats whose name holds a text, for the host alone.</summary>
    Task<IReadOnlyList<SeatRow>> FindSeats(Guid account, string text);

    /// <summary>What a player who holds the PIN may know before joining; null where the game is unknown, over or locked.</summary>
    Task<Invitation?> Invite();

    /// <summary>Names that nobody in the game has.</summary>
    Task<IReadOnlyList<string>> SuggestNames(bool isEnglish, long seed);

    /// <summary>An app host wants to hear of this game. Repeated every second: a subscription that is not renewed lapses.</summary>
    /// <param name="present">The seats whose screens are connected there.</param>
    /// <param name="projectors">How many of the host's projector pages are.</param>
    Task Subscribe(IGameObserver observer, int[] present, int projectors);

    /// <summary>An app host has no screen of this game any more.</summary>
    Task Unsubscribe(IGameObserver observer);

    /// <summary>The game's own alarm.</summary>
    [OneWay]
    Task Ring();
}

/// <summary>An app host's ear: one for each game that its players or hosts are in.</summary>
public interface IGameObserver : IGrainObserver
{
    [OneWay]
    Task Hear(Immutable<GameNotice> notice);
}

/// <summary>What a game tells each app host about a change. Parts that did not change are null. Views carry their version: an older one that arrives late is dropped.</summary>
/// <param name="Public">What every player sees, without the personal part.</param>
/// <param name="Personal">By seat, what only that player sees; only seats for which it changed.</param>
/// <param name="Projector">What the projector shows; comes with <paramref name="Remote"/>.</param>
/// <param name="Attached">A seat whose newest screen is the named one: all others are evicted.</param>
/// <param name="Removed">Seats that were taken away, and the refusal that says so.</param>
public sealed record GameNotice(
    PlayerView? Public = null,
    IReadOnlyDictionary<int, PersonalView>? Personal = null,
    HostView? Projector = null,
    HostView? Remote = null,
    Attachment? Attached = null,
    IReadOnlyDictionary<int, string>? Removed = null);

/// <summary>A seat and the screen that holds it.</summary>
public sealed record Attachment(int Seat, Guid Screen);

/// <summary>Who wants a seat.</summary>
/// <param name="TokenHash">Hash of the secret in the player's cookie, see <see cref="Platform.SecretToken"/>.</param>
/// <param name="Unit">Where the game asks for it.</param>
/// <param name="Code">The number on the host's list.</param>
/// <param name="Team">From 1, where players choose.</param>
public sealed record Newcomer(string Nickname, byte[] TokenHash, Guid? Learner = null, string? Unit = null, string? Code = null, int? Team = null);

/// <summary>The result of taking a seat.</summary>
/// <param name="Suggestions">Names close to a refused one that are free.</param>
public sealed record Seated(int? Seat = null, string? Nickname = null, string? Refusal = null, IReadOnlyList<string>? Suggestions = null);

/// <summary>What a player who holds the PIN may know before joining.</summary>
public sealed record Invitation(string Title, int Seats, PlayerIdentity Identity, bool GeneratedNames, bool HasCodes)
{
    /// <summary>The teams to choose from; empty where players do not choose.</summary>
    public IReadOnlyList<string> Teams { get; init; } = [];
}

/// <summary>Which of the host's screens: the remote shows the key, the projector must not.</summary>
public enum HostScreen
{
    Remote,
    Projector,
}
