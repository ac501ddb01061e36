using System.Runtime.InteropServices;

namespace StudyQuiz.Generation.Gates;

/// <summary>Finds sets that share much, without comparing each with each.</summary>
internal static class SimilarSets
{
    /// <summary>All pairs whose Jaccard share is at least <paramref name="least"/>, the later set first, in order of both.</summary>
    /// <remarks>
    /// Prefix filter (Chaudhuri, Ganti and Kaushik, A Primitive Operator for Similarity Joins in Data Cleaning, 2006; Bayardo, Ma and
    /// Srikant, Scaling Up All Pairs Similarity Search, 2007). Two sets with a share of t have at least ⌈t·n⌉ elements in common, n
    /// being the size of either, since their union is no smaller than n. Let all sets list their elements in one order. If none of the
    /// first n − ⌈t·n⌉ + 1 of the one were among as many of the other by the same rule, too few could be left to share; so only sets
    /// that meet in these prefixes are compared. With the rarest elements first, hardly any meet by chance.
    /// </remarks>
    /// <param name="least">Over 0, at most 1.</param>
    public static IEnumerable<(int Later, int Earlier, double Share)> Pairs(IReadOnlyList<IReadOnlySet<string>> sets, double least)
    {
        var frequency = sets.SelectMany(set => set).CountBy(element => element, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var met = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var later = 0; later < sets.Count; later++)
        {
            var set = sets[later];
            // the tiny amount makes up for t·n coming out above a whole number that it equals
            var length = set.Count - (int)Math.Ceiling((least * set.Count) - 1e-9) + 1;
            var prefix = set.OrderBy(element => frequency[element]).ThenBy(element => element, StringComparer.Ordinal).Take(set.Count == 0 ? 0 : length).ToList();
            var candidates = new SortedSet<int>();
            foreach (var element in prefix)
                if (met.TryGetValue(element, out var holders)) candidates.UnionWith(holders);
            foreach (var earlier in candidates)
                if (Bigrams.Jaccard(set, sets[earlier]) is var share && share >= least) yield return (later, earlier, share);
            foreach (var element in prefix)
                (CollectionsMarshal.GetValueRefOrAddDefault(met, element, out _) ??= []).Add(later);
        }
    }
}
