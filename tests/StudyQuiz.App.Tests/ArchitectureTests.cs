using System.Reflection;

namespace StudyQuiz.App.Tests;

/// <summary>App → Generation → Domain; App → Postgres. Rules stay free of packages, clocks and I/O.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly _domain = typeof(Domain.Questions.Question).Assembly;
    private static readonly Assembly _generation = Assembly.Load("StudyQuiz.Generation");
    private static readonly Assembly _postgres = typeof(StudyQuiz.Postgres.DatabaseMigrator).Assembly;

    [Fact]
    public void Domain_needs_nothing_but_the_base_class_library() =>
        Assert.All(References(_domain), name => Assert.StartsWith("System", name, StringComparison.Ordinal));

    [Fact]
    public void Domain_asks_no_clock_no_chance_and_no_disk()
    {
        string[] banned = ["System.IO.FileSystem", "System.Net.Http", "System.Net.Sockets", "System.Security.Cryptography", "System.Console"];
        Assert.DoesNotContain(References(_domain), name => banned.Contains(name, StringComparer.Ordinal));
    }

    [Fact]
    public void Generation_knows_only_the_domain_of_ours() => Assert.Equal(["StudyQuiz.Domain"], Ours(_generation));

    [Fact]
    public void Postgres_knows_nothing_of_ours() => Assert.Empty(Ours(_postgres));

    private static IEnumerable<string> Ours(Assembly assembly) => References(assembly).Where(name => name.StartsWith("StudyQuiz", StringComparison.Ordinal));

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(reference => reference.Name!);
}
