namespace StudyQuiz.Generation.Structuring;

/// <summary>Finds the clause that names what a sentence is about.</summary>
internal static class Headline
{
    /// <summary>The first clause of a sentence that says something, without who said it and without 'must'.</summary>
    public static Place Of(SourceText text, Place sentence)
    {
        var clauses = Clauses.Of(text, Said(text, sentence));
        if (clauses.Count == 0) return sentence;
        return WithoutDemand(text, clauses.FirstOrDefault(clause => clause.Length >= 5 && !Words.Dependent().IsMatch(text.At(clause))) ?? clauses[0]);
    }

    /// <summary>The clause of a lead sentence that its points unfold: the last demand in it, else its end.</summary>
    public static Place OfLead(SourceText text, Place lead)
    {
        var clauses = Clauses.Of(text, Said(text, lead));
        if (clauses.Count == 0) return lead;
        var demand = clauses.LastOrDefault(clause => Words.Demanding().IsMatch(text.At(clause)) && !Words.Dependent().IsMatch(text.At(clause)));
        if (demand is not null) return demand;
        var last = clauses.LastOrDefault(clause => !Words.Announcing().IsMatch(text.At(clause))) ?? clauses[^1];
        if (last != clauses[^1]) return last;
        return last.Length >= 8 || clauses.Count == 1 ? last : last with { Start = clauses[^2].Start };
    }

    /// <summary>The sentence without who says it and without the word that ties it to the one before.</summary>
    public static Place Said(SourceText text, Place sentence)
    {
        var place = text.WithoutLabel(sentence);
        foreach (var prefix in new[] { Words.Attribution(), Words.Connective(), Words.Attribution() })
        {
            var length = prefix.Match(text.At(place)).Length;
            if (length > 0 && length < place.Length) place = place with { Start = place.Start + length };
        }

        return place;
    }

    /// <summary>A clause without its leading 'must'.</summary>
    public static Place WithoutDemand(SourceText text, Place clause)
    {
        var length = Words.Demand().Match(text.At(clause)).Length;
        return length > 0 && clause.Length - length >= 2 ? clause with { Start = clause.Start + length } : clause;
    }
}
