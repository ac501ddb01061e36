using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using StudyQuiz.App.Features.UseApi;
using StudyQuiz.App.Live;
using StudyQuiz.App.Tests.Live;
using StudyQuiz.App.Tests.TakeSelfTest;

namespace StudyQuiz.App.Tests.Access;

/// <summary>
/// Every endpoint and every method of a hub, by every role, on one's own things and others': what <c>access.txt</c> says is denied is denied.
/// An endpoint or a method that has no line there fails the test, and so does a line without one.
/// </summary>
public sealed class AccessTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly string[] _roles = ["nobody", "learner", "host", "editor", "admin"];

    [Fact]
    public async Task Whoever_should_not_does_not_get_in_anywhere()
    {
        var lines = AccessLine.All();
        var endpoints = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null && endpoint.Metadata.GetMetadata<HubMetadata>() is null)
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (Name: $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}", Endpoint: endpoint)))
            .Where(one => !one.Name.StartsWith("HEAD", StringComparison.Ordinal)).DistinctBy(one => one.Name).ToDictionary(one => one.Name, one => one.Endpoint, StringComparer.Ordinal);
        var missing = endpoints.Keys.Except(lines.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Assert.True(missing.Count == 0, $"access.txt says nothing of:{Environment.NewLine}{string.Join(Environment.NewLine, missing)}");
        Assert.Empty(lines.Keys.Where(name => !name.StartsWith("hub ", StringComparison.Ordinal)).Except(endpoints.Keys, StringComparer.Ordinal));

        var things = await Things.MakeAsync(app);
        var document = JsonNode.Parse(await app.Browser().ReadAsync("/api/v1/openapi.json"))!;
        var visitors = new List<Visitor>();
        foreach (var role in _roles) visitors.Add(await Visitor.ComeAsync(app, role));
        var wrong = new List<string>();
        var denied = 0;
        foreach (var (name, line) in lines.Where(line => endpoints.ContainsKey(line.Key)).OrderBy(line => line.Key, StringComparer.Ordinal))
        {
            // All at once: nothing comes of what is denied
            foreach (var (visitor, status) in await Task.WhenAll(visitors.Where(visitor => line.Denies(visitor.Role)).Select(async visitor => (visitor, await visitor.AskAsync(name, things, document)))))
            {
                denied++;
                // To whom something is hidden, its address may be nothing's; who lacks a role is told so
                if (status is not (401 or 403) && !(status == 404 && !line.DeniesRole(visitor.Role))) wrong.Add($"{name} answers {visitor.Role} with {status}, and has to deny it to them");
            }

            // What is denied to all others has to be there for its owner, else its address alone would do
            if (line is { Thing: not null, MayBeMissing: false } && name.StartsWith("GET", StringComparison.Ordinal) && await things.Owner(line.Thing).AskAsync(name, things, document) is 401 or 403 or 404) wrong.Add($"{name} is denied to its owner");
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
        Assert.True(denied > 400, $"Only {denied} tries were denied");
        visitors.ForEach(visitor => visitor.Dispose());
    }

    [Fact]
    public async Task A_token_does_nothing_beyond_its_scopes_whoever_has_it()
    {
        using var admin = await Visitor.ComeAsync(app, "admin");
        var things = await Things.MakeAsync(app);
        var document = JsonNode.Parse(await app.Browser().ReadAsync("/api/v1/openapi.json"))!;
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var tokens = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var scope in ApiScopes.All) tokens[scope] = (await ApiToken.MakeAsync(connection, admin.Account, "all but " + scope, ApiScopes.All.Where(other => other != scope), 1, app.Time.GetUtcNow()))!.Value.Secret;
        var asked = 0;
        foreach (var some in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(endpoint => endpoint.Metadata.GetMetadata<NeededScope>() is { Scope: not null }).Chunk(8))
        {
            foreach (var (name, status) in await Task.WhenAll(some.Select(async endpoint =>
            {
                var name = $"{endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]} /{endpoint.RoutePattern.RawText!.TrimStart('/')}";
                return (name, await admin.AskAsync(name, things, document, tokens[endpoint.Metadata.GetMetadata<NeededScope>()!.Scope!]));
            })))
            {
                Assert.Equal((name, 403), (name, status));
                asked++;
            }
        }

        // All that there is but signing in, oneself, one's tokens and pictures
        Assert.Equal(AccessLine.All().Keys.Count(name => name.Contains(" /api/v1/", StringComparison.Ordinal)) - 5, asked);
    }

    [Fact]
    public async Task Methods_of_hubs_do_nothing_for_whoever_should_not()
    {
        var lines = AccessLine.All();
        var things = await Things.MakeAsync(app);
        Type[] hubs = [typeof(HostHub), typeof(PlayerHub), typeof(WatchHub)];
        var methods = hubs.SelectMany(hub => hub.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(method => method.GetBaseDefinition().DeclaringType == hub).Select(method => (Hub: hub, Method: method))).ToList();
        Assert.Equal(lines.Keys.Where(name => name.StartsWith("hub ", StringComparison.Ordinal)).Order(StringComparer.Ordinal), methods.Select(one => $"hub {one.Hub.Name}.{one.Method.Name}").Order(StringComparer.Ordinal));

        // A game that all may take part in, and that has nothing to do with the one that is asked for
        var other = await TestGame.OpenAsync(app, source: SelfTestBank.Slug);
        var pin = (await other.ViewAsync()).Pin;
        await using var database = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var watching = await database.QuerySingleAsync<string>("select watch_secret from game where id = @Id", new { other.Id });
        foreach (var role in _roles)
        {
            using var visitor = await Visitor.ComeAsync(app, role);
            foreach (var hub in (string[])["player", "watch"])
            {
                await using var seatless = visitor.Connect(hub);
                await Assert.ThrowsAsync<HttpRequestException>(() => seatless.StartAsync(TestContext.Current.CancellationToken));
            }

            using var seated = await visitor.Browser.SubmitAsync($"/join?pin={pin}", "/join", ("nickname", role));
            using var watched = await visitor.Browser.GetAsync("/w/" + watching);
            foreach (var hub in hubs)
            {
                await using var connection = visitor.Connect(hub == typeof(HostHub) ? "host" : hub == typeof(PlayerHub) ? "player" : "watch");
                if (hub == typeof(HostHub) && role is "nobody" or "learner" && hub == typeof(HostHub))
                {
                    await Assert.ThrowsAsync<HttpRequestException>(() => connection.StartAsync(TestContext.Current.CancellationToken));
                    continue;
                }

                await connection.StartAsync(TestContext.Current.CancellationToken);
                foreach (var (_, method) in methods.Where(one => one.Hub == hub).OrderBy(one => one.Method.Name != "Attach"))
                {
                    object?[] arguments = [.. method.GetParameters().Select(parameter => parameter.ParameterType == typeof(Guid) ? things.Game : parameter.ParameterType == typeof(string) ? "x" : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null)];
                    var answer = await connection.InvokeCoreAsync<JsonElement?>(method.Name, arguments, TestContext.Current.CancellationToken);
                    // Ping measures a way and tells nothing of a game
                    if (method.Name == "Ping") continue;
                    var refused = answer is null or { ValueKind: JsonValueKind.Null } || (answer is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0) || (answer is { ValueKind: JsonValueKind.Object } told && told.TryGetProperty("refusal", out var why) && why.GetString() is not null && !told.TryGetProperty("view", out _));
                    Assert.True(refused, $"{hub.Name}.{method.Name} answers {role} with {answer}");
                }
            }
        }

        Assert.Equal(0, await database.QuerySingleAsync<int>("select count(*)::int from game_event where game_id = @Game", new { things.Game }));
    }
}
