namespace StudyQuiz.App.Features.ImportBank;

/// <summary>Gathers an import's report.</summary>
internal sealed class ImportLog(string source)
{
    private readonly List<(string Id, ImportDecision Decision)> _items = [];
    private readonly List<string> _missing = [];

    public void Add(string id, ImportDecision decision) => _items.Add((id, decision));

    public void Missing(IEnumerable<string> ids) => _missing.AddRange(ids.Order(StringComparer.Ordinal));

    public ImportReport Report() => new(
        source, With(ImportDecision.New), With(ImportDecision.Changed), With(ImportDecision.Unchanged, ImportDecision.Agreed),
        With(ImportDecision.Conflict), _missing, []);

    private List<string> With(params ImportDecision[] decisions) => [.. _items.Where(item => decisions.Contains(item.Decision)).Select(item => item.Id)];
}
