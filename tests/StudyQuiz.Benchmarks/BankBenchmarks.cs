using BenchmarkDotNet.Attributes;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.Benchmarks;

/// <summary>What every start of the server does with the shipped bank, and 'check' with any.</summary>
public class BankBenchmarks
{
    [Benchmark]
    public BankReading Read() => BankFile.Read(ShippedBank.Yaml);

    [Benchmark]
    public string Write() => BankFile.Write(ShippedBank.Bank);

    /// <summary>The gates that an import must pass.</summary>
    [Benchmark]
    public int GatesForImport() => BankGates.CheckForImport(ShippedBank.Bank).Count;

    /// <summary>All gates, those that compare every pair of questions too.</summary>
    [Benchmark]
    public int AllGates() => BankGates.Check(ShippedBank.Bank).Count;
}
