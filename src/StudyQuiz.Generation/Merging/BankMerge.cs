using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Selecting;

namespace StudyQuiz.Generation.Merging;

/// <summary>What a regeneration did to a bank that people had worked on.</summary>
/// <param name="Bank">The merged bank.</param>
/// <param name="Added">Ids of drafts that are new.</param>
/// <param name="Updated">Ids of generated questions whose wording the generator has changed since; their status stays.</param>
/// <param name="Kept">Ids of edited, written and reviewed questions that stay as they are.</param>
/// <param name="Removed">Ids of generated drafts that are no longer generated.</param>
/// <param name="Conflicts">Kept questions and key points that no longer fit the text, and drafts that were left out for one of them.</param>
public sealed record MergedBank(
    BankFile Bank, IReadOnlyList<string> Added, IReadOnlyList<string> Updated, IReadOnlyList<string> Kept, IReadOnlyList<string> Removed, IReadOnlyList<GateFinding> Conflicts);

/// <summary>
/// Brings a new generation into a bank without losing what people did: edited and written questions stay word for word, a reviewed
/// question keeps its status and a refused one stays refused, the tree of key points stays as people named it.
/// </summary>
public static class BankMerge
{
    private static readonly HashSet<string> _pairGates = new(StringComparer.Ordinal) { "like stems", "one item per fact" };

    /// <summary>The merged bank. Where the texts are the same, merging twice gives the same as once.</summary>
    /// <param name="existing">The bank as people left it.</param>
    /// <param name="generated">A new generation, all of it drafts.</param>
    public static MergedBank Merge(BankFile existing, BankFile generated)
    {
        var tree = KeyPointMerge.Of(existing, generated);
        var fresh = generated.Questions.ToDictionary(question => question.Id, question => question with { KeyPoint = tree.NewIds[question.KeyPoint], Enemies = [] }, StringComparer.Ordinal);
        var questions = new List<BankQuestion>();
        var (updated, kept, removed) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var question in existing.Questions)
        {
            var again = fresh.GetValueOrDefault(question.Id);
            if (question.Origin != QuestionOrigin.Generated || (again is null && question.Status != QuestionStatus.Draft))
            {
                questions.Add(question);
                kept.Add(question.Id);
            }
            else if (again is null)
            {
                removed.Add(question.Id);
            }
            else
            {
                // positions of options are no wording: they stay, lest a key that people balanced moves
                var same = HasSameWords(question.Body, again.Body);
                if (!same) updated.Add(question.Id);
                questions.Add(same ? question : again with { Status = question.Status, KeyPoint = question.KeyPoint, Enemies = question.Enemies, Tags = question.Tags });
            }
        }

        var known = existing.Questions.Select(question => question.Id).ToHashSet(StringComparer.Ordinal);
        var (added, refused) = Fitting(questions, [.. fresh.Values.Where(question => !known.Contains(question.Id))], generated);
        var bank = new BankFile(
            existing.Source with { Sha256 = generated.Source.Sha256, File = generated.Source.File, Language = generated.Source.Language },
            generated.Paragraphs,
            tree.KeyPoints,
            InOrder([.. questions, .. added], tree.KeyPoints));
        bank = Presenting.WithEnemies(WithoutLostEnemies(bank), new Dictionary<string, string>(StringComparer.Ordinal));
        var faults = BankGates.CheckForImport(bank).Where(finding => kept.Contains(finding.Item) || bank.AllKeyPoints().Any(point => point.Id == finding.Item));
        return new MergedBank(bank, [.. added.Select(question => question.Id)], updated, kept, removed, [.. faults, .. refused]);
    }

    // New drafts that repeat what is there already are left out
    private static (List<BankQuestion> Added, List<GateFinding> Refused) Fitting(List<BankQuestion> present, List<BankQuestion> drafts, BankFile generated)
    {
        var ids = drafts.Select(question => question.Id).ToHashSet(StringComparer.Ordinal);
        var all = generated with { Questions = [.. present, .. drafts] };
        var refused = BankGates.Check(all, BankGates.All.Where(gate => _pairGates.Contains(gate.Name))).Where(finding => ids.Contains(finding.Item))
            .DistinctBy(finding => finding.Item, StringComparer.Ordinal).ToList();
        var left = refused.Select(finding => finding.Item).ToHashSet(StringComparer.Ordinal);
        return ([.. drafts.Where(question => !left.Contains(question.Id))], refused);
    }

    private static bool HasSameWords(Question a, Question b) => (a, b) switch
    {
        (SingleChoice x, SingleChoice y) => Same(x with { Options = [] }, y with { Options = [] }) && SameOptions(x.Options, y.Options),
        (MultipleChoice x, MultipleChoice y) => Same(x with { Options = [] }, y with { Options = [] }) && SameOptions(x.Options, y.Options),
        _ => Same(a, b),
    };

    private static bool SameOptions(IReadOnlyList<Option> a, IReadOnlyList<Option> b) =>
        a.OrderBy(option => option.Text, StringComparer.Ordinal).SequenceEqual(b.OrderBy(option => option.Text, StringComparer.Ordinal));

    private static bool Same(Question a, Question b) =>
        System.Text.Json.JsonSerializer.Serialize(a, Domain.DomainJson.Options) == System.Text.Json.JsonSerializer.Serialize(b, Domain.DomainJson.Options);

    private static BankFile WithoutLostEnemies(BankFile bank)
    {
        var ids = bank.Questions.Select(question => question.Id).ToHashSet(StringComparer.Ordinal);
        return bank with { Questions = [.. bank.Questions.Select(question => question with { Enemies = [.. question.Enemies.Where(ids.Contains)] })] };
    }

    private static IReadOnlyList<BankQuestion> InOrder(IReadOnlyList<BankQuestion> questions, IReadOnlyList<BankKeyPoint> keyPoints)
    {
        var order = keyPoints.SelectMany(point => point.WithDescendants()).Select((point, at) => (point.Id, at)).ToDictionary(pair => pair.Id, pair => pair.at, StringComparer.Ordinal);
        return [.. questions.OrderBy(question => order.GetValueOrDefault(question.KeyPoint, int.MaxValue))];
    }
}
