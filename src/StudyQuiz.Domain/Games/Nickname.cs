using System.Globalization;
using System.Text;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Games;

/// <summary>Rules for the names that players choose and a whole room reads.</summary>
public static class Nickname
{
    /// <summary>The longest nickname, in user-perceived characters (graphemes).</summary>
    public const int Longest = 20;

    private const int MarksAGrapheme = 2;
    private const int Joiner = 0x200D;

    /// <summary>
    /// The name as it is shown: NFKC, trimmed, inner white space single. Null where it is empty, longer than <see cref="Longest"/>,
    /// holds a control, format (bidi, zero-width), unassigned or blank character, has nothing but marks, or stacks more than two of them.
    /// The one format character that is taken is the joiner between two emoji.
    /// </summary>
    /// <param name="longest">In place of <see cref="Longest"/>.</param>
    public static string? Clean(string? typed, int longest = Longest)
    {
        if (typed is null || typed.Length > longest * 10 || !StorableText.Is(typed)) return null;
        var name = string.Join(' ', typed.Normalize(NormalizationForm.FormKC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var length = new StringInfo(name).LengthInTextElements;
        return length > 0 && length <= longest && IsShown(name) && !name.EnumerateRunes().All(IsMark) && !StacksMarks(name) ? name : null;
    }

    /// <summary>Two names with the same skeleton look alike, so that only one of them may sit in a game.</summary>
    /// <remarks>Case, white space, marks and punctuation fold away; digits that pass for letters fold with them, traditional characters with simplified ones.</remarks>
    public static string Skeleton(string name)
    {
        var skeleton = new StringBuilder(name.Length);
        foreach (var rune in name.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (!Rune.IsLetterOrDigit(rune) && Rune.GetUnicodeCategory(rune) is not UnicodeCategory.OtherSymbol) continue;
            skeleton.Append(LooksLike(Rune.ToLowerInvariant(rune).ToString()));
        }

        return skeleton.Length == 0 ? name : SimplifiedForms.Of(skeleton.ToString());
    }

    /// <summary>Names close to one that is taken, which nobody has.</summary>
    /// <param name="isFree">Whether nobody has a name that looks like this.</param>
    public static IReadOnlyList<string> Near(string taken, Func<string, bool> isFree, int count) =>
        Clean(taken) is { } name ? [.. Variants(name).Where(variant => Clean(variant) == variant && isFree(variant)).Take(count)] : [];

    private static IEnumerable<string> Variants(string name)
    {
        var isLatin = name.All(char.IsAscii);
        IReadOnlyList<string> after = isLatin ? [" 2", " 3", " 7", " Jr"] : ["二", "三", "七", "同学"];
        IReadOnlyList<string> before = isLatin ? ["The ", "New "] : ["小", "秋", "春"];
        for (var i = 0; i < after.Count; i++)
        {
            yield return name + after[i];
            if (i < before.Count) yield return before[i] + name;
        }

        for (var number = 8; number < 100; number++) yield return $"{name} {number}";
    }

    // The pairs that a classroom uses to pass for someone else; the full Unicode table is not needed for that.
    private static string LooksLike(string letter) => letter switch
    {
        "0" or "о" or "ο" or "〇" => "o",
        "1" or "l" or "і" or "ι" or "ı" => "i",
        "а" or "α" => "a",
        "в" or "ь" or "β" => "b",
        "е" or "ε" => "e",
        "р" or "ρ" => "p",
        "с" => "c",
        "х" or "χ" => "x",
        "у" or "γ" => "y",
        "к" or "κ" => "k",
        "м" => "m",
        "н" => "h",
        "т" or "τ" => "t",
        "ѕ" => "s",
        _ => letter,
    };

    // Letters, symbols and marks by category that draw nothing: fillers of Hangul, braille, hieroglyphs and notes, joiners, selectors.
    private static bool IsBlank(Rune rune) => rune.Value is
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164 or 0xFFA0
        or 0x13441 or 0x13442 or 0x16FE4 or 0x1D159;

    private static bool IsShown(string name)
    {
        Rune[] runes = [.. name.EnumerateRunes()];
        return runes.Index().All(one => IsShown(one.Item) || (one.Item.Value == Joiner && JoinsEmoji(runes, one.Index)));
    }

    // A family is people with joiners between them; before a joiner, an emoji may have a selector or a tone of skin
    private static bool JoinsEmoji(Rune[] runes, int at)
    {
        var before = at - 1;
        while (before >= 0 && runes[before].Value is 0xFE0F or (>= 0x1F3FB and <= 0x1F3FF)) before--;
        return before >= 0 && IsSymbol(runes[before]) && at + 1 < runes.Length && IsSymbol(runes[at + 1]);
    }

    private static bool IsSymbol(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol;

    private static bool IsShown(Rune rune) => !IsBlank(rune) && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool StacksMarks(string name)
    {
        var marks = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            marks = IsMark(rune) ? marks + 1 : 0;
            if (marks > MarksAGrapheme) return true;
        }

        return false;
    }
}
