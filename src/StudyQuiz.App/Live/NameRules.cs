using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Live;

/// <summary>The words that this installation shows in no name: a short list of its own, and what the settings add, such as names of public figures.</summary>
public sealed class NameRules
{
    private readonly BlockedWords _blocked;

    public NameRules(IConfiguration settings)
    {
        var own = (settings["Names:Blocked"] ?? "").Split([',', '，', '、', ';', '\n'], StringSplitOptions.RemoveEmptyEntries);
        _blocked = new BlockedWords([.. Bundled(), .. own, .. FromFile(settings["Names:BlockedFile"])]);
    }

    public bool AreIn(string name) => _blocked.AreIn(name);

    private static IEnumerable<string> Bundled()
    {
        using var stream = typeof(NameRules).Assembly.GetManifestResourceStream("blocked-words.txt")!;
        using var reader = new StreamReader(stream);
        return Lines(reader.ReadToEnd());
    }

    private static IEnumerable<string> FromFile(string? path)
    {
        if (string.IsNullOrWhiteSpace(path)) return [];
        try
        {
            return Lines(File.ReadAllText(path));
        }
        catch (IOException missing)
        {
            throw new InvalidOperationException($"Names__BlockedFile names {path}, which cannot be read. Correct the setting, or leave it out.", missing);
        }
    }

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('#'));
}
