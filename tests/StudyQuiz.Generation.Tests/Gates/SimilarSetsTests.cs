using CsCheck;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.Generation.Tests.Gates;

public sealed class SimilarSetsTests
{
    private static readonly Gen<string> _element = Gen.Int[0, 12].Select(n => ((char)('a' + n)).ToString());

    [Fact]
    public void Finds_what_comparing_each_with_each_finds() =>
        Gen.Select(_element.HashSet[0, 12].List[0, 25], Gen.Int[2, 10].Select(tenths => tenths / 10.0)).Sample((lists, least) =>
        {
            var sets = lists.Select(list => (IReadOnlySet<string>)list).ToList();
            Assert.Equal(EachWithEach(sets, least), SimilarSets.Pairs(sets, least));
        });

    private static IEnumerable<(int, int, double)> EachWithEach(List<IReadOnlySet<string>> sets, double least) =>
        from later in Enumerable.Range(0, sets.Count)
        from earlier in Enumerable.Range(0, later)
        let share = Bigrams.Jaccard(sets[later], sets[earlier])
        where share >= least
        select (later, earlier, share);
}
