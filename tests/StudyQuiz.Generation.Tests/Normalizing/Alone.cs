namespace StudyQuiz.Generation.Tests.Normalizing;

/// <summary>Tests that measure time run when no others do.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class Alone
{
    public const string Name = nameof(Alone);
}
