using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using StudyQuiz.App.Features.ImportBank;

namespace StudyQuiz.App.Features.GenerateBank;

/// <summary>The name of a bank in its address: latin letters, digits and single hyphens.</summary>
internal static partial class BankSlug
{
    public const int Longest = 60;
    private const int Shortest = 2;

    /// <summary>What an input of a form must match.</summary>
    public const string Pattern = "[a-z0-9]+(-[a-z0-9]+)*";

    public static bool IsValid(string slug) => slug.Length is >= Shortest and <= Longest && Shape().IsMatch(slug) && !BankImporter.ReservedSlugs.Contains(slug);

    /// <summary>A name made of a title in latin letters, else of the day.</summary>
    public static string Propose(string? title, DateTime today)
    {
        var slug = title is null || title.Any(IsOtherScript) ? "" : Fold(title);
        return IsValid(slug) ? slug : string.Create(CultureInfo.InvariantCulture, $"text-{today:yyyyMMdd}");
    }

    /// <summary>The first of a name, the name with -2, with -3 and so on that is not among those taken.</summary>
    public static string FirstFree(string slug, IReadOnlySet<string> taken) =>
        Enumerable.Range(1, taken.Count + 1).Select(n => n == 1 ? slug : string.Create(CultureInfo.InvariantCulture, $"{slug}-{n}")).First(name => !taken.Contains(name));

    private static bool IsOtherScript(char letter) => char.IsLetter(letter) && letter > '\u024F';

    private static string Fold(string title)
    {
        var letters = title.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark);
        var slug = Others().Replace(string.Concat(letters).ToLowerInvariant(), "-").Trim('-');
        // room for a number behind it
        return slug.Length <= Longest - 4 ? slug : slug[..(Longest - 4)].TrimEnd('-');
    }

    [GeneratedRegex($@"\A{Pattern}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shape();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Others();
}
