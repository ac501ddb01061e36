using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Gates;

/// <summary>All gates, in the order in which a reviewer wants to hear of them.</summary>
public static class BankGates
{
    public static IReadOnlyList<Gate> All { get; } =
    [
        new("storable text", ForImport: true, TextGates.Storable),
        new("evidence", ForImport: true, EvidenceGates.QuestionEvidence),
        new("key point evidence", ForImport: true, EvidenceGates.KeyPointEvidence),
        new("right answers", ForImport: true, AnswerGates.RightAnswers),
        new("cloze in the text", ForImport: true, AnswerGates.ClozeInText),
        new("verbatim key", ForImport: true, KeyGates.Verbatim),
        new("supported distractors", ForImport: true, DistractorGates.Supported),
        new("reasons against the key", ForImport: true, ReasonGates.AgainstKey),
        new("possible times", ForImport: false, TimeGates.Possible),
        new("words in a mouth", ForImport: true, MouthGates.Words),
        new("open series", ForImport: true, SeriesGates.OpenSeries),
        new("order of the text", ForImport: true, PointGates.Order),
        new("pairs of the text", ForImport: true, PointGates.Pairs),
        new("statements on points", ForImport: false, PointGates.Statements),
        new("rejected views", ForImport: false, SourceGates.Rejected),
        new("half sentences", ForImport: false, SourceGates.Halves),
        new("page furniture", ForImport: false, SourceGates.Furniture),
        new("glued headings", ForImport: false, SourceGates.Glued),
        new("enemies", ForImport: true, EnemyGates.Mutual),
        new("give-aways", ForImport: false, EnemyGates.GiveAwaysListed),
        new("one item per fact", ForImport: false, FactGates.OneItemEach),
        new("coverage", ForImport: false, CoverageGates.KeyPoints),
        new("ordinals", ForImport: false, SeriesGates.Ordinals),
        new("key in its stem", ForImport: false, StemGates.KeyInStem),
        new("like stems", ForImport: false, StemGates.LikeStems),
        new("negative stems", ForImport: false, WordingGates.NegativeStems),
        new("double negatives", ForImport: false, WordingGates.DoubleNegatives),
        new("absolute options", ForImport: false, WordingGates.Absolutes),
        new("options on options", ForImport: false, WordingGates.OptionsOnOptions),
        new("clue in the stem", ForImport: false, WordingGates.Clues),
        new("told by words", ForImport: false, EvidentGates.Echoes),
        new("answers in the title", ForImport: false, EvidentGates.InTitle),
        new("counted numbers", ForImport: false, EvidentGates.Counted),
        new("near numbers", ForImport: false, EvidentGates.Near),
        new("unlike ends", ForImport: false, EvidentGates.Ends),
        new("option length", ForImport: false, OptionGates.LengthRatio),
        new("longest key", ForImport: false, OptionGates.LongestKey),
        new("key position", ForImport: false, PositionGates.KeyPosition),
        new("quotes in reasons", ForImport: false, ReasonGates.Quotes),
        new("answer explained", ForImport: false, ReasonGates.KeyExplained),
        new("typed answers", ForImport: false, KeyGates.Typed),
        new("true and false", ForImport: false, TrueFalseGates.Balance),
        new("statement length", ForImport: false, TrueFalseGates.Length),
        new("stems that ask", ForImport: false, StemGates.Asks),
        new("evidence of the key", ForImport: false, EvidenceGates.HoldKey),
    ];

    /// <summary>Everything that keeps a bank from being shipped.</summary>
    public static IReadOnlyList<GateFinding> Check(BankFile bank) => Check(bank, All);

    /// <summary>Everything that keeps a bank from being imported.</summary>
    public static IReadOnlyList<GateFinding> CheckForImport(BankFile bank) => Check(bank, All.Where(gate => gate.ForImport));

    /// <summary>What certain gates find, gate by gate.</summary>
    public static IReadOnlyList<GateFinding> Check(BankFile bank, IEnumerable<Gate> gates) =>
        [.. gates.SelectMany(gate => gate.Check(bank).Select(fault => new GateFinding(gate.Name, fault.Item, fault.Message) { Code = fault.Code, Arguments = fault.Arguments }))];
}
