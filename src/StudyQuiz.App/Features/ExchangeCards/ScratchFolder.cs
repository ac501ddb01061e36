namespace StudyQuiz.App.Features.ExchangeCards;

/// <summary>A folder of its own below the system's temporary one, for SQLite works on files only. It goes with everything in it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("studyquiz-cards-");

    public string File(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
