using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Editing;

/// <summary>How a field of a merge came out.</summary>
public enum MergeState
{
    /// <summary>Nobody changed it.</summary>
    Untouched,

    /// <summary>Only one's own change.</summary>
    Mine,

    /// <summary>Only the other's change.</summary>
    Theirs,

    /// <summary>Both changed it alike.</summary>
    Alike,

    /// <summary>Both changed it, each otherwise: a person decides.</summary>
    Conflict,
}

/// <summary>A field of a question that two people changed from the same version.</summary>
/// <param name="Base">As both found it; empty where it is new, and <see cref="Mine"/> or <see cref="Theirs"/> where that one took it out.</param>
public sealed record MergedField(string Base, string Mine, string Theirs)
{
    public MergeState State => (Mine == Base, Theirs == Base) switch
    {
        (true, true) => MergeState.Untouched,
        (false, true) => MergeState.Mine,
        (true, false) => MergeState.Theirs,
        _ => Mine == Theirs ? MergeState.Alike : MergeState.Conflict,
    };

    /// <summary>What comes of it; one's own where a person has yet to decide.</summary>
    public string Value => State == MergeState.Theirs ? Theirs : Mine;
}

/// <summary>An option with its reason, or a pair with its sides.</summary>
public sealed record MergedRow(MergedField First, MergedField Second);

/// <summary>
/// Two changes of one version brought together, field by field, so that nothing that either wrote is lost unseen. Options and pairs are followed by their words when somebody moves them.
/// </summary>
public sealed record MergedQuestion
{
    public required MergedField Stem { get; init; }

    /// <summary>As <see cref="Told"/> says it.</summary>
    public required MergedField Picture { get; init; }

    public required MergedField Explanation { get; init; }
    public required MergedField Difficulty { get; init; }

    /// <summary>Options or pairs in the order to come; of other types none.</summary>
    public required IReadOnlyList<MergedRow> Rows { get; init; }

    /// <summary>Options or pairs that somebody took out and nobody else changed.</summary>
    public required IReadOnlyList<MergedRow> Gone { get; init; }

    /// <summary>Which of the rows are right, as their places joined by commas; empty fields where the type has no options.</summary>
    public required MergedField Key { get; init; }

    /// <summary>Of a judgement true or false, of a flashcard its back, of others a line each.</summary>
    public required MergedField Answer { get; init; }

    /// <summary>Of a cloze, whether a list counts in any order: true or false.</summary>
    public required MergedField AnyOrder { get; init; }

    /// <summary>What both kept and either added: quotes do not contradict each other.</summary>
    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>Who changed the evidence; never a conflict.</summary>
    public required MergeState EvidenceState { get; init; }

    /// <summary>Whether the rows stand otherwise than both found them.</summary>
    public required MergeState Order { get; init; }

    public IEnumerable<MergedField> Fields => [Stem, Picture, .. Rows.SelectMany(row => new[] { row.First, row.Second }), Key, Answer, AnyOrder, Explanation, Difficulty];

    public bool HasConflict => Fields.Any(one => one.State == MergeState.Conflict);

    /// <summary>Brings two changes of a question together. All three are of one type.</summary>
    public static MergedQuestion Of(Question found, Question mine, Question theirs)
    {
        var (rows, gone, order, key) = MergeRows.Of(RowsOf(found), RowsOf(mine), RowsOf(theirs));
        return new MergedQuestion
        {
            Stem = Field(question => question.Stem),
            Picture = Field(question => Told(question.Picture)),
            Explanation = Field(question => question.Explanation),
            Difficulty = Field(question => $"{question.Difficulty}"),
            Rows = rows,
            Gone = gone,
            Order = order,
            Key = key,
            Answer = Field(AnswerOf),
            AnyOrder = Field(question => question is Cloze cloze ? cloze.AnyOrder ? "true" : "false" : ""),
            Evidence = [.. theirs.Evidence.Where(quote => mine.Evidence.Contains(quote) || !found.Evidence.Contains(quote)), .. mine.Evidence.Where(quote => !found.Evidence.Contains(quote) && !theirs.Evidence.Contains(quote))],
            EvidenceState = (Same(mine.Evidence, found.Evidence), Same(theirs.Evidence, found.Evidence)) switch
            {
                (true, true) => MergeState.Untouched,
                (false, true) => MergeState.Mine,
                (true, false) => MergeState.Theirs,
                _ => MergeState.Alike,
            },
        };

        MergedField Field(Func<Question, string> of) => new(of(found), of(mine), of(theirs));
    }

    /// <summary>A picture in one line: its name and what it shows; empty where there is none.</summary>
    public static string Told(Picture? picture) => picture is null ? "" : $"{picture.Hash} {picture.Alt}";

    private static bool Same(IReadOnlyList<Evidence> one, IReadOnlyList<Evidence> other) => one.SequenceEqual(other);

    private static string AnswerOf(Question question) => question switch
    {
        TrueFalse statement => statement.Answer ? "true" : "false",
        Cloze cloze => string.Join('\n', cloze.Accepted),
        Ordering ordering => string.Join('\n', ordering.Items),
        Flashcard card => card.Back,
        _ => "",
    };

    private static IReadOnlyList<QuestionRow> RowsOf(Question question) => question switch
    {
        SingleChoice single => Options(single.Options),
        MultipleChoice multiple => Options(multiple.Options),
        Matching matching => [.. matching.Pairs.Select(pair => new QuestionRow(pair.Left, pair.Right, false))],
        _ => [],
    };

    private static IReadOnlyList<QuestionRow> Options(IReadOnlyList<Option> options) => [.. options.Select(option => new QuestionRow(option.Text, option.Why ?? "", option.Correct))];
}

/// <summary>An option or a pair as it is merged.</summary>
internal sealed record QuestionRow(string First, string Second, bool Correct);
