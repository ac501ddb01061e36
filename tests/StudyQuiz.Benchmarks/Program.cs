using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Running;

// What a benchmark allocates matters as much as its time: a game's process has a budget of memory.
var config = DefaultConfig.Instance.AddDiagnoser(MemoryDiagnoser.Default).AddExporter(MarkdownExporter.GitHub);
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
