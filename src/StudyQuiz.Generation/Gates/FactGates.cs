using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Gates;

/// <summary>A fact is asked once in each way.</summary>
public static class FactGates
{
    /// <summary>
    /// No two items of one type that are still asked have the same keys (after <see cref="TypedText.Normalize"/>, in any order) and rest
    /// on the same words: each quote of the one overlaps a quote of the other. Statements have no key of their own; whether two are
    /// alike is another gate's question.
    /// </summary>
    public static IEnumerable<Fault> OneItemEach(BankFile bank)
    {
        var text = new BankText(bank);
        var earlier = new Dictionary<(Type, string, int), List<(string Id, IReadOnlyList<Structuring.Place> Places)>>();
        foreach (var question in bank.Questions)
        {
            var keys = string.Join('\n', ItemParts.Keys(question.Body).Select(ItemParts.Compared).Order(StringComparer.Ordinal));
            if (keys.Length == 0) continue;
            var places = text.Places(question.Body);
            var same = new HashSet<string>(StringComparer.Ordinal);
            foreach (var sentence in places.SelectMany(text.Sentences).Distinct())
            {
                var asked = (question.Body.GetType(), keys, sentence);
                if (!earlier.TryGetValue(asked, out var others)) earlier[asked] = others = [];
                foreach (var other in others)
                    if (other.Places.All(there => places.Any(there.Overlaps)) && places.All(here => other.Places.Any(here.Overlaps)) && same.Add(other.Id))
                        yield return new Fault(question.Id, "same-fact", $"It asks for the same answer from the same words as {other.Id}, which is of its type: drop one.");
                others.Add((question.Id, places));
            }
        }
    }
}
