using System.Text.RegularExpressions;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Structuring;

/// <summary>Tells how far each point of a series reaches, what leads up to the series, and whether it is closed.</summary>
internal sealed partial class SeriesExtents(IReadOnlyList<CleanParagraph> paragraphs, IReadOnlyList<Sentence> sentences)
{
    private static readonly Regex[] _turns = [Words.NewAttribution(), Words.Remark(), Words.Address(), Words.Thanks(), Words.Lastly(), Words.TakesEffect()];

    // What is named with its condition must still be short enough to be asked for
    private const int LongestCondition = 24;
    private const int ShortestWhen = 5;

    private readonly ILookup<int, Sentence> _byParagraph = sentences.ToLookup(sentence => sentence.Place.Paragraph);
    private readonly SpeakerLabels _labels = new(sentences);
    private readonly Spot _end = new(paragraphs.Count, 0);

    public IReadOnlyList<Series> Of(IReadOnlyList<SeriesDraft> drafts) => [.. drafts.SelectMany(Parted).Select(draft => Build(draft, _end, null))];

    // What is numbered after the speaker has turned to something else lies inside no point of the series before
    private IEnumerable<SeriesDraft> Parted(SeriesDraft draft)
    {
        if (ClosesTalk(draft))
        {
            var closing = draft.Points[^1];
            return Parted(draft with { Points = [.. draft.Points.SkipLast(1)] }).Concat(closing.Inner.SelectMany(Parted));
        }

        var last = draft.Points[^1];
        var turn = last.Inner.Count > 0 ? Turn(draft, StartOf(last.Inner[^1].Points[0])) : null;
        var later = new List<SeriesDraft>();
        foreach (var point in draft.Points)
        {
            var inner = point.Inner.SelectMany(Parted).ToList();
            if (point == last) later = [.. inner.Where(one => turn is not null && !StartOf(one.Points[0]).IsBefore(turn))];
            point.Inner.Clear();
            point.Inner.AddRange(inner.Except(later));
        }

        return later.Prepend(draft);
    }

    // 要办三件事：首先…，其次…，再次…。最后，我宣布…: one 'lastly' more than what is announced ends the talk, not the series
    private bool ClosesTalk(SeriesDraft draft) =>
        draft.Points.Count > 2 && draft.Last.IsLast && LeadOf([.. draft.Points.Select(point => point.Marker)], null) is { } lead
        && Counts(paragraphs[lead.Paragraph].Text[lead.Start..lead.End]).ToList() is { Count: > 0 } announced && announced.Contains(draft.Points.Count - 1) && !announced.Contains(draft.Points.Count);

    private static Spot StartOf(PointDraft point) => new(point.Marker.Place.Paragraph, point.Marker.Place.Start);

    /// <summary>How many paragraphs the last point may reach: as many as the longest before it, without limit where the points are headings of sections (第一是… is none).</summary>
    public static int MostParagraphs(SeriesDraft draft, IReadOnlyList<CleanParagraph> paragraphs)
    {
        if (draft.Points.All(point => point.Marker is { StartsParagraph: true, IsOfHeadings: true } && paragraphs[point.Marker.Place.Paragraph].IsHeading)) return int.MaxValue;
        var starts = draft.Points.Select(point => point.Marker.Place.Paragraph).ToList();
        return Math.Max(1, starts.Zip(starts.Skip(1), (from, to) => to - from).DefaultIfEmpty(1).Max());
    }

    /// <param name="parent">The number of the point that holds the series; null for an outermost one.</param>
    private Series Build(SeriesDraft draft, Spot bound, Marker? parent)
    {
        var markers = draft.Points.Select(point => point.Marker).ToList();
        var end = Spot.Earlier(bound, EndOf(draft));
        var points = draft.Points.Select((point, i) =>
            BuildPoint(point, draft.Style.IsWithoutNumber() ? EndOfSection(draft, point) : i + 1 < markers.Count ? EndBefore(markers[i + 1]) : end)).ToList();
        var lead = draft.Style.IsWithoutNumber() ? null : LeadOf(markers, parent);
        return new Series(draft.Style, lead, points, IsClosed(draft, lead, end));
    }

