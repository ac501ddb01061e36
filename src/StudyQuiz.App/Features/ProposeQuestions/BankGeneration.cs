using StudyQuiz.Generation;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.App.Features.ProposeQuestions;

/// <summary>Makes a bank by rules and, where a language model is given, with what it proposes: the one way in, for command and page.</summary>
internal static class BankGeneration
{
    /// <summary>A server that fails, is slow or answers badly costs its proposals only: the bank of the rules comes all the same.</summary>
    /// <param name="llm">Null for rules alone; <see cref="LlmSettings.Read"/> gives it.</param>
    /// <param name="progress">Told of each stage as it begins; may be null.</param>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static async Task<GeneratedBank> GenerateAsync(
        CleanText clean, GenerationSettings settings, LlmSettings? llm, TimeProvider time, IProgress<GenerationStage>? progress, CancellationToken stop)
    {
        if (llm is null) return Generator.Generate(clean, settings, progress, stop);
        var drafted = Generator.Draft(clean, settings, progress, stop);
        progress?.Report(GenerationStage.Proposals);
        var proposals = await new ItemProposer(llm, time).ProposeAsync(drafted, stop);
        return Generator.Choose(drafted, proposals, progress, stop);
    }
}
