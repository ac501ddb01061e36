using StudyQuiz.App.Features.ProposeQuestions;

namespace StudyQuiz.App.Tests.ProposeQuestions;

/// <summary>Settings with other bounds than the usual ones.</summary>
internal sealed class LlmSettingsBuilder(LlmServer server)
{
    public LlmSettings Build(int factsABatch = 10, int mostCalls = 24, int callSeconds = 20) => new(server.Address, "test-model", Speech.Key)
    {
        FactsABatch = factsABatch,
        MostCalls = mostCalls,
        CallTimeout = TimeSpan.FromSeconds(callSeconds),
        TotalTimeout = TimeSpan.FromSeconds(40),
    };
}
