namespace StudyQuiz.App.Features.ProposeQuestions;

/// <summary>The language model that editors are offered beside the rules.</summary>
/// <param name="Settings">Null where none is configured: then the page does not speak of one.</param>
internal sealed record OfferedModel(LlmSettings? Settings)
{
    /// <summary>What the server's configuration says. An address that can't be used is told in the log once, and the rules work on.</summary>
    public static OfferedModel Of(IConfiguration configuration, ILogger<OfferedModel> logger)
    {
        if (string.IsNullOrWhiteSpace(configuration[LlmSettings.AddressName])) return new OfferedModel((LlmSettings?)null);
        var (settings, problem) = LlmSettings.Read(configuration);
        if (settings is null) logger.LogWarning("No language model is offered to editors: {Problem}", problem);
        return new OfferedModel(settings);
    }
}
