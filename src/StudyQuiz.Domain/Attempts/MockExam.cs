using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Attempts;

/// <summary>A part of a paper: so many questions of a type, each worth so many points.</summary>
public sealed record PaperSection(string Type, int Number, decimal Points);

/// <summary>A question of a paper and what it is worth.</summary>
public sealed record PaperQuestion(long Question, decimal Points);

/// <summary>The mock exam: 100 points in 45 minutes, passed from 60 on; of a smaller bank as much as it holds, in the same proportions.</summary>
public static class MockExam
{
    /// <summary>The fewest questions that are called an exam.</summary>
    public const int Fewest = 10;

    private const int Searches = 4;
    private const decimal FullPoints = 100;
    private const decimal FullMinutes = 45;
    private const decimal PassShare = 0.6m;

    /// <summary>In the order in which papers print them.</summary>
    public static IReadOnlyList<PaperSection> Sections { get; } =
    [
        new(QuestionTypes.SingleChoice, 20, 2),
        new(QuestionTypes.TrueFalse, 10, 2),
        new(QuestionTypes.MultipleChoice, 10, 3),
        new(QuestionTypes.Cloze, 5, 2),
    ];

    /// <summary>What a bank can give of it.</summary>
    /// <param name="held">How many questions of each type it holds.</param>
    public static IReadOnlyList<PaperSection> Of(IReadOnlyDictionary<string, long> held) =>
        [.. Sections.Select(section => section with { Number = (int)Math.Min(section.Number, held.GetValueOrDefault(section.Type)) }).Where(section => section.Number > 0)];

    public static decimal Total(IEnumerable<PaperSection> sections) => sections.Sum(section => section.Number * section.Points);

    /// <summary>The time for so many points, in whole minutes, before a learner's extra time.</summary>
    public static TimeSpan TimeFor(decimal points) => TimeSpan.FromMinutes((double)Math.Ceiling(points * FullMinutes / FullPoints));

    /// <summary>From how many of so many points on it is passed.</summary>
    public static decimal PassMark(decimal points) => Math.Ceiling(points * PassShare);

    /// <summary>Section by section, in each key points in turn, never two enemies. The same seed and candidates give the same paper.</summary>
    public static IReadOnlyList<PaperQuestion> Draw(IReadOnlyList<Candidate> candidates, IReadOnlyCollection<Enemies> enemies, long seed)
    {
        var rivals = QuestionSelection.Rivals(enemies);
        var barred = new HashSet<long>();
        var drawn = new List<PaperQuestion>();
        foreach (var (index, section) in Sections.Index())
        {
            var open = candidates.Where(one => one.Type == section.Type && !barred.Contains(one.Question)).ToList();
            foreach (var question in QuestionSelection.SelectQuestions(open, enemies, section.Number, Shuffle.Derive(seed, index)))
            {
                drawn.Add(new PaperQuestion(question, section.Points));
                barred.UnionWith(rivals[question]);
            }
        }

        return drawn;
    }

    /// <summary>Of a paper that enemies left short the fullest that is found, in which key points don't take turns; else the paper as it was drawn.</summary>
    /// <param name="enemies">All of the candidates'.</param>
    public static IReadOnlyList<PaperQuestion> Fullest(
        IReadOnlyList<PaperQuestion> drawn, IReadOnlyList<Candidate> candidates, IReadOnlyCollection<Enemies> enemies, long seed)
    {
        var sections = Of(candidates.CountBy(one => one.Type).ToDictionary(type => type.Key, type => (long)type.Value, StringComparer.Ordinal));
        var best = drawn;
        for (var search = 0; search < Searches && best.Count < sections.Sum(section => section.Number); search++)
        {
            var asked = new PaperSearch(candidates, enemies, sections, Shuffle.Derive(seed, Sections.Count + search)).Asked.ToLookup(one => one.Type, one => one.Question);
            List<PaperQuestion> found = [.. sections.SelectMany(section => asked[section.Type].Select(question => new PaperQuestion(question, section.Points)))];
            if (found.Sum(one => one.Points) > best.Sum(one => one.Points)) best = found;
        }

        return best;
    }
}
