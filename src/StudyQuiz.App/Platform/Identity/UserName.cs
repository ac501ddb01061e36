using System.Globalization;
using System.Text;
using StudyQuiz.Domain;

namespace StudyQuiz.App.Platform.Identity;

/// <summary>Rules for the names that people sign in with.</summary>
public static class UserName
{
    public const int Shortest = 2;
    public const int Longest = 64;

    /// <summary>
    /// The name as it is stored: NFKC (so full-width letters are the plain ones), trimmed. Null where it is too short or too long,
    /// or holds anything but letters and digits of any script and <c>. _ - @ +</c>: numbers, e-mail addresses and phone numbers will do.
    /// </summary>
    public static string? Clean(string? typed)
    {
        if (typed is null || typed.Length > Longest * 4 || !StorableText.Is(typed)) return null;
        var name = typed.Normalize(NormalizationForm.FormKC).Trim();
        var length = new StringInfo(name).LengthInTextElements;
        return length is >= Shortest and <= Longest && name.EnumerateRunes().All(IsAllowed) ? name : null;
    }

    /// <summary>Whether a name tells no address and no number by which somebody could be found: no <c>@</c>, and no more than four digits in all.</summary>
    public static bool IsNickname(string name) => !name.Contains('@', StringComparison.Ordinal) && name.EnumerateRunes().Count(Rune.IsDigit) <= 4;

    /// <summary>Two names with one key are the same name. It is how ASP.NET Core Identity normalises, too.</summary>
    public static string Key(string name) => name.ToUpperInvariant();

    /// <summary>The key of the beginning of a name; empty where nothing that a name may hold was typed.</summary>
    public static string SearchKey(string? typed) =>
        typed is not null && typed.Length <= Longest * 4 && StorableText.Is(typed) ? Key(typed.Normalize(NormalizationForm.FormKC).Trim()) : "";

    private static bool IsAllowed(Rune rune) => Rune.IsLetterOrDigit(rune) || rune.Value is '.' or '_' or '-' or '@' or '+';
}
