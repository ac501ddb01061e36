using System.Diagnostics;
using StudyQuiz.Domain.Games;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.Load;

/// <summary>The bare hub in a process of its own, as the product has one.</summary>
internal sealed class BareHubProcess : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private BareHubProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <param name="bytes">Size of the product's message to a player in each phase.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<BareHubProcess> StartAsync(IReadOnlyDictionary<GamePhase, int> bytes, CancellationToken stop)
    {
        var address = new Uri($"http://127.0.0.1:{ServedApp.FreePort()}");
        var sizes = Enum.GetValues<GamePhase>().Select(phase => $"{bytes.GetValueOrDefault(phase)}");
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(BareHub).Assembly.Location, "bare-hub", "--urls", address.GetLeftPart(UriPartial.Authority), "--bytes", .. sizes])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var hub = new BareHubProcess(process, address);
        try
        {
            var said = await process.StandardOutput.ReadLineAsync(stop).AsTask().WithinAsync(_patience, "The start of the bare hub", stop);
            return said == "ready" ? hub : throw new LoadFailure($"The bare hub did not start: {said}");
        }
        catch
        {
            await hub.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
