using System.Globalization;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.KeepNotebook;

/// <summary>What of a notebook is asked for, as the address says it.</summary>
/// <param name="Source">A slug; null for the source of the last wrong answer.</param>
/// <param name="Point">A key point, those below it included; null for all.</param>
/// <param name="Type">Null for all.</param>
/// <param name="IsMostMissed">What was missed most comes first, else what was missed last.</param>
/// <param name="IsLeft">What has left in the last days, instead of what is in.</param>
/// <param name="Page">Counts from 1.</param>
public sealed record NotebookFilter(string? Source, long? Point = null, string? Type = null, bool IsMostMissed = false, bool IsLeft = false, int Page = 1)
{
    private const int LastPage = 10_000;

    /// <summary>Reads an address; what it says wrongly counts as not said.</summary>
    internal static NotebookFilter Of(IQueryCollection query) => new(
        query["source"].ToString() is { Length: > 0 } slug ? slug : null,
        long.TryParse(query["point"], NumberStyles.None, CultureInfo.InvariantCulture, out var point) ? point : null,
        QuestionTypes.All.FirstOrDefault(type => type == query["type"]),
        query["sort"] == "most",
        query["show"] == "left",
        int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, LastPage) : 1);

    /// <summary>The address of the notebook's page that shows this.</summary>
    public string Href => At(NotebookEndpoints.Path);

    /// <summary>The address of another view of the same.</summary>
    public string At(string path)
    {
        string?[] parts =
        [
            Source is null ? null : "source=" + Uri.EscapeDataString(Source),
            Point is { } point ? string.Create(CultureInfo.InvariantCulture, $"point={point}") : null,
            Type is null ? null : "type=" + Type,
            IsMostMissed ? "sort=most" : null,
            IsLeft ? "show=left" : null,
            Page > 1 ? string.Create(CultureInfo.InvariantCulture, $"page={Page}") : null,
        ];
        var said = string.Join('&', parts.Where(part => part is not null));
        return said.Length == 0 ? path : path + "?" + said;
    }
}
