using System.Security.Cryptography;
using System.Text;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Tests.ImportBank;

/// <summary>A bank of three questions, as its author would change it.</summary>
internal static class SmallBank
{
    public const string Raw = "河水清，河水急。\n春天涨水，夏天行船。\n";

    /// <summary>Its own slug for each test, so that tests share a database.</summary>
    public static BankFile Create(string slug) => new(
        new BankSource(slug, "河流", "测试社", new DateOnly(2024, 5, 1), "zh-CN", "sources/river.txt", Sha256(Raw)),
        [new("P01", "河水清，河水急。"), new("P02", "春天涨水，夏天行船。")],
        [new("K1", "河水", 3, [new("P01", "河水清")], [new("K1.1", "四季", 2, [new("P02", "春天涨水")], [])])],
        [Card("water", "河水怎样？", "清、急", "河水清，河水急"), Card("spring", "春天怎样？", "涨水", "河水清") with { Enemies = ["summer"] }, Card("summer", "夏天怎样？", "行船", "河水急") with { Enemies = ["spring"] }]);

    public static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static BankFile With(this BankFile bank, string id, Func<BankQuestion, BankQuestion> change) =>
        bank with { Questions = [.. bank.Questions.Select(question => question.Id == id ? change(question) : question)] };

    public static BankFile WithStem(this BankFile bank, string id, string stem) => bank.With(id, question => question with { Body = question.Body with { Stem = stem } });

    public static BankQuestion Card(string id, string front, string back, string quote) => new(
        id, "K1.1", QuestionOrigin.Written, QuestionStatus.Published,
        new Flashcard { Stem = front, Back = back, Explanation = "见原文。", Evidence = [new("P01", quote)], Difficulty = 1 }, []);
}
