using StudyQuiz.Generation.KeyPoints;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Facts;

/// <summary>One thing the text says that can be asked about.</summary>
/// <param name="KeyPoint">What it belongs to.</param>
/// <param name="Quote">The words that prove it: a sentence or a part of one.</param>
public abstract record Fact(KeyPoint KeyPoint, Place Quote)
{
    /// <summary>Whether its words forbid, deny or warn: then no question may say them without that, or change them into something else that is forbidden.</summary>
    public bool IsNegative { get; init; }

    /// <summary>Whether the order of its parts is part of what the text says.</summary>
    public virtual bool IsOrdered => false;

    /// <summary>What makes it the same fact at the next generation: its kind and words, not its place.</summary>
    public abstract string Identity(SourceText text);
}

/// <summary>A point stands at its number in a series. Ordered.</summary>
/// <param name="Series">The whole series, open or closed.</param>
/// <param name="Topic">The clause that the series unfolds.</param>
/// <param name="Point">One of its points.</param>
public sealed record PointFact(KeyPoint KeyPoint, Place Quote, Series Series, Place Topic, SeriesPoint Point) : Fact(KeyPoint, Quote)
{
    /// <summary>The series parts the whole text, and its topic does not say what it is about.</summary>
    public bool IsOutline { get; init; }

    public override string Identity(SourceText text) => $"point {text.At(Topic)} {Point.Number} {text.At(Point.Heading)}";
}

/// <summary>A series unfolds its topic in these points, in this order.</summary>
public sealed record SeriesFact(KeyPoint KeyPoint, Place Quote, Series Series, Place Topic) : Fact(KeyPoint, Quote)
{
    /// <summary>The series parts the whole text, and its topic does not say what it is about.</summary>
    public bool IsOutline { get; init; }

    public override bool IsOrdered => true;

    public override string Identity(SourceText text) => $"series {text.At(Topic)} {text.At(Series.Points[0].Heading)}";
}

/// <summary>A clause is said under one point of a series and under no other.</summary>
/// <param name="Clause">The clause without its leading 'must'. Its own negation is part of it.</param>
public sealed record ClauseFact(KeyPoint KeyPoint, Place Quote, Series Series, SeriesPoint Point, Place Clause) : Fact(KeyPoint, Quote)
{
    /// <summary>It stands in the first sentence after the heading, which mostly says in other words what the heading says.</summary>
    public bool IsOpening { get; init; }

    public override string Identity(SourceText text) => $"clause {text.At(Point.Heading)} {text.At(Clause)}";
}

/// <summary>These clauses are said under one point of a series, in this order.</summary>
/// <param name="Clauses">None where only all of it together can be told.</param>
public sealed record PointBodyFact(KeyPoint KeyPoint, Place Quote, Series Series, SeriesPoint Point, IReadOnlyList<ClauseFact> Clauses) : Fact(KeyPoint, Quote)
{
    public override bool IsOrdered => true;

    public override string Identity(SourceText text) => $"body {text.At(Point.Heading)}";
}

/// <summary>A clause enumerates things side by side; their order means nothing.</summary>
/// <param name="Clause">Where the list stands.</param>
/// <param name="Items">Those whose two ends are certain, in the order of the text; at least two.</param>
/// <param name="IsOpen">等 or 如 say that there are more.</param>
public sealed record ListFact(KeyPoint KeyPoint, Place Quote, Place Clause, IReadOnlyList<Place> Items, bool IsOpen) : Fact(KeyPoint, Quote)
{
    public override string Identity(SourceText text) => $"list {text.At(Clause)}";
}

/// <summary>A clause holds a term whose two ends are certain, so that it can be left out and asked for.</summary>
/// <param name="Clause">The words around it, word for word; they occur once in the text.</param>
/// <param name="Answer">The term, within the clause.</param>
public sealed record TermFact(KeyPoint KeyPoint, Place Quote, Place Clause, Place Answer, TermRole Role) : Fact(KeyPoint, Quote)
{
    /// <summary>Who says it, where the text only says 他; null elsewhere.</summary>
    public string? Speaker { get; init; }

    public override string Identity(SourceText text) => $"term {text.At(Clause)} {text.At(Answer)}";
}

/// <summary>Several numbers that the text tells, each in words of its own.</summary>
/// <param name="Figures">At least three; none is told by the words of another.</param>
/// <param name="Heading">The point that all are told under; null where there is none.</param>
/// <param name="AreOfOneUnit">They count the same, so that each could stand for another; else they only stand near each other.</param>
public sealed record FiguresFact(KeyPoint KeyPoint, Place Quote, IReadOnlyList<TermFact> Figures, Place? Heading, bool AreOfOneUnit) : Fact(KeyPoint, Quote)
{
    public override string Identity(SourceText text) => $"figures {(AreOfOneUnit ? "of a unit" : "nearby")} {text.At(Figures[0].Clause)} {text.At(Figures[0].Answer)}";
}

/// <summary>A sentence ends in this clause.</summary>
/// <param name="Beginning">All clauses but the last.</param>
/// <param name="Ending">The last clause.</param>
/// <param name="Tie">How it answers to the beginning.</param>
public sealed record EndingFact(KeyPoint KeyPoint, Place Quote, Place Beginning, Place Ending, EndingTie Tie) : Fact(KeyPoint, Quote)
{
    public override string Identity(SourceText text) => $"ending {text.At(Beginning)} {text.At(Ending)}";
}

