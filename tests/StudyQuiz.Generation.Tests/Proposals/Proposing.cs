using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Items;
using StudyQuiz.Generation.Normalizing;
using StudyQuiz.Generation.Proposals;
using StudyQuiz.Generation.Tests.Normalizing;

namespace StudyQuiz.Generation.Tests.Proposals;

/// <summary>A draft of a sample text, and a good proposal on it.</summary>
internal static class Proposing
{
    public static readonly GenerationSettings Settings = new("water", "sources/water.txt", new string('0', 64), Seed: 7) { MostQuestions = 500 };
    public static readonly Drafted Draft = Generator.Draft(Normalizer.Clean(SampleText.Raw("water-saving")), Settings);
    public static readonly IReadOnlyList<FactOffer> Offers = FactOffer.Of(Draft);
    private static readonly Dictionary<string, FactOffer> _offered = Offers.ToDictionary(offer => offer.Id, StringComparer.Ordinal);

    /// <summary>The first fact whose sentence holds some words.</summary>
    public static FactOffer About(string words) => Offers.First(offer => offer.Context.Contains(words, StringComparison.Ordinal));

    public static ProposedItem Good { get; } = new(
        About("二万六千吨").Id, QuestionTypes.SingleChoice, "去年一共用水二万六千吨", "这所学校去年一共用了多少水？", ["二万六千吨"], ["三万二千吨", "一万八千吨"], [], null);

    /// <summary>An ordering on a fact whose order means something.</summary>
    public static ProposedItem InOrder
    {
        get
        {
            var fact = Offers.First(offer => offer.Fact.IsOrdered && Clauses(offer).Count >= 3);
            return Good with { Fact = fact.Id, Type = QuestionTypes.Ordering, Quote = fact.Context, Stem = $"关于{fact.KeyPoint}，按文中的先后排列。", Right = [.. Clauses(fact).Take(3)], Wrong = [] };
        }
    }

    private static List<string> Clauses(FactOffer offer) => [.. offer.Context.Split('，', '。', '；').Where(clause => clause.Length > 3).Distinct(StringComparer.Ordinal)];

    public static ProposedItem Statement(string stem, bool isTrue) => Good with { Type = QuestionTypes.TrueFalse, Stem = stem, Right = [], Wrong = [], IsTrue = isTrue };

    public static ReadProposal Read(ProposedItem? item) => new ProposalReader(Draft).Read(item, _offered);

    public static ProposalRefusal Why(ProposedItem? item) => Assert.IsType<ReadProposal.Refused>(Read(item)).Why;

    public static Candidate Candidate(ProposedItem item)
    {
        var read = Read(item);
        return Assert.IsType<ReadProposal.Candidate>(read).Question;
    }

    public static GeneratedBank Choose(params IReadOnlyList<Candidate> candidates) =>
        Generator.Choose(Draft, new ProposalRun(candidates, Offered: 10, Left: 2, Calls: 3, Retries: 1, Proposed: candidates.Count, [], []));
}
