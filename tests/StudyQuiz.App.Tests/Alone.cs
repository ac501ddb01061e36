namespace StudyQuiz.App.Tests;

/// <summary>Tests that measure the process they run in, one after the other when all others have ended.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
