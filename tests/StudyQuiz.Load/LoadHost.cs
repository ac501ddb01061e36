using StudyQuiz.Domain.Games;

namespace StudyQuiz.Load;

/// <summary>The host: opens a game through the pages, then runs it from the remote, with the projector attached beside it.</summary>
internal sealed class LoadHost : IAsyncDisposable
{
    private readonly HubSocket _remote;
    private readonly HubSocket? _projector;
    private SeenView _view;

    private LoadHost(Guid game, HubSocket remote, HubSocket? projector, SeenView view) => (Game, _remote, _projector, _view) = (game, remote, projector, view);

    public Guid Game { get; }

    /// <summary>What the remote shows.</summary>
    public SeenView View => Volatile.Read(ref _view);

    /// <summary>Whether the remote's socket is open, as far as it is known.</summary>
    public bool IsOpen => _remote.WhyClosed is null;

    /// <summary>Opens a game of the first source's questions.</summary>
    /// <param name="browser">Signed in as somebody who may host.</param>
    public static async Task<Guid> OpenGameAsync(Visitor browser, int questions, CancellationToken stop)
    {
        var page = await browser.ReadAsync("/host", stop);
        var start = page.IndexOf("<option", StringComparison.Ordinal);
        if (start < 0) throw new LoadFailure("There is no source with questions to play.");
        var source = Visitor.Attribute(page[start..], "value");
        var opened = await browser.SubmitAsync(page, "/host", stop, ("source", source), ("number", $"{questions}"));
        return Guid.Parse(opened.Split('/')[^1]);
    }

    /// <summary>Attaches the host's screens.</summary>
    public static async Task<LoadHost> AttachAsync(Web web, string cookies, Guid game, CancellationToken stop)
    {
        LoadHost? host = null;
        var remote = await HubSocket.ConnectAsync(web, "/hubs/host", cookies, arrived => host?.See(arrived.View), stop);
        var projector = await HubSocket.ConnectAsync(web, "/hubs/host", cookies, _ => { }, stop);
        var attached = await remote.InvokeAsync("Attach", stop, game, "remote");
        host = new LoadHost(game, remote, projector, attached.View ?? throw new LoadFailure($"The host hub refuses to attach: {attached.Refusal}."));
        await projector.InvokeAsync("Attach", stop, game, "projector");
        return host;
    }

    /// <summary>Goes on from a phase.</summary>
    /// <returns>False when the game had gone on by itself.</returns>
    public async Task<bool> AdvanceAsync(GamePhase seen, int round, CancellationToken stop)
    {
        var done = await _remote.InvokeAsync("Advance", stop, seen, round);
        if (done.Refusal is null) return true;
        return done.Refusal == "wrongPhase" ? false : throw new LoadFailure($"The host's command was refused: {done.Refusal}.");
    }

    public async Task PingAsync(CancellationToken stop)
    {
        await _remote.PingAsync(stop);
        if (_projector is not null) await _projector.PingAsync(stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _remote.DisposeAsync();
        if (_projector is not null) await _projector.DisposeAsync();
    }

    private void See(SeenView view)
    {
        if (view.Version >= View.Version) Volatile.Write(ref _view, view);
    }
}
