using System.CommandLine;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.Load;

/// <summary>
/// What SignalR alone makes of the same game: hubs of the same names that store nothing and decide nothing. A command of the host is
/// one broadcast of as many bytes as the product's view of that phase had, the same to everyone, so that it is written once.
/// </summary>
internal static class BareHub
{
    private static readonly Option<string> _urls = new("--urls") { Required = true };
    private static readonly Option<int[]> _bytes = new("--bytes") { Required = true, AllowMultipleArgumentsPerToken = true };

    /// <summary>The subcommand that this program starts itself with. It serves until its standard input ends.</summary>
    public static Command CreateCommand()
    {
        var command = new Command("bare-hub", "The hub that the product is compared with") { _urls, _bytes };
        command.Hidden = true;
        command.SetAction(async (parsed, stop) =>
        {
            await using var app = Create(parsed.GetRequiredValue(_urls), new BareGame(parsed.GetRequiredValue(_bytes)));
            await app.StartAsync(stop);
            Console.WriteLine("ready");
            await Console.In.ReadToEndAsync(stop);
            return 0;
        });
        return command;
    }

    private static WebApplication Create(string urls, BareGame game)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls(urls);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(game);
        builder.Services.AddSignalR().AddJsonProtocol(json => DomainJson.Configure(json.PayloadSerializerOptions));
        var app = builder.Build();
        app.MapHub<BarePlayerHub>("/hubs/player");
        app.MapHub<BareHostHub>("/hubs/host");
        return app;
    }
}

/// <summary>A game in which nothing is at stake.</summary>
/// <param name="bytes">Sizes of the views, in the order of <see cref="GamePhase"/>.</param>
internal sealed class BareGame(IReadOnlyList<int> bytes)
{
    private int _version;
    private int _seats;
    private GamePhase _phase = GamePhase.Lobby;
    private int _round;

    public int TakeSeat() => Interlocked.Increment(ref _seats);

    public bool Takes(int round) => round == _round && _phase == GamePhase.Open;

    public void Advance()
    {
        _version++;
        (_phase, _round) = _phase switch
        {
            GamePhase.Lobby or GamePhase.Board => (GamePhase.Reading, _round + 1),
            _ => (_phase + 1, _round),
        };
    }

    public object View(int seat = 0)
    {
        var view = new SeenView(_version, _phase, _round, new SeenQuestion("single_choice", ["1", "2", "3", "4"]), new SeenSeat(seat));
        var written = JsonSerializer.SerializeToUtf8Bytes(view, DomainJson.Options).Length;
        return new { view.Version, view.Phase, view.Round, view.Question, view.Seat, Filler = new string('x', Math.Max(0, bytes[(int)_phase] - written)) };
    }
}

internal sealed class BarePlayerHub(BareGame game) : Hub
{
    public object Attach(Guid id) => new { View = game.View(game.TakeSeat()), Game = id };

    public object Answer(int round, JsonElement answer) => new { Received = game.Takes(round), Mine = new { Answer = answer, TookMs = 0 } };
}

internal sealed class BareHostHub(BareGame game, IHubContext<BarePlayerHub> players) : Hub
{
    public object Attach(Guid id, string screen) => new { View = game.View(), Game = id, Screen = screen };

    public async Task<object> Advance(GamePhase seen, int round)
    {
        game.Advance();
        await players.Clients.All.SendAsync("View", game.View());
        return new { Seen = seen, Round = round };
    }
}
