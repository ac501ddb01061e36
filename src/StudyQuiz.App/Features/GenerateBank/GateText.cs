using System.Globalization;
using Microsoft.Extensions.Localization;
using StudyQuiz.App.Platform;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.App.Features.GenerateBank;

/// <summary>What gates find in other languages than their own: by the code of a finding, with what it fills in.</summary>
public sealed class GateText
{
    /// <summary>In the page's language. Of a finding that was stored before findings had codes, at least the words of the text that it names.</summary>
    internal static string Say(GateFinding finding, IStringLocalizer<GateText> text)
    {
        if (Language.Current == Language.English) return finding.Message;
        return finding.Code is { } code && text[code] is { ResourceNotFound: false } words
            ? string.Format(CultureInfo.InvariantCulture, words.Value, [.. finding.Arguments])
            : string.Join('　', finding.Message.Split('“').Skip(1).Select(part => part.Split('”')[0]).Where(named => named.Length > 0).Distinct(StringComparer.Ordinal).Select(named => $"“{named}”"));
    }
}