    private Spot EndOfSection(SeriesDraft draft, PointDraft point)
    {
        var next = point.Marker.Place.Paragraph + 1;
        var level = paragraphs[point.Marker.Place.Paragraph].Level;
        // to the next heading, where levels are known to the next that is not below it
        while (next < paragraphs.Count && !(paragraphs[next].IsHeading && (level is null || paragraphs[next].Level <= level))) next++;
        return point == draft.Points[^1] ? Turn(draft, new Spot(next, 0)) ?? new Spot(next, 0) : new Spot(next, 0);
    }

    private Spot EndBefore(Marker next) => new(next.Place.Paragraph,
        next.Style is MarkerStyle.NumberInBrackets or MarkerStyle.DigitInBrackets ? MarkerScanner.BeforeJoiner(paragraphs[next.Place.Paragraph].Text, next.Place.Start) : next.Place.Start);

    private SeriesPoint BuildPoint(PointDraft point, Spot end)
    {
        var marker = point.Marker.Place;
        var heading = HeadingAfter(marker, end);
        var body = Clip(new Spot(heading.Paragraph, AfterPunctuation(heading)), end);
        return new SeriesPoint(point.Number, marker, heading, body, [.. point.Inner.Select(inner => Build(inner, end, point.Marker))]);
    }

    private Place HeadingAfter(Place marker, Spot end)
    {
        var text = paragraphs[marker.Paragraph].Text;
        var last = end.Paragraph == marker.Paragraph ? end.Offset : text.Length;
        if (paragraphs[marker.Paragraph].IsHeading) return Trimmed(text, marker.Paragraph, marker.End, last);
        var quoted = Quotations.Inside(text, longest: 60);
        var at = marker.End;
        while (at < last && (quoted[at] || !EndsClause(text, at))) at++;
        // 未经同意带进校园的，…: a condition names no point without what holds under it
        for (var goesOn = at; at - marker.End <= LongestCondition && at < last && text[at] == '，' && IsCondition(text[marker.End..at]); at = goesOn)
        {
            goesOn = at + 1;
            while (goesOn < last && (quoted[goesOn] || !EndsClause(text, goesOn))) goesOn++;
        }

        return Trimmed(text, marker.Paragraph, marker.End, at);
    }

    // 校准走时 is no condition, 遇到火情时 is one
    private static bool IsCondition(string words) => words.EndsWith('的') || (Words.Dependent().IsMatch(words) && !(words.EndsWith('时') && words.Length < ShortestWhen));

    private static Place Trimmed(string text, int paragraph, int start, int end)
    {
        while (end > start && (text[end - 1] == ' ' || "。；：，、;:,.".Contains(text[end - 1]))) end--;
        return new Place(paragraph, start, end);
    }

    private static bool EndsClause(string text, int at) =>
        "，。；：！？;:!?".Contains(text[at]) || (text[at] is ',' or '.' && (at + 1 == text.Length || text[at + 1] == ' '));

    private int AfterPunctuation(Place heading)
    {
        var text = paragraphs[heading.Paragraph].Text;
        var at = heading.End;
        while (at < text.Length && (EndsClause(text, at) || text[at] == ' ')) at++;
        return at;
    }

    private List<Place> Clip(Spot start, Spot end)
    {
        var places = new List<Place>();
        for (var paragraph = start.Paragraph; paragraph < paragraphs.Count && new Spot(paragraph, 0).IsBefore(end); paragraph++)
            foreach (var place in _byParagraph[paragraph].Select(sentence => sentence.Place))
            {
                var from = paragraph == start.Paragraph ? Math.Max(place.Start, start.Offset) : place.Start;
                var to = paragraph == end.Paragraph ? Math.Min(place.End, end.Offset) : place.End;
                if (from < to) places.Add(new Place(paragraph, from, to));
            }

        return places;
    }

    // The last point reaches at least as far as what lies inside it
    private Spot EndOf(SeriesDraft draft) => draft.Points[^1].Inner.Select(EndOf).Append(EndOfLast(draft)).Aggregate(Spot.Later);

    private Spot EndOfLast(SeriesDraft draft)
    {
        var markers = draft.Points.Select(point => point.Marker).ToList();
        var last = markers[^1].Place;
        var home = SentenceAt(last);
        if (markers.All(marker => home.Place.Holds(marker.Place))) return new Spot(last.Paragraph, home.Place.End);
        return markers.All(marker => marker.StartsParagraph) ? EndByParagraphs(draft, last) : EndWithinParagraph(draft, last);
    }

