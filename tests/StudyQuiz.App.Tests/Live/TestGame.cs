using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using StudyQuiz.App.Features.HostGame;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Tests.Live;

/// <summary>A game of a host, opened as the host's page opens it, with the calls that hubs and pages make.</summary>
internal sealed class TestGame(Guid id, Guid host, TestApp app)
{
    public Guid Id => id;

    public Guid Host => host;

    public IGameGrain Grain => GrainOn(app.Services);

    public static async Task<TestGame> OpenAsync(TestApp app, int rounds = 2, GameOptions? options = null, string source = TestBank.Slug, string? roster = null)
    {
        var host = Guid.CreateVersion7();
        await using var connection = await app.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "insert into account (id, user_name, normalized_user_name, security_stamp) values (@host, @name, @name, '')",
            new { host, name = host.ToString() });
        if (!await connection.QuerySingleAsync<bool>("select exists (select 1 from source where slug = @source)", new { source }))
        {
            await (source == TestBank.Slug ? TestBank.SeedAsync(app.Database, 10) : TestBank.SeedEveryTypeAsync(app.Database));
        }

        var id = Guid.CreateVersion7();
        Assert.True(await app.Services.GetRequiredService<OpenGame>().RunAsync(id, host, source, rounds, [], options ?? new GameOptions(), seed: 7, new GameRosterSource(Roster.Parse(roster ?? "").Entries)));
        return new TestGame(id, host, app);
    }

    /// <summary>A game with a round of each type of question, then a poll and a slide.</summary>
    public static async Task<TestGame> OpenEveryTypeAsync(TestApp app, GameOptions? options = null)
    {
        var game = await OpenAsync(app, rounds: 1, options, source: TestBank.EveryType);
        await using var connection = await app.Database.OpenConnectionAsync();
        var asked = await connection.QueryAsync<(long Version, string Body)>(
            "select v.id, v.body from question_version v join question q on q.current_version_id = v.id join source s on s.id = q.source_id where s.slug = @slug order by q.id",
            new { slug = TestBank.EveryType });
        await connection.ExecuteAsync("delete from game_round where game_id = @Id", new { game.Id });
        await GameRounds.StoreAsync(
            connection, game.Id,
            [
                .. asked.Select(one => NewRound.Of(one.Version, JsonSerializer.Deserialize<Question>(one.Body, DomainJson.Options)!)),
                NewRound.Of(new Poll { Title = "午饭吃什么？", Options = ["面", "饭"] }), NewRound.Of(new Slide { Title = "谢谢", Text = "- 再见" }),
            ],
            seed: 7);
        return game;
    }

    public IGameGrain GrainOn(IServiceProvider services) => services.GetRequiredService<IGrainFactory>().GetGrain<IGameGrain>(id);

    public async Task<int> SeatAsync(string nickname)
    {
        var seated = await Grain.TakeSeat(new Newcomer(nickname, SecretToken.Hash(id + nickname), null));
        Assert.Null(seated.Refusal);
        return seated.Seat!.Value;
    }

    public async Task<HostView> ViewAsync(HostScreen screen = HostScreen.Remote) => (await Grain.AttachHost(host, screen)).View!;

    public async Task<PlayerView> ViewOfAsync(string nickname) =>
        (await Grain.AttachPlayer(SecretToken.Hash(id + nickname), Guid.NewGuid())).View!;

    public async Task GoOnAsync()
    {
        var view = await ViewAsync();
        Assert.Null((await Grain.Lead(host, new Advance(view.Phase, view.Round))).Refusal);
    }

    /// <summary>Has the host do something in the phase that runs.</summary>
    public async Task LeadAsync(Func<GamePhase, int, PhaseCommand> command)
    {
        var view = await ViewAsync();
        Assert.Null((await Grain.Lead(host, command(view.Phase, view.Round))).Refusal);
    }

    public async Task<HostView> UntilAsync(GamePhase phase)
    {
        while ((await ViewAsync()).Phase != phase) await GoOnAsync();
        return await ViewAsync();
    }

    /// <summary>The shown position of the right option in the running round.</summary>
    public async Task<GivenAnswer> KeyAsync() => (await ViewAsync()).Key!;

    public async Task<GivenAnswer> WrongAsync()
    {
        var key = ((Chosen)await KeyAsync()).Options[0];
        return new Chosen([(key + 1) % 3]);
    }

    public async Task<int> StoredAsync()
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<int>("select count(*)::int from game_answer where game_id = @id", new { id });
    }
}
