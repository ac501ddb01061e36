using Microsoft.Extensions.Localization;

namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>Why a version was made, as it is stored: in its editor's words, or by a name of the product's where nobody gave a reason.</summary>
internal static class VersionReason
{
    private const string None = "edit";

    private static readonly HashSet<string> _named = new(StringComparer.Ordinal) { "import", "new", "text", "difficulty", "appeal" };

    /// <summary>As people read it; null where nobody said.</summary>
    public static string? Said(string reason, IStringLocalizer<EditQuestionText> text) => reason is "" or None ? null : _named.Contains(reason) ? text["Reason." + reason] : reason;

    /// <summary>What an editor gives for a reason, told apart from the product's own names.</summary>
    public static string Typed(string words) => words == None || _named.Contains(words) ? $"“{words}”" : words;

    /// <summary>What an editor wrote; null where nobody did.</summary>
    public static string? Written(string reason) => reason is "" or None || _named.Contains(reason) ? null : reason;
}
