using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Items;
using StudyQuiz.Generation.KeyPoints;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation;

/// <summary>What rules read off a text and wrote about it, before any gate has seen it.</summary>
/// <param name="Candidates">Questions, in the order of their facts.</param>
/// <param name="Unwritten">Questions that could not be written.</param>
public sealed record Drafted(
    SourceText Text, IReadOnlyList<KeyPoint> KeyPoints, IReadOnlyList<Fact> Facts, IReadOnlyList<Candidate> Candidates, IReadOnlyList<Unwritten> Unwritten, GenerationSettings Settings);