/// <summary>A sentence puts something forward against something else, or as what matters.</summary>
/// <param name="Beginning">All before it, such as 甲的根本在于.</param>
/// <param name="Thesis">To the end of the sentence.</param>
public sealed record ThesisFact(KeyPoint KeyPoint, Place Quote, Place Beginning, Place Thesis) : Fact(KeyPoint, Quote)
{
    /// <summary>How it is put.</summary>
    public ThesisForm Form { get; init; }

    /// <summary>The sentences before it that name what it speaks of; null where it names that itself.</summary>
    public Place? Context { get; init; }

    /// <summary>Who of several speakers says it; null where nobody must be named.</summary>
    public string? Speaker { get; init; }

    /// <summary>Someone whom the text reports says it, and the beginning names who.</summary>
    public bool IsSaid { get; init; }

    public override string Identity(SourceText text) => $"thesis {text.At(Beginning)} {text.At(Thesis)}";
}

/// <summary>How a sentence puts something forward.</summary>
public enum ThesisForm
{
    /// <summary>After what it is put against or what it is of: 甲不是乙，而是丙.</summary>
    Plain,

    /// <summary>Before what can only be so: 甲，才乙.</summary>
    How,

    /// <summary>Before what it is the reason of: 因为甲，所以乙.</summary>
    Why,

    /// <summary>After a colon: 只写一行字：甲.</summary>
    Told,
}

/// <summary>Someone whom the text names says or does something.</summary>
/// <param name="Name">The name.</param>
/// <param name="What">What is said or done.</param>
/// <param name="Others">Who else the text names.</param>
/// <param name="IsSaid">It is said, not done.</param>
public sealed record WhoFact(KeyPoint KeyPoint, Place Quote, Place Name, Place What, IReadOnlyList<Place> Others, bool IsSaid) : Fact(KeyPoint, Quote)
{
    public override string Identity(SourceText text) => $"who {text.At(Name)} {text.At(What)}";
}

/// <summary>Things side by side, each with what is said of it alone: who says what, who answers for what, what is done first, second and third.</summary>
/// <param name="Parts">Each with its own; at least three.</param>
/// <param name="Kind">What they are.</param>
public sealed record RowFact(KeyPoint KeyPoint, Place Quote, IReadOnlyList<(Place Left, Place Right)> Parts, RowKind Kind) : Fact(KeyPoint, Quote)
{
    public override string Identity(SourceText text) => $"row {Kind} {text.At(Parts[0].Left)} {text.At(Parts[0].Right)}";
}

/// <summary>What stands side by side.</summary>
public enum RowKind
{
    /// <summary>Who says what.</summary>
    Views,

    /// <summary>Who does what.</summary>
    Duties,

    /// <summary>What comes first, second and third.</summary>
    Steps,
}

/// <summary>Something is demanded of someone or something.</summary>
/// <param name="Beginning">Of whom or what, to the word that demands.</param>
/// <param name="Demand">What.</param>
public sealed record DemandFact(KeyPoint KeyPoint, Place Quote, Place Beginning, Place Demand) : Fact(KeyPoint, Quote)
{
    public override string Identity(SourceText text) => $"demand {text.At(Beginning)} {text.At(Demand)}";
}

/// <summary>Several sentences say something of one thing after another in the same words: 甲的人，我希望你们…；乙的人，我希望你们….</summary>
/// <param name="Shared">The words that all have, where the first sentence has them.</param>
/// <param name="Parts">Whom or what each is about, and what it says; at least three.</param>
public sealed record ParallelFact(KeyPoint KeyPoint, Place Quote, Place Shared, IReadOnlyList<(Place Left, Place Right)> Parts) : Fact(KeyPoint, Quote)
{
    public override string Identity(SourceText text) => $"parallel {text.At(Shared)} {text.At(Parts[0].Left)}";
}

/// <summary>What one of several such sentences says.</summary>
/// <param name="At">Which of the parts.</param>
public sealed record ParallelPartFact(KeyPoint KeyPoint, Place Quote, ParallelFact Whole, int At) : Fact(KeyPoint, Quote)
{
    public override string Identity(SourceText text) => $"parallel part {text.At(Whole.Shared)} {text.At(Whole.Parts[At].Left)}";
}

/// <summary>A sentence sums up, and says so by its first words.</summary>
/// <param name="Opening">Those words, such as 总之; they open one sentence of the text only.</param>
/// <param name="Judgement">What it says.</param>
public sealed record JudgementFact(KeyPoint KeyPoint, Place Quote, Place Opening, Place Judgement) : Fact(KeyPoint, Quote)
{
    public override string Identity(SourceText text) => $"judgement {text.At(Judgement)}";
}

/// <summary>How the end of a sentence answers to its beginning.</summary>
public enum EndingTie
{
    /// <summary>It merely comes next: nothing that a question could ask about, but what a person or a language model may find more in.</summary>
    None,

    /// <summary>It says what holds under a condition, or of those whom the sentence is about.</summary>
    Consequence,

    /// <summary>It is the other half of a pair that is built alike.</summary>
    Counterpart,

    /// <summary>It tells what something is done for.</summary>
    Purpose,

    /// <summary>It comes next, in a text of a few sentences that can be known as they are.</summary>
    Sequel,
}

/// <summary>How a term is held in its clause; terms of one role can stand for one another as wrong answers.</summary>
public enum TermRole
{
    /// <summary>One of several side by side.</summary>
    ListItem,

    /// <summary>A coinage in quotation marks.</summary>
    Coinage,

    /// <summary>What 以…为 or 把…作为 hold.</summary>
    Framed,

    /// <summary>What comes after 更 in 不仅…更….</summary>
    Climax,

    /// <summary>A number with its unit, or a date.</summary>
    Number,
}