    private Spot EndByParagraphs(SeriesDraft draft, Place last)
    {
        var most = MostParagraphs(draft, paragraphs);
        var next = last.Paragraph + 1;
        while (next < paragraphs.Count && next - last.Paragraph < most && !paragraphs[next].IsHeading && !Concludes(paragraphs[next].Text)) next++;
        var end = new Spot(next, 0);
        return Turn(draft, end) ?? end;
    }

    // 一是…。二是…。 are mostly a sentence each, so that a sentence after the last no longer belongs to it
    private Spot EndWithinParagraph(SeriesDraft draft, Place last)
    {
        // so are 第一，…。第二，…。 where each before the last is one
        var most = draft.Style == MarkerStyle.NumberIs || (draft.Style == MarkerStyle.OrdinalWord && draft.Points.Count > 2 && MostSentences(draft) == 1) ? MostSentences(draft) : int.MaxValue;
        var rest = _byParagraph[last.Paragraph].Where(sentence => sentence.Place.End > last.Start).ToList();
        var taken = 1;
        while (taken < rest.Count && taken < most && !Concludes(rest[taken].Text)) taken++;
        var end = new Spot(last.Paragraph, rest[taken - 1].Place.End);
        return Turn(draft, end) is { } turn ? Spot.Earlier(turn, end) : end;
    }

    /// <summary>
    /// Where, after the last number and before a bound, the speaker turns from the points to something else: begins to say it in another sentence,
    /// addresses or thanks all listeners, says 'lastly', or another begins to speak. What the other points hold too is no such turn. Null where there is none.
    /// </summary>
    private Spot? Turn(SeriesDraft draft, Spot bound)
    {
        var last = draft.Points[^1].Marker.Place;
        var withinParagraph = !draft.Points.All(point => point.Marker.StartsParagraph);
        var after = Enumerable.Range(last.Paragraph, withinParagraph ? 1 : Math.Max(0, Math.Min(paragraphs.Count, bound.Paragraph + 1) - last.Paragraph))
            .SelectMany(paragraph => _byParagraph[paragraph]).Where(sentence => sentence.Place.Paragraph > last.Paragraph || sentence.Place.Start > last.Start);
        var tellsSteps = draft.Style == MarkerStyle.SequenceWord || Words.EarlierSteps().IsMatch(SentenceAt(last).Text);
        var turns = new Lazy<IReadOnlyList<Regex>>(() => [.. _turns.Where(turn => !EarlierSentences(draft).Any(turn.IsMatch))]);
        foreach (var sentence in after.TakeWhile(sentence => new Spot(sentence.Place.Paragraph, sentence.Place.Start).IsBefore(bound)))
        {
            if ((_labels.LengthAt(sentence.Text) > 0 && !EarlierSentences(draft).Any(earlier => _labels.LengthAt(earlier) > 0)) || _turns.Any(turn => turn.IsMatch(sentence.Text) && !(tellsSteps && turn == Words.Lastly()) && turns.Value.Contains(turn)))
                return new Spot(sentence.Place.Paragraph, sentence.Place.Start);
            tellsSteps = tellsSteps || Words.EarlierSteps().IsMatch(sentence.Text);
        }

        return null;
    }

    private IEnumerable<string> EarlierSentences(SeriesDraft draft)
    {
        var (first, last) = (StartOf(draft.Points[0]), StartOf(draft.Points[^1]));
        return Enumerable.Range(first.Paragraph, last.Paragraph - first.Paragraph + 1).SelectMany(paragraph => _byParagraph[paragraph])
            .Where(sentence => first.IsBefore(new Spot(sentence.Place.Paragraph, sentence.Place.Start)) && new Spot(sentence.Place.Paragraph, sentence.Place.Start).IsBefore(last))
            .Select(sentence => sentence.Text);
    }

    private int MostSentences(SeriesDraft draft) =>
        draft.Points.Zip(draft.Points.Skip(1), (point, next) => Clip(
            new Spot(point.Marker.Place.Paragraph, point.Marker.Place.Start), new Spot(next.Marker.Place.Paragraph, next.Marker.Place.Start)).Count).Max();

