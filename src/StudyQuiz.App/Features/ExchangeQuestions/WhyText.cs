using System.Globalization;
using System.Resources;
using StudyQuiz.App.Features.ExchangeCards;
using StudyQuiz.App.Features.ExchangeQuestions.Formats;
using StudyQuiz.App.Features.GenerateBank;

namespace StudyQuiz.App.Features.ExchangeQuestions;

/// <summary>Reasons in words.</summary>
internal static class WhyText
{
    /// <summary>Begins the codes of reasons whose first part is a gate.</summary>
    public const string Gate = "Gate.";

    private const string Card = "Anki.";
    private static readonly ResourceManager GateTexts = new(typeof(GenerateBankText));
    private static readonly ResourceManager Texts = new(typeof(QuestionFilesText));
    private static readonly ResourceManager CardTexts = new(typeof(ExchangeText));

    /// <summary>The language of commands and their files.</summary>
    public static CultureInfo English { get; } = CultureInfo.GetCultureInfo("en");

    public static string Say(Why why, CultureInfo? language = null)
    {
        var culture = language ?? CultureInfo.CurrentUICulture;
        if (why.Code.StartsWith(Gate, StringComparison.Ordinal)) why = why with { Args = [GateTexts.GetString(Gate + why.Args[0], culture) ?? why.Args[0], .. why.Args[1..]] };
        // what a file of cards is refused for is said as where cards are studied
        return why.Code.StartsWith(Card, StringComparison.Ordinal)
            ? Filled(CardTexts, why.Code.StartsWith(Card + "Row.", StringComparison.Ordinal) ? why.Code[Card.Length..] : "Refused." + why.Code[Card.Length..], culture,
                ImportedFile.LargestUpload / GivenFile.Mega, ImportedFile.LargestUnpacked / GivenFile.Mega, ImportedFile.MostRows, ImportedFile.MostReviews, ImportedFile.LargestText / GivenFile.Mega, ImportedFile.MostEntries)
            : Filled(Texts, "Why." + why.Code, culture, why.Args);
    }

    /// <summary>What a part of a question is called.</summary>
    public static string PartOf(QuestionParts part, CultureInfo? language = null) => Filled(Texts, "Part." + part, language ?? CultureInfo.CurrentUICulture);

    private static string Filled(ResourceManager texts, string name, CultureInfo culture, params object[] args) =>
        string.Format(culture, texts.GetString(name, culture) ?? throw new InvalidOperationException($"There is no text {name}."), args);
}
