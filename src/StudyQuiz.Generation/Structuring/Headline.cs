namespace StudyQuiz.Generation.Structuring;

/// <summary>Finds the clause that names what a sentence is about.</summary>
internal static class Headline
{
    /// <summary>The first clause of a sentence that says something, without 'must'; with who said it where others than the text's own speaker do, and with its condition.</summary>
    public static Place Of(SourceText text, Place sentence)
    {
        var clauses = Clauses.Of(text, Said(text, sentence));
        if (clauses.Count == 0) return sentence;
        var said = clauses.Where(clause => !text.Voices.OthersIn(sentence).Any(saying => saying.Holds(clause))).ToList();
        // where several speak, the first is heard first, however short
        var shortest = said.Count < clauses.Count ? 2 : 5;
        var first = said.FirstOrDefault(clause => clause.Length >= shortest && !Words.Dependent().IsMatch(text.At(clause))) ?? said.FirstOrDefault() ?? clauses[0];
        return Qualified.Of(text, sentence, first) is var whole && whole != first ? whole : WithoutDemand(text, first);
    }

    /// <summary>The clause of a lead sentence that its points unfold: the last demand in it, else its end.</summary>
    public static Place OfLead(SourceText text, Place lead)
    {
        var clauses = Clauses.Of(text, Said(text, lead));
        return clauses.Count == 0 ? lead : text.Voices.WithSpeaker(lead, OfLead(text, clauses));
    }

    /// <summary>The same without who says it.</summary>
    public static Place? MatterOfLead(SourceText text, Place lead)
    {
        // who speaks, with the comma, is a clause of its own
        var clauses = Clauses.Of(text, Said(text, lead)).Where(clause => !text.Voices.OthersIn(lead).Any(saying => saying.Holds(clause))).ToList();
        return clauses.Count == 0 ? null : OfLead(text, clauses);
    }

    private static Place OfLead(SourceText text, IReadOnlyList<Place> clauses)
    {
        var demand = clauses.LastOrDefault(clause => Words.Demanding().IsMatch(text.At(clause)) && !Words.Dependent().IsMatch(text.At(clause)));
        if (demand is not null) return demand;
        // 现就甲事作如下安排 names what the points are about, and the clauses before it only why
        if (Words.NamesMatter().IsMatch(text.At(clauses[^1]))) return clauses[^1];
        // 一年来，我们做了以下工作: what only says when or what for is no topic
        var last = clauses.Where((clause, at) => !Words.Announcing().IsMatch(text.At(clause)) && !Words.Dependent().IsMatch(text.At(clause)) && !Unfinished.Is(text.At(clause), at + 1 < clauses.Count ? text.At(clauses[at + 1]) : "")).LastOrDefault() ?? clauses[^1];
        if (last != clauses[^1]) return last;
        return last.Length >= 8 || clauses.Count == 1 ? last : last with { Start = clauses[^2].Start };
    }

    /// <summary>The sentence without the word that ties it to the one before, and without who says it where that is the text's own speaker.</summary>
    public static Place Said(SourceText text, Place sentence)
    {
        var place = WithoutNumber(text, text.WithoutLabel(sentence));
        foreach (var prefix in new[] { Words.Attribution(), Words.Connective(), Words.Announced(), Words.Attribution() })
        {
            var length = prefix.Match(text.At(place)).Length;
            var isOthers = text.Voices.OthersIn(place with { End = place.Start + length }).Any();
            if (length > 0 && length < place.Length && !isOthers) place = place with { Start = place.Start + length };
        }

        return place;
    }

    // 二、… as the lead of what stands under it goes by its words
    private static Place WithoutNumber(SourceText text, Place place) =>
        MarkerScanner.At(text.Paragraphs[place.Paragraph].Text, place.Start) is { } marker && (marker.IsOfHeadings || marker.Style is MarkerStyle.OrdinalWord) && marker.Place.End < place.End ? place with { Start = marker.Place.End } : place;

    /// <summary>A clause without its leading 'must'.</summary>
    public static Place WithoutDemand(SourceText text, Place clause)
    {
        var length = Words.Demand().Match(text.At(clause)).Length;
        return length > 0 && clause.Length - length >= 2 ? clause with { Start = clause.Start + length } : clause;
    }
}
