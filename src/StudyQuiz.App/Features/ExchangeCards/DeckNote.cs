using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.ExchangeCards;

/// <summary>A question as it leaves in a file.</summary>
/// <param name="Question">Its id here.</param>
/// <param name="Front">The stem, then the options.</param>
/// <param name="Back">The answer, the explanation, and the evidence with its paragraph.</param>
/// <param name="Tags">The key point's heading and the type, without spaces.</param>
internal sealed record DeckNote(long Question, CardGuid Guid, string Front, string Back, IReadOnlyList<string> Tags);

/// <summary>What a learner's memory of a note is.</summary>
/// <param name="Card">Null for a card never answered.</param>
/// <param name="Log">The answers that count, in their order; empty where the history is to stay here.</param>
internal sealed record NoteMemory(CardRow? Card, bool IsSuspended, IReadOnlyList<LoggedAnswer> Log);

/// <summary>An answer that counts.</summary>
/// <param name="Interval">That it gave, as Anki writes it: days, or below zero the seconds of a step; 0 for a new card.</param>
internal sealed record LoggedAnswer(LoggedReview Review, int? TookMs, CardPhase Before, int IntervalBefore, int Interval, double Difficulty);

/// <summary>A deck as it leaves in a file.</summary>
/// <param name="Memories">By question.</param>
internal sealed record ExportedDeck(string Slug, string Title, IReadOnlyList<DeckNote> Notes, IReadOnlyDictionary<long, NoteMemory> Memories, StudyCalendar Calendar, DateTimeOffset Now);
