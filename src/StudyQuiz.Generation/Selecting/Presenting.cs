using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Items;

namespace StudyQuiz.Generation.Selecting;

/// <summary>Turns chosen candidates into a bank's questions: the key's positions evened out, and each with its enemies.</summary>
public static class Presenting
{
    /// <summary>
    /// Options in a seeded order. Among the single choices with k options the key takes every position once in each k questions, in an
    /// order of its own, so that no position tells anything.
    /// </summary>
    public static IReadOnlyList<BankQuestion> Shuffled(IReadOnlyList<Candidate> chosen, long seed)
    {
        var counts = new Dictionary<int, int>();
        return [.. chosen.Select((candidate, index) => candidate.Question with { Body = Shuffled(candidate.Question.Body, Shuffle.Derive(seed, index), counts, seed) })];
    }

    /// <summary>
    /// Each question with the ids of those that must not share a quiz with it: they ask about the same fact, or one gives away the
    /// other's answer (<see cref="GiveAways"/>).
    /// </summary>
    /// <param name="bank">The bank.</param>
    /// <param name="factIds">Which fact a question asks about, as far as that is known.</param>
    /// <param name="same">Further pairs that ask the same.</param>
    public static BankFile WithEnemies(BankFile bank, IReadOnlyDictionary<string, string> factIds, IEnumerable<(string One, string Other)>? same = null)
    {
        var enemies = bank.Questions.ToDictionary(question => question.Id, question => new SortedSet<string>(question.Enemies, StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var pair in GiveAways.Find(bank)) Add(enemies, pair.Item, pair.Answers);
        foreach (var (one, other) in same ?? []) Add(enemies, one, other);
        foreach (var fact in bank.Questions.Where(question => factIds.ContainsKey(question.Id)).GroupBy(question => factIds[question.Id], StringComparer.Ordinal))
            foreach (var a in fact) foreach (var b in fact) Add(enemies, a.Id, b.Id);
        return bank with { Questions = [.. bank.Questions.Select(question => question with { Enemies = [.. enemies[question.Id]] })] };
    }

    private static void Add(Dictionary<string, SortedSet<string>> enemies, string a, string b)
    {
        if (a == b) return;
        enemies[a].Add(b);
        enemies[b].Add(a);
    }

    private static Question Shuffled(Question body, long seed, Dictionary<int, int> counts, long bankSeed)
    {
        if (body is MultipleChoice multiple) return multiple with { Options = [.. Shuffle.Positions(multiple.Options.Count, seed).Select(at => multiple.Options[at])] };
        if (body is not SingleChoice single) return body;
        var size = single.Options.Count;
        var asked = counts.GetValueOrDefault(size);
        counts[size] = asked + 1;
        var position = Shuffle.Positions(size, Shuffle.Derive(bankSeed, -(size + (asked / size * 16))))[asked % size];
        var wrong = single.Options.Where(option => !option.Correct).ToList();
        List<Option> options = [.. Shuffle.Positions(wrong.Count, seed).Select(at => wrong[at])];
        options.Insert(position, single.Options.First(option => option.Correct));
        return single with { Options = options };
    }
}
