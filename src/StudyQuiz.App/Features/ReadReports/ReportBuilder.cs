using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ReadReports;

/// <summary>A question as a report needs it.</summary>
/// <param name="Number">See <see cref="ReportQuestion"/>.</param>
/// <param name="Key">The question by whose key answers are graded today.</param>
internal sealed record AskedItem(int Number, long Id, string Slug, string Language, bool IsOwn, Question Key, Presentation Presentation, bool IsCorrected, bool IsHostsKey, int Appeals);

/// <summary>What one person did with one question.</summary>
/// <param name="Person">An index among the people.</param>
/// <param name="Item">An index among the questions.</param>
internal sealed record GivenItem(int Person, int Item, GivenAnswer? Answer, Verdict Verdict, TimeSpan? Took);

/// <summary>Counts what people did with each question.</summary>
internal static class ReportBuilder
{
    public static IReadOnlyList<ReportQuestion> Questions(IReadOnlyList<AskedItem> items, IReadOnlyList<GivenItem> given)
    {
        var totals = given.GroupBy(one => one.Person).ToDictionary(person => person.Key, person => person.Sum(one => one.Verdict.Credit));
        var byItem = given.ToLookup(one => one.Item);
        return [.. items.Select((item, i) => Of(item, [.. byItem[i]], totals))];
    }

    /// <summary>A person's outcomes in the order of the questions.</summary>
    public static IReadOnlyList<Outcome?> Outcomes(int questions, IEnumerable<GivenItem> given)
    {
        var outcomes = new Outcome?[questions];
        foreach (var one in given) outcomes[one.Item] = one.Verdict.Outcome;
        return outcomes;
    }

    private static ReportQuestion Of(AskedItem item, IReadOnlyList<GivenItem> given, Dictionary<int, decimal> totals) => new(
        item.Number, item.Id, item.Slug, item.Language, item.IsOwn, item.Key, item.Presentation,
        [.. given.Select(one => one.Verdict.Credit)], [.. given.Select(one => totals[one.Person] - one.Verdict.Credit)], [.. given.Where(one => one.Answer is not null).Select(one => one.Took).OfType<TimeSpan>()],
        Picks(item.Key, [.. given.Select(one => one.Answer).OfType<GivenAnswer>()]), given.CountBy(one => one.Verdict.Outcome).ToDictionary(), item.IsCorrected, item.IsHostsKey, item.Appeals);

    private static IReadOnlyList<int> Picks(Question question, IReadOnlyList<GivenAnswer> answers) => question switch
    {
        SingleChoice or MultipleChoice => [.. Enumerable.Range(0, question.Shuffled).Select(option => answers.Count(answer => answer is Chosen chosen && chosen.Options.Contains(option)))],
        TrueFalse => [answers.Count(answer => answer is Judged { Value: true }), answers.Count(answer => answer is Judged { Value: false })],
        _ => [],
    };
}
