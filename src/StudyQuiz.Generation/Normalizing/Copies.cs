namespace StudyQuiz.Generation.Normalizing;

/// <summary>Drops what a text tells again, word for word or nearly. A short sentence that comes back alone is a refrain and stays.</summary>
internal sealed class Copies(bool latin, RepairLog log)
{
    // English needs twice the characters to say the same
    private readonly int _fewestLetters = latin ? 120 : 60;
    private readonly EarlierText _earlier = new(latin);

    public List<Paragraph> Drop(IReadOnlyList<Paragraph> paragraphs)
    {
        var tellings = paragraphs.Select(Compare).ToList();
        DropMostlyCopied(tellings);
        DropBesideDropped(tellings);
        DropEmptySections(tellings);
        return [.. tellings.SelectMany(Rest)];
    }

    private Telling Compare(Paragraph paragraph)
    {
        var sentences = Sentences.Of(paragraph.Text);
        var copied = sentences.Select(sentence => _earlier.Has(paragraph.Text[sentence.Start..sentence.End])).ToArray();
        _earlier.Add(sentences.Select(sentence => paragraph.Text[sentence.Start..sentence.End]));
        return new Telling(paragraph, sentences, copied);
    }

    private void DropMostlyCopied(List<Telling> tellings)
    {
        foreach (var telling in tellings.Where(telling => !telling.Paragraph.IsHeading && telling.CopiedLetters >= _fewestLetters))
            telling.Dropped = telling.CopiedLetters * 2 >= telling.Letters;
    }

    /// <summary>A short paragraph is a copy when it is one wholly and stands next to one.</summary>
    private static void DropBesideDropped(List<Telling> tellings)
    {
        var body = tellings.Where(telling => !telling.Paragraph.IsHeading).ToList();
        Spread(body);
        body.Reverse();
        Spread(body);
    }

    private static void Spread(List<Telling> tellings)
    {
        for (var i = 1; i < tellings.Count; i++)
            tellings[i].Dropped |= tellings[i - 1].Dropped && tellings[i].CopiedLetters > 0 && tellings[i].CopiedLetters == tellings[i].Letters;
    }

    /// <summary>A heading whose whole section went names nothing any more.</summary>
    private static void DropEmptySections(List<Telling> tellings)
    {
        var isEmpty = false;
        for (var i = tellings.Count - 1; i >= 0; i--)
        {
            var telling = tellings[i];
            var goes = telling.Dropped && telling.Copied.All(copied => copied);
            var endsSection = i + 1 == tellings.Count || tellings[i + 1].Paragraph.IsHeading;
            if (telling.Paragraph.IsHeading) telling.Dropped = isEmpty;
            else isEmpty = goes && (endsSection || isEmpty);
        }
    }

    private IEnumerable<Paragraph> Rest(Telling telling)
    {
        var (paragraph, sentences, copied) = telling;
        if (!telling.Dropped)
        {
            yield return paragraph;
            yield break;
        }

        for (var i = 0; i < sentences.Count;)
        {
            var goes = paragraph.IsHeading || copied[i];
            var end = i + 1;
            while (end < sentences.Count && (paragraph.IsHeading || copied[end]) == goes) end++;
            var (from, to) = (sentences[i].Start, sentences[end - 1].End);
            if (goes) log.TookOut(RepairKind.ToldTwice, paragraph.Words.RawRange(from, to));
            else yield return paragraph with { Words = paragraph.Words.Trimmed(from, to, log) };
            i = end;
        }
    }

    private sealed record Telling(Paragraph Paragraph, List<(int Start, int End)> Sentences, bool[] Copied)
    {
        public bool Dropped { get; set; }

        public int Letters { get; } = Normalizing.Letters.Count(Paragraph.Text);

        public int CopiedLetters { get; } = Sentences.Where((_, i) => Copied[i]).Sum(s => Normalizing.Letters.Count(Paragraph.Text.AsSpan()[s.Start..s.End]));
    }
}
