namespace StudyQuiz.Domain.Questions;

/// <summary>The order in which one question's options, items or right sides are shown, and the way back to the author's order.</summary>
/// <param name="Order">For each shown position the author's position. Empty where nothing is shuffled.</param>
public sealed record Presentation(IReadOnlyList<int> Order)
{
    /// <summary>The presentation for a recorded seed: the same seed always gives the same order, on any machine and version.</summary>
    /// <remarks>An ordering question is never shown already in order: that would be an answer that nobody gave.</remarks>
    public static Presentation Of(Question question, long seed)
    {
        var order = Shuffle.Positions(question.Shuffled, seed);
        if (question is Ordering && order.Length > 1 && order.Select((position, i) => position == i).All(same => same))
        {
            (order[0], order[^1]) = (order[^1], order[0]);
        }

        return new Presentation(order);
    }

    /// <summary>Translates shown positions to the author's. The answer must fit the question (<see cref="GivenAnswer.Fits"/>).</summary>
    public GivenAnswer ToAuthored(GivenAnswer shown) => shown switch
    {
        Chosen chosen => new Chosen([.. chosen.Options.Select(o => Order[o]).Order()]),
        Ordered ordered => new Ordered([.. ordered.Items.Select(i => Order[i])]),
        Paired paired => new Paired([.. paired.Rights.Select(r => r == Paired.None ? r : Order[r])]),
        _ => shown,
    };

    /// <summary>Translates the author's positions to the shown ones.</summary>
    public GivenAnswer ToShown(GivenAnswer authored) => authored switch
    {
        Chosen chosen => new Chosen([.. chosen.Options.Select(Shown).Order()]),
        Ordered ordered => new Ordered([.. ordered.Items.Select(Shown)]),
        Paired paired => new Paired([.. paired.Rights.Select(r => r == Paired.None ? r : Shown(r))]),
        _ => authored,
    };

    private int Shown(int authored)
    {
        for (var i = 0; i < Order.Count; i++)
        {
            if (Order[i] == authored) return i;
        }

        throw new ArgumentOutOfRangeException(nameof(authored), authored, "Not a position of this question.");
    }
}
