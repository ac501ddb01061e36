using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>Builds paragraphs from lines: joins sentences that were broken over lines, tells headings from broken sentences, drops tails that stand twice.</summary>
internal sealed class LineJoiner(string raw, PageShape page, bool latin, RepairLog log)
{
    private const int ShortestTail = 4;
    private readonly Hyphens _hyphens = new(raw);
    private readonly List<Paragraph> _paragraphs = [];
    private TracedBuilder _open = new();
    private Line? _last;
    private int _lines;
    private bool _hasSentence;

    public List<Paragraph> Join(IReadOnlyList<Line> lines)
    {
        foreach (var line in lines) Take(line);
        Finish();

        // A heading names what follows: nothing follows the last paragraph
        if (_paragraphs is [.., { IsHeading: true } last]) _paragraphs[^1] = last with { IsHeading = false };
        return _paragraphs;
    }

    private void Take(Line line)
    {
        if (_last is { } last && IsRepeatedTail(line))
        {
            log.TookOut(RepairKind.RepeatedTail, line.Start, line.End);
            _last = last with { End = line.End };
            return;
        }

        if (_last is not null && !Continues(_last, line)) Finish();
        var words = Spaces.Close(raw, line, log);
        if (_last is not null) JoinTo(_last, line, words);
        _open.Add(words);
        _lines++;
        _hasSentence |= words.Text.AsSpan().IndexOfAny("。！？") >= 0;
        _last = line;
    }

    private bool IsRepeatedTail(Line line) =>
        line.Words.Length >= ShortestTail && line.Words.Length < _open.Length && Punctuation.EndsSentence(line.Words) && _open.EndsWith(line.Words);

    private bool Continues(Line last, Line next)
    {
        if (last.Level is not null || next.Level is not null) return false;
        var begins = page.IsIndented(next);
        var marker = MarkerScanner.At(next.Words, 0);
        if (Punctuation.EndsSentence(last.Words) || Punctuation.EndsPart(last.Words))
        {
            // Only a full line can end a sentence by chance; after a page the indent alone tells
            var parted = begins || (next.AfterPage ? !page.Indents : next.AfterBlank);
            return page.IsFull(last) && !parted && marker is null && !IsDash(next.Words);
        }

        if (last.GoesOn || Punctuation.BreaksOff(last.Words)) return true;
        if (begins) return IsAttribution();
        if (page.IsFull(last) || (_lines > 1 && !next.AfterBlank)) return true;
        if (marker is { IsOfHeadings: true }) return false;
        return IsAttribution() || !Headings.IsComplete(last.Words);
    }

    /// <summary>A line that only says who speaks: what is said comes next.</summary>
    private bool IsAttribution() => _lines == 1 && Headings.IsAttribution(_last!.Words);

    private static bool IsDash(string words) => words.StartsWith("——", StringComparison.Ordinal);

    private void JoinTo(Line last, Line next, Traced words)
    {
        var (before, after) = (_open[_open.Length - 1], words.Text[0]);
        var hyphen = before == '-' && _hyphens.IsWordBreak(last.Words, next.Words);
        // invisible characters may stand between the hyphen and the line's end
        log.Changed(RepairKind.JoinedLines, hyphen ? _open.LastPlace : last.End, next.Start, hyphen ? "-" : "");
        if (hyphen) _open.RemoveLast();
        else if (before != '-' && IsSpaced(before, after)) _open.Add(' ', Traced.PutIn);
    }

    /// <summary>Whether two neighbouring characters stood in two words. Chinese text writes numbers across the line end without a space.</summary>
    private bool IsSpaced(char before, char after)
    {
        if (Letters.IsHan(before) || Letters.IsHan(after) || Letters.IsWidePunctuation(before) || Letters.IsWidePunctuation(after)) return false;
        return latin || (char.IsAsciiLetter(before) && char.IsAsciiLetter(after));
    }

    private void Finish()
    {
        if (_open.Length > 0)
        {
            var words = _open.Build();
            var isMarked = _last?.Level is not null && !Punctuation.EndsSentence(words.Text);
            _paragraphs.Add(new Paragraph(words, isMarked || (!_hasSentence && Headings.IsHeading(words.Text))) { Level = isMarked ? _last!.Level : null });
        }

        _open = new TracedBuilder();
        (_last, _lines, _hasSentence) = (null, 0, false);
    }
}
