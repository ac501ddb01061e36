using System.Text;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>Text each of whose characters knows where it stands in the raw text.</summary>
internal sealed class Traced(string text, int[] places)
{
    /// <summary>Stands for the place of a character that the raw text does not have.</summary>
    public const int PutIn = -1;

    public string Text { get; } = text;

    public int Length => Text.Length;

    public int RawAt(int at) => places[at];

    /// <summary>Raw offsets at which a stretch begins and ends, characters that were put in left aside; null when there are no others.</summary>
    public (int Start, int End)? RawRange(int start, int end)
    {
        while (start < end && places[start] == PutIn) start++;
        while (end > start && places[end - 1] == PutIn) end--;
        return start == end ? null : (places[start], places[end - 1] + 1);
    }

    /// <summary>A stretch without the white space at its ends, which goes to the log.</summary>
    public Traced Trimmed(int start, int end, RepairLog log)
    {
        var (first, last) = (start, end);
        while (first < last && char.IsWhiteSpace(Text[first])) first++;
        while (last > first && char.IsWhiteSpace(Text[last - 1])) last--;
        log.TookOut(RepairKind.WhiteSpace, RawRange(start, first));
        log.TookOut(RepairKind.WhiteSpace, RawRange(last, end));
        (start, end) = (first, last);
        return start == 0 && end == Length ? this : new Traced(Text[start..end], places[start..end]);
    }

    public IReadOnlyList<RawSpan> Spans()
    {
        var spans = new List<RawSpan>();
        for (var at = 0; at < places.Length;)
        {
            var end = at + 1;
            while (end < places.Length && places[end] == places[end - 1] + 1 && places[at] != PutIn) end++;
            if (places[at] != PutIn) spans.Add(new RawSpan(at, places[at], end - at));
            at = end;
        }

        return spans;
    }
}

/// <summary>Puts traced text together.</summary>
internal sealed class TracedBuilder
{
    private readonly StringBuilder _text = new();
    private readonly List<int> _places = [];

    public int Length => _text.Length;

    public char this[int at] => _text[at];

    public void Add(char c, int place)
    {
        _text.Append(c);
        _places.Add(place);
    }

    public void Add(Traced piece)
    {
        _text.Append(piece.Text);
        for (var i = 0; i < piece.Length; i++) _places.Add(piece.RawAt(i));
    }

    /// <summary>Where the last character stands in the raw text.</summary>
    public int LastPlace => _places[^1];

    public void RemoveLast()
    {
        _text.Length--;
        _places.RemoveAt(_places.Count - 1);
    }

    public bool EndsWith(string end)
    {
        if (end.Length > Length) return false;
        for (var i = 1; i <= end.Length; i++)
            if (_text[^i] != end[^i]) return false;
        return true;
    }

    public Traced Build() => new(_text.ToString(), [.. _places]);
}
