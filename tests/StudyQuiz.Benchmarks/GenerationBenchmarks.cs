using BenchmarkDotNet.Attributes;
using StudyQuiz.Generation;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Benchmarks;

/// <summary>'generate' from the raw text to the finished bank, over texts of growing length: no worse than n·log n is allowed.</summary>
public class GenerationBenchmarks
{
    private static readonly GenerationSettings _settings = new("synthetic", "sources/synthetic.txt", "00", 1) { Title = "样本", Publisher = "本社" };
    private string _text = "";

    [Params(2_000, 4_000, 8_000, 16_000, 64_000)]
    public int Characters { get; set; }

    [GlobalSetup]
    public void Write() => _text = SyntheticSpeech.Of(Characters);

    [Benchmark]
    public int Clean() => Normalizer.Clean(_text).Paragraphs.Count;

    [Benchmark]
    public int Generate() => Generator.Generate(Normalizer.Clean(_text), _settings).Bank.Questions.Count;
}

/// <summary>The report that the project began with.</summary>
public class FirstSourceBenchmarks
{
    private static readonly GenerationSettings _settings = new("first", "sources/first.txt", "00", 1);

    [Benchmark]
    public int Generate() => Generator.Generate(Normalizer.Clean(ShippedBank.Source), _settings).Bank.Questions.Count;
}
