using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Merging;

/// <summary>The tree of key points as people left it, with what a new generation adds.</summary>
/// <param name="KeyPoints">The merged tree.</param>
/// <param name="NewIds">For each generated key point the one of the merged tree that stands for it.</param>
internal sealed record KeyPointMerge(IReadOnlyList<BankKeyPoint> KeyPoints, IReadOnlyDictionary<string, string> NewIds)
{
    /// <summary>A generated point is an existing one when their quotes overlap, most of all; else it is added, without its place in the tree.</summary>
    public static KeyPointMerge Of(BankFile existing, BankFile generated)
    {
        var paragraphs = generated.Paragraphs.ToDictionary(paragraph => paragraph.Id, paragraph => paragraph.Text, StringComparer.Ordinal);
        var known = existing.AllKeyPoints().Select(point => (point.Id, Places: Places(point, paragraphs))).ToList();
        var asked = generated.Questions.Select(question => question.KeyPoint).ToHashSet(StringComparer.Ordinal);
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var added = new List<BankKeyPoint>();
        foreach (var point in generated.AllKeyPoints())
        {
            var places = Places(point, paragraphs);
            var best = known.Select(other => (other.Id, Shared: Shared(places, other.Places))).OrderByDescending(other => other.Shared).FirstOrDefault();
            if (best.Shared > 0)
            {
                ids[point.Id] = best.Id;
            }
            else if (asked.Contains(point.Id))
            {
                ids[point.Id] = NewId(existing, added);
                added.Add(point with { Id = ids[point.Id], Points = [] });
            }
            else
            {
                ids[point.Id] = point.Id;
            }
        }

        return new KeyPointMerge([.. existing.KeyPoints, .. added], ids);
    }

    private static string NewId(BankFile existing, List<BankKeyPoint> added)
    {
        var taken = existing.AllKeyPoints().Select(point => point.Id).Concat(added.Select(point => point.Id)).ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, int.MaxValue).Select(number => $"K{number}").First(id => !taken.Contains(id));
    }

    private static List<(string Paragraph, int Start, int End)> Places(BankKeyPoint point, Dictionary<string, string> paragraphs)
    {
        var places = new List<(string Paragraph, int Start, int End)>();
        foreach (var quote in point.Evidence)
        {
            if (!paragraphs.TryGetValue(quote.Paragraph, out var text)) continue;
            var at = quote.At ?? text.IndexOf(quote.Quote, StringComparison.Ordinal);
            if (at >= 0) places.Add((quote.Paragraph, at, at + quote.Quote.Length));
        }

        return places;
    }

    // As a share of what either quotes, so that a heading is not taken for the chapter that quotes all of it
    private static double Shared(List<(string Paragraph, int Start, int End)> a, List<(string Paragraph, int Start, int End)> b)
    {
        var shared = a.Sum(x => b.Where(y => y.Paragraph == x.Paragraph).Sum(y => Math.Max(0, Math.Min(x.End, y.End) - Math.Max(x.Start, y.Start))));
        var all = a.Sum(x => x.End - x.Start) + b.Sum(y => y.End - y.Start) - shared;
        return all == 0 ? 0 : (double)shared / all;
    }
}
