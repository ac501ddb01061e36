using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Live;

/// <summary>The words that this installation shows to no room: a short list of its own with names of public figures, and what the settings add.</summary>
public sealed class NameRules
{
    private const string Hidden = "＊＊＊";

    private readonly BlockedWords _blocked;

    public NameRules(IConfiguration settings)
    {
        var own = (settings["Names:Blocked"] ?? "").Split([',', '，', '、', ';', '\n'], StringSplitOptions.RemoveEmptyEntries);
        _blocked = new BlockedWords([.. Bundled(), .. own, .. FromFile(settings["Names:BlockedFile"])]);
    }

    /// <summary>Whether a room is not to read a name: for a word in it, or as it reads like the number that stands for a name until the host has seen it.</summary>
    /// <remarks>What is no text at all is nobody's word: the rules of names refuse it.</remarks>
    public bool AreIn(string name) => (StorableText.Is(name) && _blocked.AreIn(name)) || name is ['#', .. { Length: > 0 } number] && number.All(char.IsAsciiDigit);

    /// <summary>What a room typed, without such words. What counts as right is the author's.</summary>
    public IReadOnlyList<TypedCount> Hide(IEnumerable<TypedCount> typed) => [.. typed.Select(one => one.IsRight || !AreIn(one.Text) ? one : one with { Text = Hidden })];

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
            throw new SettingException($"Names__BlockedFile names {path}, which cannot be read. Correct the setting, or leave it out.", missing);
        }
    }

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('#'));
}
