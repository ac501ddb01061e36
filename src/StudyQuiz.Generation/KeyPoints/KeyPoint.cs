using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.KeyPoints;

/// <summary>Something the text says, with its proof and the part of the text that is about it.</summary>
/// <param name="Id">Its place in the tree, such as <c>K2.1</c>.</param>
/// <param name="Heading">The clause that names it; a person may reword it later.</param>
/// <param name="Weight">3: a numbered point; 2: a demand or judgement; 1: the setting.</param>
/// <param name="Evidence">At least one sentence or clause.</param>
/// <param name="Scope">The sentences, or parts of them, that are about it and about none of <paramref name="Points"/>.</param>
/// <param name="Points">What it breaks down into.</param>
public sealed record KeyPoint(string Id, Place Heading, int Weight, IReadOnlyList<Place> Evidence, IReadOnlyList<Place> Scope, IReadOnlyList<KeyPoint> Points)
{
    /// <summary>This point, then everything below it.</summary>
    public IEnumerable<KeyPoint> WithDescendants() => Points.SelectMany(point => point.WithDescendants()).Prepend(this);
}
