using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Gates;

/// <summary>Questions that must not share a quiz name each other.</summary>
public static class EnemyGates
{
    /// <summary>Every enemy exists, is another question, and names this one in turn.</summary>
    public static IEnumerable<Fault> Mutual(BankFile bank)
    {
        var questions = bank.Questions.ToDictionary(question => question.Id, StringComparer.Ordinal);
        foreach (var question in bank.Questions)
            foreach (var enemy in question.Enemies)
            {
                if (enemy == question.Id) yield return new Fault(question.Id, "enemy-itself", $"It names itself as an enemy: take it out.");
                else if (!questions.TryGetValue(enemy, out var other)) yield return new Fault(question.Id, "enemy-unknown", $"Its enemy {enemy} is not in this bank: correct the id, or take it out.");
                else if (!other.Enemies.Contains(question.Id, StringComparer.Ordinal)) yield return new Fault(question.Id, "enemy-one-sided", $"It names {enemy} as an enemy, which does not name it: add {question.Id} to the enemies of {enemy}.");
            }
    }

    /// <summary>Items that give away each other's answers (<see cref="GiveAways.Find"/>) are enemies.</summary>
    public static IEnumerable<Fault> GiveAwaysListed(BankFile bank)
    {
        var enemies = bank.Questions.SelectMany(question => question.Enemies.SelectMany(enemy => new[] { (question.Id, enemy), (enemy, question.Id) })).ToHashSet();
        foreach (var pair in GiveAways.Find(bank))
            if (!enemies.Contains((pair.Item, pair.Answers)))
                yield return pair.IsShown
                    ? new Fault(pair.Item, "gives-away", $"It shows “{pair.Key}”, which answers {pair.Answers}: list each as the other's enemy, or word it otherwise.")
                    : new Fault(pair.Item, "asks-the-same", $"It asks for “{pair.Key}”, as does {pair.Answers}: list each as the other's enemy.");
    }
}
