using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using StudyQuiz.Generation.Proposals;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ChatResponseFormat = Microsoft.Extensions.AI.ChatResponseFormat;

namespace StudyQuiz.App.Features.ProposeQuestions;

/// <summary>What the model said. No tools are offered, and anything but text is left out.</summary>
/// <param name="IsCutOff">The model reached its most tokens.</param>
internal sealed record LlmReply(string Text, bool IsCutOff);

/// <summary>Asks the configured server one thing at a time: no retries, no redirects, no cookies, a bound on what is read.</summary>
internal sealed class LlmClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly IChatClient _chat;
    private readonly LlmSettings _settings;
    private readonly TimeProvider _time;
    private bool _withSchema = true;

    public LlmClient(LlmSettings settings, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        var sockets = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null, MaxResponseDrainSize = 0 };
        _http = new HttpClient(new BoundedAnswers(sockets, settings.MostBytes, settings.Key is not null)) { Timeout = Timeout.InfiniteTimeSpan };
        var options = new OpenAIClientOptions
        {
            Endpoint = settings.Address,
            Transport = new HttpClientPipelineTransport(_http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
        };
        // the client insists on a key; BoundedAnswers takes a missing one out again
        _chat = new ChatClient(settings.Model, new ApiKeyCredential(settings.Key ?? "none"), options).AsIChatClient();
    }

    /// <summary>The server did not understand the schema; later requests go without, and replies are read as strictly as before.</summary>
    public bool GoesWithoutSchema => !_withSchema;

    /// <exception cref="LlmCallFailure">No reply, for a reason that its message gives.</exception>
    /// <exception cref="OperationCanceledException">Stopped by <paramref name="stop"/>.</exception>
    public async Task<LlmReply> AskAsync(IReadOnlyList<ChatMessage> messages, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(_settings.CallTimeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            var response = await _chat.GetResponseAsync(messages, Options(), both.Token);
            return new LlmReply(response.Text, response.FinishReason == ChatFinishReason.Length);
        }
        catch (Exception failed) when (!stop.IsCancellationRequested)
        {
            // Whatever a stranger's bytes do to the client library must not end a generation, hence every exception
            var failure = Failure(failed, limit.IsCancellationRequested);
            if (failure is LlmStatusFailure { MayBeOfSchema: true }) _withSchema = false;
            throw failure;
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            throw new OperationCanceledException(stop);
        }
    }

    public void Dispose()
    {
        _chat.Dispose();
        _http.Dispose();
    }

    private ChatOptions Options() => new()
    {
        MaxOutputTokens = _settings.MostTokens,
        ResponseFormat = _withSchema ? ChatResponseFormat.ForJsonSchema(JsonElement.Parse(ProposedItem.ReplySchema), "quiz_items") : null,
        AdditionalProperties = _withSchema ? new() { ["strict"] = true } : null,
    };

    // No message of another's exception is passed on: it may hold what the server sent, or the address with what people put in it
    private LlmCallFailure Failure(Exception failed, bool isLate)
    {
        for (var cause = failed; cause is not null; cause = cause.InnerException)
        {
            if (cause is LlmCallFailure ours) return ours;
            if (cause is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError } unreachable)
                return new LlmUnreachable(unreachable.HttpRequestError);
        }

        return new LlmCallFailure(isLate ? $"no whole answer came within {_settings.CallTimeout.TotalSeconds:0.#} s" : "the answer is not that of an OpenAI-compatible server, or broke off");
    }
}

/// <summary>There is no connection to be had.</summary>
internal sealed class LlmUnreachable(HttpRequestError error) : LlmCallFailure(error switch
{
    HttpRequestError.NameResolutionError => "the server's name is not known",
    HttpRequestError.SecureConnectionError => "no secure connection to the server comes about",
    HttpRequestError.ProxyTunnelError => "the proxy does not let the connection through",
    _ => "the server can't be reached",
});
