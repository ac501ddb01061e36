using BenchmarkDotNet.Attributes;
using StudyQuiz.Domain.Attempts;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Benchmarks;

/// <summary>Drawing a self-test's or a game's questions from all of a source's candidates.</summary>
public class SelectionBenchmarks
{
    private static readonly string[] _types = [QuestionTypes.SingleChoice, QuestionTypes.MultipleChoice, QuestionTypes.TrueFalse, QuestionTypes.Cloze];

    private Candidate[] _candidates = [];
    private Enemies[] _enemies = [];

    /// <summary>From a report of some pages to more than any one source has.</summary>
    [Params(100, 10_000, 100_000)]
    public int Candidates { get; set; }

    /// <summary>A game; a paper.</summary>
    [Params(10, 50)]
    public int Picked { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        // Ten questions a key point, and every tenth question is an enemy of the next.
        _candidates = [.. Enumerable.Range(0, Candidates).Select(i => new Candidate(i, i / 10, _types[i % _types.Length]))];
        _enemies = [.. Enumerable.Range(0, Candidates / 10).Select(i => new Enemies(i * 10, i * 10 + 1))];
    }

    [Benchmark]
    public IReadOnlyList<long> Select() => QuestionSelection.SelectQuestions(_candidates, _enemies, Picked, seed: 20200822);
}
