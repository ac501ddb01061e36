using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Normalizing;
using StudyQuiz.Generation.Proposals;

namespace StudyQuiz.Generation;

/// <summary>A generated bank, all of it drafts, and how it came about.</summary>
public sealed record GeneratedBank(BankFile Bank, GenerationReport Report);

/// <summary>How a bank came about, for the person who answers for it.</summary>
/// <param name="Characters">Of the clean text.</param>
/// <param name="Language">Of the text. Other languages than Chinese are read with fewer patterns.</param>
/// <param name="Repairs">What was changed to get the clean text.</param>
/// <param name="Doubts">Places that nothing is asked about.</param>
/// <param name="Series">The series of numbered points that were found; empty where the text numbers nothing, so that it was read sentence by sentence.</param>
/// <param name="Facts">How many facts of each kind were found.</param>
/// <param name="Types">How many questions of each type were written and chosen.</param>
/// <param name="Coverage">How many questions each key point has, in the order of the tree.</param>
/// <param name="Dropped">Questions that a gate refused.</param>
/// <param name="Shortfalls">Facts without any question, and why.</param>
/// <param name="Open">What the gates find in the finished bank as a whole; empty but for texts that yield too little.</param>
public sealed record GenerationReport(
    int Characters,
    string Language,
    IReadOnlyList<Repair> Repairs,
    IReadOnlyList<Doubt> Doubts,
    IReadOnlyList<SeriesLine> Series,
    IReadOnlyList<FactCount> Facts,
    IReadOnlyList<TypeCount> Types,
    IReadOnlyList<KeyPointCoverage> Coverage,
    IReadOnlyList<DroppedQuestion> Dropped,
    IReadOnlyList<Shortfall> Shortfalls,
    IReadOnlyList<GateFinding> Open)
{
    /// <summary>Sentences that hold no fact to ask about, and why, in the order of the text; empty in reports of earlier versions.</summary>
    public IReadOnlyList<UnaskedSentence> Unasked { get; init; } = [];

    /// <summary>Whether nothing is open but that fewer demands and judgements than a bank should ask about could be asked: the text's doing, and the fault of no question.</summary>
    public bool IsOnlyShortOfDemands() => Open.Count > 0 && Open.All(finding => finding.Gate == "coverage" && Coverage.All(point => point.Id != finding.Item));

    /// <summary>How many questions the bank may have; null in reports of earlier versions.</summary>
    public QuestionLimit? Limit { get; init; }

    /// <summary>What a language model proposed and what became of it; null where none was asked.</summary>
    public ProposalReport? Proposals { get; init; }
}

/// <summary>A line of the structure tree.</summary>
/// <param name="Depth">0 for the outermost.</param>
/// <param name="Number">0 for the line that opens a series.</param>
/// <param name="Text">What leads up to the series, or the point's heading.</param>
/// <param name="IsOpen">The text does not establish that the series ends here; false for points.</param>
public sealed record SeriesLine(int Depth, int Number, string Text, bool IsOpen);

/// <summary>How many facts of a kind the text holds.</summary>
/// <param name="Kind">The kind's name, such as <c>clause</c>.</param>
public sealed record FactCount(string Kind, int Count);

/// <summary>How many questions of a type were written, passed the gates, and were chosen.</summary>
public sealed record TypeCount(string Type, int Written, int Passed, int Chosen);

/// <summary>How well a key point is covered.</summary>
/// <param name="Questions">On itself and on the points below it.</param>
public sealed record KeyPointCoverage(string Id, string Heading, int Weight, int Questions);

/// <summary>A question that a gate refused.</summary>
/// <param name="Why">The gate's message.</param>
public sealed record DroppedQuestion(string Gate, string Id, string Type, string Stem, string Why);

/// <summary>A fact that no chosen question asks about.</summary>
/// <param name="KeyPoint">Its id.</param>
/// <param name="Quote">The words of the text.</param>
public sealed record Shortfall(string KeyPoint, string Quote, ShortfallReason Reason);

/// <summary>Why no chosen question asks about a fact.</summary>
public enum ShortfallReason
{
    /// <summary>The text holds too little of the same kind that would make wrong answers.</summary>
    TooFewDistractors,

    /// <summary>Too few parts to put in order, to join or to choose from, or more than can be recalled at once.</summary>
    TooFewItems,

    /// <summary>What comes next follows from nothing before it, so that only who knows the text by heart could tell.</summary>
    OnlyByHeart,

    /// <summary>Every question on it was refused by a gate.</summary>
    RefusedByGates,

    /// <summary>There are good questions on it, but another asks the same, or its key point or their type has its share.</summary>
    NotChosen,
}

/// <summary>A sentence in which no fact was found.</summary>
/// <param name="Paragraph">Id of its paragraph.</param>
/// <param name="Words">The sentence.</param>
public sealed record UnaskedSentence(string Paragraph, string Words, UnaskedReason Reason);

/// <summary>Why a sentence gives nothing to ask about.</summary>
public enum UnaskedReason
{
    /// <summary>It can't be relied on: one of the report's doubts is about it.</summary>
    Doubtful,

    /// <summary>It says what others think, what the text rejects, or only asks.</summary>
    NotAffirmed,

    /// <summary>It addresses or thanks the listeners.</summary>
    Greeting,

    /// <summary>It stands for something said elsewhere (这, 他, it), so that it can't be quoted alone.</summary>
    PointsElsewhere,

    /// <summary>It has no part whose two ends are certain: no number, list or quoted term, and no second clause.</summary>
    NothingToPart,
}

/// <summary>Stages, in their order; long texts tell people where they are.</summary>
public enum GenerationStage
{
    /// <summary>Before <see cref="Generator"/> begins: making the clean text.</summary>
    Clean,
    Structure,
    KeyPoints,
    Facts,
    Items,

    /// <summary>Between two stages of <see cref="Generator"/>, where a language model is asked.</summary>
    Proposals,
    Gates,
    Selection,
}
