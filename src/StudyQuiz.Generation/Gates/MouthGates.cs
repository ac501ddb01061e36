using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Gates;

/// <summary>No item puts words into someone's mouth.</summary>
public static class MouthGates
{
    /// <summary>
    /// No wrong option and no false statement holds words in quotation marks that the text does not have, follows “someone said”, gives
    /// a person of the text another office or an office of the text another person, or changes a formulation that the text quotes.
    /// Where it quotes words of the text, the explanation or the evidence shows them.
    /// </summary>
    /// <remarks>
    /// Persons are found by their office: a word that offices end with, then a name of two or three characters before punctuation or a
    /// word that follows names. Offices after the name (“X任Y”), longer names and people without an office are not seen; nor are changed
    /// formulations of fewer than four characters. Chinese only.
    /// </remarks>
    public static IEnumerable<Fault> Words(BankFile bank)
    {
        var text = new BankText(bank);
        var formulations = Quotations.In(text.Whole).Distinct(StringComparer.Ordinal).ToList();
        var holders = Officeholder.In(text.Whole).ToList();
        var attribution = new Attribution(Attribution.People(text.Whole));
        foreach (var question in bank.Questions)
            foreach (var claim in Claim.Of(question.Body))
                if ((Quoted(claim, text) ?? Said(claim, attribution, text) ?? Renamed(claim, holders) ?? Reworded(claim, formulations)) is { } why)
                    yield return new Fault(question.Id, why);
    }

    private static (string Code, GateWords Words)? Quoted(Claim claim, BankText text)
    {
        foreach (var words in Quotations.In(claim.Text))
        {
            if (!text.Holds(words)) return ("quoted-not-in-text", $"“{words}” stands in quotation marks in “{claim.Text}”, but the text does not say it: take the marks out.");
            if (!claim.Reveal.Contains(words, StringComparison.Ordinal)) return ("quoted-not-shown", $"“{claim.Text}” quotes “{words}”: show the source's wording in the explanation or the evidence.");
        }

        return null;
    }

    private static (string Code, GateWords Words)? Said(Claim claim, Attribution attribution, BankText text) => attribution.In(Quotations.WithoutCited(claim.Text, text)) is { } said
        ? ("untrue-said", $"“{claim.Text}” is untrue and follows “{said}”: don't let a person say it.")
        : null;

    private static (string Code, GateWords Words)? Renamed(Claim claim, List<Officeholder> holders)
    {
        foreach (var claimed in Officeholder.In(claim.Text))
        {
            var same = holders.FindAll(holder => holder.Name == claimed.Name);
            var changed = same.Count > 0
                ? !same.Exists(holder => holder.MayHold(claimed.Office))
                : holders.Exists(holder => holder.Office.Length > holder.Ending.Length && claimed.Office.EndsWith(holder.Office, StringComparison.Ordinal));
            if (changed) return ("renamed", $"“{claim.Text}” gives “{claimed.Office}{claimed.Name}”, whom the text does not name so: leave persons and offices as they are.");
        }

        return null;
    }

    private static (string Code, GateWords Words)? Reworded(Claim claim, List<string> formulations)
    {
        foreach (var formulation in formulations)
            if (Quotations.Altered(claim.Text, formulation) is { } altered)
                return ("reworded", $"“{altered}” in “{claim.Text}” is the text's “{formulation}” with something changed: leave quoted formulations as they are.");
        return null;
    }
}
