using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.ExchangeCards;

/// <summary>A file between its preview and its import, then the report of it. It is reached by its secret, and by its learner only.</summary>
/// <param name="Owner">Null for a browser that has begun nothing yet: then the secret alone finds it.</param>
/// <param name="File">Null once it is imported.</param>
/// <param name="Report">Null before.</param>
/// <param name="Strays">Reviews of cards that the file does not hold.</param>
/// <param name="Turn">Whose it is to import the file.</param>
internal sealed record PendingImport(string Secret, Guid? Owner, ImportedFile? File, string Name, bool IsPackage, string? Bank, IReadOnlyList<RowReport>? Report, int Strays, DateTimeOffset Until, long Weight, SemaphoreSlim Turn);

/// <summary>
/// Files that wait for a word, in this process: a few for a learner, so many bytes for all, and not for long. What is pushed out is uploaded
/// again; nothing is lost with it, for nothing of it was stored.
/// </summary>
internal sealed class PendingImports(Clock clock) : IDisposable
{
    private const long Most = 96L * 1024 * 1024;
    private const int MostFiles = 200;

    /// <summary>How many of a learner's wait; one more pushes out the oldest.</summary>
    public const int MostOfOne = 5;

    private static readonly TimeSpan _lifetime = TimeSpan.FromMinutes(30);

    private readonly Lock _lock = new();
    private readonly List<PendingImport> _waiting = [];

    /// <summary>How many files are read at a time: each takes its size in memory and more on the disk.</summary>
    public SemaphoreSlim Places { get; } = new(2);

    public string Add(Guid? owner, ImportedFile file, string? bank)
    {
        var added = new PendingImport(SecretToken.Create(), owner, file, file.Name, file.IsPackage, bank, null, file.Strays, clock.Now + _lifetime, file.Weight, new SemaphoreSlim(1));
        lock (_lock)
        {
            _waiting.RemoveAll(waiting => waiting.Until <= clock.Now);
            if (owner is not null && _waiting.Count(waiting => waiting.Owner == owner) >= MostOfOne) _waiting.RemoveAt(_waiting.FindIndex(waiting => waiting.Owner == owner));
            _waiting.Add(added);
            while (_waiting.Count > MostFiles || (_waiting.Count > 1 && _waiting.Sum(waiting => waiting.Weight) > Most)) _waiting.RemoveAt(0);
        }

        return added.Secret;
    }

    public PendingImport? Find(string secret, Guid? owner)
    {
        lock (_lock) return _waiting.Find(waiting => waiting.Secret == secret && waiting.Until > clock.Now && (waiting.Owner is null || waiting.Owner == owner));
    }

    /// <summary>Puts the report in the place of the file.</summary>
    public void Done(PendingImport import, Guid owner, IReadOnlyList<RowReport> report)
    {
        lock (_lock)
        {
            if (_waiting.FindIndex(waiting => waiting.Secret == import.Secret) is >= 0 and var place)
                _waiting[place] = import with { Owner = owner, File = null, Report = report, Until = clock.Now + _lifetime };
        }
    }

    public void Dispose() => Places.Dispose();
}
