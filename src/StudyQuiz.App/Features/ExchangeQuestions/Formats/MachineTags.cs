using System.Globalization;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>What formats with tags and no better place carry as tags: the key point, the difficulty, and where it is needed the type.</summary>
internal static class MachineTags
{
    private const string KeyPoint = "key_point:";
    private const string Difficulty = "difficulty:";
    private const string Type = "type:";
    private const string AnyOrder = "any_order";

    public static IEnumerable<string> Of(BankQuestion question, bool withType = false)
    {
        if (withType) yield return Type + QuestionTypes.Of(question.Body);
        yield return KeyPoint + question.KeyPoint;
        yield return string.Create(CultureInfo.InvariantCulture, $"{Difficulty}{question.Body.Difficulty}");
        if (question.Body is Cloze { AnyOrder: true }) yield return AnyOrder;
        foreach (var tag in question.Tags) yield return tag;
    }

    /// <summary>The type that tags name; null where they name none.</summary>
    public static string? TypeOf(IEnumerable<string> tags) => tags.FirstOrDefault(tag => tag.StartsWith(Type, StringComparison.Ordinal))?[Type.Length..];

    /// <summary>A question with what its tags say of it, and the others as its own tags.</summary>
    public static RowQuestion Read(RowQuestion question, IReadOnlyCollection<string> tags)
    {
        if (tags.Count == 0) return question;
        var own = new List<string>();
        foreach (var tag in tags.Select(tag => tag.Trim()).Where(tag => tag.Length > 0).Distinct(StringComparer.Ordinal))
        {
            if (tag.StartsWith(KeyPoint, StringComparison.Ordinal)) question = question with { KeyPoint = tag[KeyPoint.Length..] };
            else if (tag.StartsWith(Difficulty, StringComparison.Ordinal) && RowText.Difficulty(tag[Difficulty.Length..]) is { } level) question = question with { Difficulty = level };
            else if (tag == AnyOrder) question = question with { AnyOrder = true };
            else if (!tag.StartsWith(Type, StringComparison.Ordinal)) own.Add(tag);
        }

        return question with { Tags = own };
    }
}
