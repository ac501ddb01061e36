using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace StudyQuiz.App.Tests.KeepWebhooks;

/// <summary>Somebody's system that webhooks call.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Listener()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapPost("/hook", async (HttpContext http) =>
        {
            using var reader = new StreamReader(http.Request.Body);
            Received.Enqueue((http.Request.Headers["StudyQuiz-Signature"].ToString(), http.Request.Headers["StudyQuiz-Event"].ToString(), await reader.ReadToEndAsync()));
            return Results.StatusCode(Status);
        });
        _app.MapPost("/away", () => Results.Redirect("http://127.0.0.1:1/", preserveMethod: true));
    }

    public ConcurrentQueue<(string Signature, string Event, string Body)> Received { get; } = new();

    public int Status { get; set; } = 204;

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<Listener> StartAsync()
    {
        var listener = new Listener();
        await listener._app.StartAsync();
        return listener;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