    private Place? LeadOf(IReadOnlyList<Marker> markers, Marker? parent)
    {
        var home = SentenceAt(markers[0].Place).Place;
        var text = paragraphs[home.Paragraph].Text;
        var before = Trimmed(text, home.Paragraph, Math.Min(markers[0].Place.Start, home.Start + _labels.LengthAt(text[home.Start..home.End])), markers[0].Place.Start);
        var saysWho = before.Length > 0 && Words.Attribution().Match(text[before.Start..Math.Min(text.Length, before.End + 1)]).Length > before.Length;
        if (before.Length > 0 && !saysWho) return before;
        // 他提出三点希望。他指出，第一要…
        if (saysWho) return Preceding(home) is { } announcing && Counts(announcing.Text).Contains(markers.Count) ? announcing.Place : before;
        return Preceding(home) is { } sentence && LeadsUpTo(sentence, markers, parent) ? sentence.Place : null;
    }

    // First, second and the like go on from the sentence before them in their paragraph. Headings and new paragraphs may stand after any
    // sentence, so it must announce them or be a heading
    private bool LeadsUpTo(Sentence sentence, IReadOnlyList<Marker> markers, Marker? parent)
    {
        if (sentence.Place.Paragraph == markers[0].Place.Paragraph && !markers[0].IsOfHeadings) return true;
        if (paragraphs[sentence.Place.Paragraph].IsHeading || (parent is not null && sentence.Place.Holds(parent.Place))) return true;
        var words = sentence.Text;
        if (words[^1] is '：' or ':') return !Words.Address().IsMatch(words);
        return Counts(words).Any() || Words.Announcing().IsMatch(words) || Words.Demanding().IsMatch(words);
    }

    private Sentence? Preceding(Place place) =>
        _byParagraph[place.Paragraph].LastOrDefault(sentence => sentence.Place.End <= place.Start)
        ?? (place.Paragraph > 0 ? _byParagraph[place.Paragraph - 1].LastOrDefault() : null);

    private bool IsClosed(SeriesDraft draft, Place? lead, Spot end)
    {
        var markers = draft.Points.Select(point => point.Marker).ToList();
        // where the text announces another number, a point may have been missed, or what was read as one is none
        var announced = lead is null ? [] : Counts(paragraphs[lead.Paragraph].Text[lead.Start..lead.End]).ToList();
        if (announced.Count > 0) return announced.Contains(markers.Count);
        if (markers[^1].IsLast) return true;
        if (markers.All(marker => SentenceAt(markers[0].Place).Place.Holds(marker.Place))) return true;
        return sentences.Count > 0 && !new Spot(sentences[^1].Place.Paragraph, sentences[^1].Place.Start).IsBefore(end);
    }

    /// <summary>The numbers of points, of two or more, that a sentence names.</summary>
    private static IEnumerable<int> Counts(string lead) =>
        CountPattern().Matches(lead).Select(match => ChineseNumber.Parse(match.Groups["n"].Value.ToLowerInvariant())).Where(count => count > 1);

    private static bool Concludes(string text) => ConclusionPattern().IsMatch(text);

    private Sentence SentenceAt(Place place) =>
        _byParagraph[place.Paragraph].First(sentence => sentence.Place.End > place.Start);

    // 第三点 is one of several, 三个月 and 十点半 are times, and so are three years
    [GeneratedRegex(@"(?<![第一二两三四五六七八九十百千万亿0-9.])(?<n>[一二两三四五六七八九十]{1,3}|[0-9]{1,2})(?:个(?!多?(?:月|小时|星期|工作日|季度|百分点))|点(?![钟半多]|[0-9一二三四五六七八九十])|条|项|件|句|种|类|步|方面|大)|\b(?<n>[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en)\b(?! (?:more |or )?(?:years?|months?|weeks?|days?|hours?|minutes?|times|hundred|thousand|million|billion|percent|per cent|dollars|o'clock)\b)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex CountPattern();

    [GeneratedRegex(@"\A(?:总的来说|总的来看|总的看|总之|总而言之|综上|由此可见|这[^，。]{0,4}(?:说明|表明)|In short|In conclusion|To sum up|In summary)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex ConclusionPattern();
}

/// <summary>A point between two characters of the text; the end of a paragraph is the start of the next.</summary>
internal sealed record Spot(int Paragraph, int Offset)
{
    public bool IsBefore(Spot other) => Paragraph != other.Paragraph ? Paragraph < other.Paragraph : Offset < other.Offset;
    public static Spot Later(Spot a, Spot b) => b.IsBefore(a) ? a : b;
    public static Spot Earlier(Spot a, Spot b) => b.IsBefore(a) ? b : a;
}
