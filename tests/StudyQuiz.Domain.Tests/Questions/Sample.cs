using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Tests.Questions;

/// <summary>One question of each type that the server grades.</summary>
internal static class Sample
{
    private static readonly Evidence[] _evidence = [new("P01", "依据")];

    public static SingleChoice Single { get; } = new()
    {
        Stem = "哪一项？",
        Explanation = "",
        Evidence = _evidence,
        Difficulty = 1,
        Options = [new("甲", false), new("乙", true), new("丙", false), new("丁", false)],
    };

    public static MultipleChoice Multiple { get; } = new()
    {
        Stem = "哪些项？",
        Explanation = "",
        Evidence = _evidence,
        Difficulty = 1,
        Options = [new("甲", true), new("乙", false), new("丙", true), new("丁", true), new("戊", false)],
    };

    public static TrueFalse Statement { get; } = new() { Stem = "如此。", Explanation = "", Evidence = _evidence, Difficulty = 1, Answer = false };

    public static Cloze Cloze { get; } = new()
    {
        Stem = $"做好“{Blank}”工作。",
        Explanation = "",
        Evidence = _evidence,
        Difficulty = 1,
        Accepted = ["六稳", "六稳工作"],
    };

    public static Ordering Ordering { get; } = new() { Stem = "排序。", Explanation = "", Evidence = _evidence, Difficulty = 1, Items = ["一", "二", "三", "四"] };

    public static Matching Matching { get; } = new()
    {
        Stem = "配对。",
        Explanation = "",
        Evidence = _evidence,
        Difficulty = 1,
        Pairs = [new("a", "A"), new("b", "B"), new("c", "C")],
    };

    public static IReadOnlyList<Question> Graded { get; } = [Single, Multiple, Statement, Cloze, Ordering, Matching];

    private const string Blank = Domain.Questions.Cloze.Blank;
}
