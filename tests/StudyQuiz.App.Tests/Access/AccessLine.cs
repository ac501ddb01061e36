namespace StudyQuiz.App.Tests.Access;

/// <summary>A line of <c>access.txt</c>: a method and a route, who may use it at least, and whose thing it is about.</summary>
/// <param name="Level">anyone, account, host, editor or admin.</param>
/// <param name="Thing">What it is about, where that is somebody's; null otherwise.</param>
/// <param name="AdminsToo">Whether admins see what is others'.</param>
/// <param name="MayBeMissing">Whether its owner may find nothing there either.</param>
internal sealed record AccessLine(string Level, string? Thing, bool AdminsToo, bool MayBeMissing)
{
    private static readonly Dictionary<string, string[]> _denied = new(StringComparer.Ordinal)
    {
        ["anyone"] = [],
        ["account"] = ["nobody"],
        ["host"] = ["nobody", "learner"],
        ["editor"] = ["nobody", "learner", "host"],
        ["admin"] = ["nobody", "learner", "host", "editor"],
    };

    /// <summary>Whether a role alone is not enough.</summary>
    public bool DeniesRole(string role) => _denied[Level].Contains(role);

    public bool Denies(string role) => DeniesRole(role) || (Thing is not null && !(AdminsToo && role == "admin"));

    public static IReadOnlyDictionary<string, AccessLine> All() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Access", "access.txt")).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .ToDictionary(parts => parts[0], parts => new AccessLine(parts[1], parts.ElementAtOrDefault(2)?.TrimEnd('+', '?'), parts.ElementAtOrDefault(2)?.Contains('+', StringComparison.Ordinal) == true, parts.ElementAtOrDefault(2)?.Contains('?', StringComparison.Ordinal) == true), StringComparer.Ordinal);
}
