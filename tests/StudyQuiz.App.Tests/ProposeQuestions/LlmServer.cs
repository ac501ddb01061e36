using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace StudyQuiz.App.Tests.ProposeQuestions;

/// <summary>A request as the server saw it.</summary>
/// <param name="Json">The body.</param>
/// <param name="Facts">The facts between the marks of its user message.</param>
internal sealed record LlmRequest(string Path, string? Authorization, JsonNode Json, IReadOnlyList<JsonNode> Facts)
{
    public string System => (string)Json["messages"]![0]!["content"]!;

    public string User => (string)Json["messages"]![1]!["content"]!;

    public bool IsRetry => User.Contains("were refused", StringComparison.Ordinal);

    public bool HasSchema => Json["response_format"] is not null;
}

/// <summary>A small OpenAI-compatible server on a loopback port that behaves as a test wants it to.</summary>
internal sealed class LlmServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<LlmRequest> _requests = new();

    private LlmServer(WebApplication app) => _app = app;

    public IReadOnlyList<LlmRequest> Requests => [.. _requests];

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public static async Task<LlmServer> StartAsync(Func<LlmRequest, HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new LlmServer(app);
        app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var json = JsonNode.Parse(await reader.ReadToEndAsync(http.RequestAborted))!;
            var request = new LlmRequest(http.Request.Path, http.Request.Headers.Authorization.ToString() is { Length: > 0 } key ? key : null, json, FactsOf((string)json["messages"]![1]!["content"]!));
            server._requests.Enqueue(request);
            await answer(request, http);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        server.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/v1");
        return server;
    }

    /// <summary>A server that says something to each request.</summary>
    public static Task<LlmServer> SayingAsync(Func<LlmRequest, string> say) => StartAsync((request, http) => SayAsync(http, say(request)));

    /// <summary>A server that answers each request with a status.</summary>
    public static Task<LlmServer> FailingAsync(int status, string body = "") => StartAsync((_, http) =>
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync(body, http.RequestAborted);
    });

    /// <summary>Answers as the protocol has it.</summary>
    public static Task SayAsync(HttpContext http, string content, string finish = "stop")
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(Completion(content, finish), Encoding.UTF8, http.RequestAborted);
    }

    public static string Completion(string content, string finish = "stop") => JsonSerializer.Serialize(new
    {
        id = "chatcmpl-1",
        @object = "chat.completion",
        created = 1,
        model = "test",
        choices = new[] { new { index = 0, finish_reason = finish, message = new { role = "assistant", content } } },
        usage = new { prompt_tokens = 1, completion_tokens = 1, total_tokens = 2 },
    });

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private static IReadOnlyList<JsonNode> FactsOf(string message)
    {
        var lines = message.Split('\n');
        var begin = Array.FindIndex(lines, line => line.StartsWith("BEGIN DATA ", StringComparison.Ordinal));
        return begin < 0 ? [] : [.. JsonNode.Parse(lines[begin + 1])!.AsArray().Select(fact => fact!)];
    }
}
