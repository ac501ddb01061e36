using StudyQuiz.App.Features.ExchangeQuestions.Formats;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.ExchangeQuestions;

/// <summary>A file between its preview and its import, then what came of it. It is reached by its secret, and by its editor only.</summary>
/// <param name="Mapping">What each column of a table was taken for; empty where the file is none.</param>
/// <param name="Grid">A table as it was given, to be read by other columns; empty where the file is none.</param>
/// <param name="Result">Null before it is imported.</param>
/// <param name="Turn">Whose it is to import the file.</param>
internal sealed record PendingQuestionFile(
    string Secret, Guid Account, string Bank, string Name, QuestionFile File, IReadOnlyList<GivenColumn> Mapping, IReadOnlyList<GridRow> Grid, QuestionImportResult? Result, DateTimeOffset Until, SemaphoreSlim Turn)
{
    public long Weight { get; } = File.Weight + Grid.Sum(row => row.Cells.Sum(cell => 24L + 2 * cell.Text.Length));
}

/// <summary>
/// Files that wait for a word, in this process: a few for an editor, so many bytes for all, and not for long. What is pushed out is uploaded again;
/// nothing is lost with it, for nothing of it was stored.
/// </summary>
internal sealed class PendingQuestionFiles(Clock clock) : IDisposable
{
    private const long Most = 64L * 1024 * 1024;
    private const int MostOfOne = 5;
    private static readonly TimeSpan _lifetime = TimeSpan.FromMinutes(60);

    private readonly Lock _lock = new();
    private readonly List<PendingQuestionFile> _waiting = [];

    /// <summary>How many files are read at a time.</summary>
    public SemaphoreSlim Places { get; } = new(2);

    public string Add(Guid account, string bank, string name, QuestionFile file, IReadOnlyList<GivenColumn> mapping, IReadOnlyList<GridRow> grid)
    {
        var added = new PendingQuestionFile(SecretToken.Create(), account, bank, name, file, mapping, grid, null, clock.Now + _lifetime, new SemaphoreSlim(1));
        lock (_lock)
        {
            _waiting.RemoveAll(waiting => waiting.Until <= clock.Now);
            if (_waiting.Count(waiting => waiting.Account == account) >= MostOfOne) _waiting.RemoveAt(_waiting.FindIndex(waiting => waiting.Account == account));
            _waiting.Add(added);
            while (_waiting.Count > 1 && _waiting.Sum(waiting => waiting.Weight) > Most) _waiting.RemoveAt(0);
        }

        return added.Secret;
    }

    public PendingQuestionFile? Find(string secret, Guid account, string bank)
    {
        lock (_lock) return _waiting.Find(waiting => waiting.Secret == secret && waiting.Account == account && waiting.Bank == bank && waiting.Until > clock.Now);
    }

    public void Done(PendingQuestionFile file, QuestionImportResult result)
    {
        lock (_lock)
        {
            if (_waiting.FindIndex(waiting => waiting.Secret == file.Secret) is >= 0 and var place) _waiting[place] = file with { Result = result, Until = clock.Now + _lifetime };
        }
    }

    public void Dispose() => Places.Dispose();
}
