using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Live;

/// <summary>A game as PostgreSQL holds it, from which a new owner goes on.</summary>
/// <param name="Epoch">The owner's number; every write names it.</param>
/// <param name="Tokens">Seat by the hash of its token, in hexadecimal; also of seats that were taken away.</param>
/// <param name="Learners">Learner by seat, where the seat has one; also of seats that were taken away.</param>
/// <param name="Banned">Seats that were taken away for good.</param>
/// <param name="Evidence">For each round, its question's quotes in their sentences.</param>
/// <param name="Elapsed">The furthest game time that anything stored tells of.</param>
/// <param name="Version">The last journaled event's version; 0 where there is none.</param>
public sealed record StoredGame(
    Guid Id,
    Guid HostId,
    string Title,
    string Pin,
    long Epoch,
    GameState State,
    IReadOnlyDictionary<string, int> Tokens,
    IReadOnlyDictionary<int, Guid> Learners,
    IReadOnlySet<int> Banned,
    IReadOnlyList<IReadOnlyList<EvidenceView>> Evidence,
    TimeSpan Elapsed,
    int Version);
