namespace StudyQuiz.App.Features.KeepWebhooks;

/// <summary>Names the resource file of webhooks.</summary>
public sealed class WebhookText;
