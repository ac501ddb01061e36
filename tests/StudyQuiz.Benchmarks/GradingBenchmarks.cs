using BenchmarkDotNet.Attributes;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Benchmarks;

/// <summary>Grading one right answer to a question of each type that the server grades.</summary>
public class GradingBenchmarks
{
    private static readonly Evidence[] _evidence = [new("P01", "开放")];
    private static readonly Option[] _options = [new("一体化", true), new("高质量", true), new("小岗村", false), new("长江口", false)];

    private static readonly Dictionary<string, Question> _questions = new(StringComparer.Ordinal)
    {
        [QuestionTypes.SingleChoice] = new SingleChoice { Stem = "", Explanation = "", Evidence = _evidence, Difficulty = 1, Options = [.. _options.Skip(1)] },
        [QuestionTypes.MultipleChoice] = new MultipleChoice { Stem = "", Explanation = "", Evidence = _evidence, Difficulty = 1, Options = _options },
        [QuestionTypes.TrueFalse] = new TrueFalse { Stem = "", Explanation = "", Evidence = _evidence, Difficulty = 1, Answer = true },
        [QuestionTypes.Cloze] = new Cloze { Stem = Cloze.Blank, Explanation = "", Evidence = _evidence, Difficulty = 1, Accepted = ["十四五", "“十四五”时期", "2020年"] },
        [QuestionTypes.Ordering] = new Ordering { Stem = "", Explanation = "", Evidence = _evidence, Difficulty = 1, Items = ["一", "二", "三", "四", "五"] },
        [QuestionTypes.Matching] = new Matching { Stem = "", Explanation = "", Evidence = _evidence, Difficulty = 1, Pairs = [new("沪", "上海"), new("苏", "江苏"), new("浙", "浙江"), new("皖", "安徽")] },
    };

    private Question _question = null!;
    private GivenAnswer _answer = null!;

    [ParamsSource(nameof(Types))]
    public string Type { get; set; } = "";

    public static IEnumerable<string> Types => _questions.Keys;

    [GlobalSetup]
    public void Prepare()
    {
        _question = _questions[Type];
        // Typed as keyboards do: full width, Chinese digits, a full stop. It matches the last of the accepted wordings.
        _answer = _question is Cloze ? new Typed("２０２０ 年。") : Grading.Key(_question)!;
    }

    [Benchmark]
    public Verdict Grade() => Grading.Grade(_question, _answer);
}

/// <summary>Making typed answers comparable.</summary>
public class TypedTextBenchmarks
{
    private static readonly string _longest = string.Concat(Enumerable.Repeat("“Ｙangtze Ｄelta 二〇二〇，”", 10))[..GivenAnswer.LongestTyped];

    [Benchmark]
    public string FewWords() => TypedText.Normalize("２０２０ 年。");

    [Benchmark]
    public string AsLongAsMayBe() => TypedText.Normalize(_longest);
}
