using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>What belongs to a question beside its words and its key.</summary>
[Flags]
internal enum QuestionParts
{
    None = 0,
    Id = 1,
    Explanation = 2,
    Reasons = 4,
    Evidence = 8,
    Difficulty = 16,
    KeyPoint = 32,
    Tags = 64,
    AnyOrder = 128,
    Enemies = 256,
    Origin = 512,
    Status = 1024,

    /// <summary>Answers that an appeal made count.</summary>
    AlsoCounts = 2048,

    /// <summary>What stands above the stem; pictures stay where they are stored.</summary>
    Picture = 4096,
}

internal static class PartsOfQuestion
{
    /// <summary>The parts that a question has something in.</summary>
    public static QuestionParts Of(BankQuestion question)
    {
        var body = question.Body;
        return QuestionParts.Id | QuestionParts.Difficulty | QuestionParts.KeyPoint | QuestionParts.Origin | QuestionParts.Status
            | If(QuestionParts.Explanation, body.Explanation.Length > 0)
            | If(QuestionParts.Reasons, Bodies.OptionsOf(body).Any(option => option.Why is not null))
            | If(QuestionParts.Evidence, body.Evidence.Count > 0)
            | If(QuestionParts.Tags, question.Tags.Count > 0)
            | If(QuestionParts.AnyOrder, body is Cloze { AnyOrder: true })
            | If(QuestionParts.Enemies, question.Enemies.Count > 0)
            | If(QuestionParts.AlsoCounts, body.AlsoCounts is { Count: > 0 })
            | If(QuestionParts.Picture, body.Picture is not null);
    }

    /// <summary>The question without some of its parts.</summary>
    public static BankQuestion Without(BankQuestion question, QuestionParts parts)
    {
        var body = question.Body;
        if (parts.HasFlag(QuestionParts.Explanation)) body = body with { Explanation = "" };
        if (parts.HasFlag(QuestionParts.Evidence)) body = body with { Evidence = [] };
        if (parts.HasFlag(QuestionParts.Difficulty)) body = body with { Difficulty = 1 };
        if (parts.HasFlag(QuestionParts.Picture)) body = body with { Picture = null };
        if (parts.HasFlag(QuestionParts.AlsoCounts)) body = body with { AlsoCounts = null };
        if (parts.HasFlag(QuestionParts.AnyOrder) && body is Cloze cloze) body = cloze with { AnyOrder = false };
        if (parts.HasFlag(QuestionParts.Reasons))
        {
            body = body switch
            {
                SingleChoice single => single with { Options = [.. single.Options.Select(option => option with { Why = null })] },
                MultipleChoice multiple => multiple with { Options = [.. multiple.Options.Select(option => option with { Why = null })] },
                _ => body,
            };
        }

        return new BankQuestion(
            parts.HasFlag(QuestionParts.Id) ? "" : question.Id, parts.HasFlag(QuestionParts.KeyPoint) ? "" : question.KeyPoint, parts.HasFlag(QuestionParts.Origin) ? default : question.Origin,
            parts.HasFlag(QuestionParts.Status) ? default : question.Status, body, parts.HasFlag(QuestionParts.Enemies) ? [] : question.Enemies)
        {
            Tags = parts.HasFlag(QuestionParts.Tags) ? [] : question.Tags,
        };
    }

    private static QuestionParts If(QuestionParts part, bool has) => has ? part : QuestionParts.None;
}
