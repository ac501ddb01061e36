using System.Buffers;
using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Normalizing;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Gates;

/// <summary>What generated items take from the text can be asked: the text says it, whole, and it is the text's. What people wrote or reworded is left to them.</summary>
public static partial class SourceGates
{
    private const int ShortestClause = 4;

    private static readonly SearchValues<char> _clauseEnds = SearchValues.Create("，。！？；：,;:!?");

    /// <summary>No generated item rests on a sentence that reports what others think, or that the text goes on to reject, in the same sentence or a later one.</summary>
    public static IEnumerable<Fault> Rejected(BankFile bank)
    {
        var source = BankText.Source(bank);
        var rejected = source.Structure.Sentences.Where(sentence => OthersViews.AreIn(source, sentence.Place)).ToLookup(sentence => sentence.Place.Paragraph);
        foreach (var (question, places) in Generated(bank))
            if (places.SelectMany(place => rejected[place.Paragraph].Where(sentence => sentence.Place.Overlaps(place))).FirstOrDefault() is { } found)
                yield return new Fault(question.Id, "rejected-view", $"It rests on “{found.Text}”, which tells what others think or is rejected: ask about what the text says itself.");
    }

    /// <summary>
    /// No key and no statement of a generated item is a subject whose 是 comes after a comma, begins behind the first of several numbers (一、|二年级) or with
    /// what is left of words that announce it (必须|看到，…; 需要|说明的是，…), or stops at a comma before what it says: it only says when, for whom, among what, under which
    /// condition or to what end.
    /// </summary>
    public static IEnumerable<Fault> Halves(BankFile bank)
    {
        var text = new BankText(bank);
        foreach (var (question, places) in Generated(bank))
            foreach (var words in Told(question.Body).Where(words => words.Length >= ShortestClause))
                if ((Half(words) ?? places.Select(place => Half(text, place, words, question.Body.Stem)).FirstOrDefault(half => half is not null)) is { } why)
                    yield return new Fault(question.Id, why);
    }

    /// <summary>No generated item shows or rests on what a page has around its text: buttons, captions, the names of editors, other titles.</summary>
    public static IEnumerable<Fault> Furniture(BankFile bank)
    {
        foreach (var question in bank.Questions.Where(question => question.Origin == QuestionOrigin.Generated))
            if (question.Body.Evidence.Select(evidence => evidence.Quote).Append(question.Body.Stem).Select(words => FurniturePattern().Match(words)).FirstOrDefault(match => match.Success) is { } found)
                yield return new Fault(question.Id, "page-furniture", $"It rests on “{found.Value}”, which belongs to the page and not to the text: take it out of the text, and the question with it.");
    }

    /// <summary>No generated item rests on the first clause of a point that seems to hold a heading and the beginning of a sentence.</summary>
    public static IEnumerable<Fault> Glued(BankFile bank)
    {
        var suspects = GluedHeadings.Suspects(BankText.Source(bank).Paragraphs).ToLookup(point => point.Paragraph);
        foreach (var (question, places) in Generated(bank))
            if (places.SelectMany(place => suspects[place.Paragraph].Where(point => place.Overlaps(new Place(point.Paragraph, point.Start, point.Start + point.Words.Length)))).FirstOrDefault() is { } found)
                yield return new Fault(question.Id, "glued-heading", $"“{found.Words}” seems to be a heading that runs into its sentence: part the two in the text first.");
    }

    private static IEnumerable<(BankQuestion Question, IReadOnlyList<Place> Places)> Generated(BankFile bank)
    {
        var text = new BankText(bank);
        return bank.Questions.Where(question => question.Origin == QuestionOrigin.Generated).Select(question => (question, text.Places(question.Body)));
    }

    private static IEnumerable<string> Told(Question body) => body switch
    {
        Cloze { Accepted.Count: > 0 } cloze => [cloze.Stem.Replace(Cloze.Blank, cloze.Accepted[0], StringComparison.Ordinal)],
        SingleChoice single when FillIn().Match(single.Stem) is { Success: true } frame => ItemParts.Keys(body).Select(key => frame.Groups["what"].Value.Replace(Cloze.Blank, key, StringComparison.Ordinal)),
        TrueFalse statement => Saying().Match(statement.Stem) is { Success: true } said ? [said.Groups["what"].Value.TrimEnd('。')] : [],
        _ => ItemParts.Keys(body),
    };

    private static (string Code, GateWords Words)? Half(string words) =>
        (words[0] is '看' or '认' or '承' or '说' or '强' or '指' or '注' or '提') && LeftOfAnnouncement().IsMatch(words) ? ("half-lost", $"“{words}” has lost the words before it that make it a sentence: quote all of it, or something else.")
        : (words.EndsWith('中') || words.StartsWith("so that ", StringComparison.Ordinal)) && OnlyAside().IsMatch(words) ? ("half-aside", $"“{words}” only says when, among what or to what end: quote all of it, or something else.")
        : null;

    private static (string Code, GateWords Words)? Half(BankText text, Place place, string words, string stem)
    {
        var quote = text.At(place);
        var at = quote.IndexOf(words, StringComparison.Ordinal);
        if (at < 0) return null;
        if (text.IsBehindNumber(place with { Start = place.Start + at })) return ("half-number", $"“{words}” begins behind the first of several numbers: quote all of it, or something else.");
        // a term within its clause is asked for as one
        if (at > 0 && char.IsLetterOrDigit(quote[at - 1])) return null;
        var after = text.After(place with { Start = place.Start + at, End = place.Start + at + words.Length });
        if (Unfinished.Announces(words, after)) return ("half-colon", $"“{words}” only announces what comes after its colon: quote all of it, or something else.");
        if (after is not ['，' or ',', .. var rest]) return null;
        // 怎样才叫医生？: what goes on is what is asked
        if (stem.Contains(rest[..(rest.AsSpan().IndexOfAny(_clauseEnds) is >= 0 and var clause ? clause : rest.Length)], StringComparison.Ordinal)) return null;
        return Structuring.Halves.Continue(rest) ? ("half-subject", $"“{words}” is only the subject of its sentence, which goes on with 是: quote all of it, or something else.")
            : Unfinished.Is(words[(words.AsSpan().LastIndexOfAny(_clauseEnds) + 1)..].TrimStart(), rest[..(rest.AsSpan().IndexOfAny(_clauseEnds) is >= 0 and var length ? length : rest.Length)].TrimStart())
                ? ("half-stops", $"“{words}” stops before what it says: quote all of it, or something else.") : null;
    }

    [GeneratedRegex("^(看到|认识到|承认|(说明|强调|指出|注意|提醒)的是)[，：]", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex LeftOfAnnouncement();

    // 2022年改造的42个小区中; so that they no longer wait
    [GeneratedRegex("^[^，。；：]{0,24}[0-9一二三四五六七八九十百千万][^，。；：]{1,14}(?<![初高集适命期其])中$|^so that ", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex OnlyAside();

    [GeneratedRegex("(写到|the text says|has it thus)[：:] ?(?<what>.+?)[。.]?$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Saying();

    [GeneratedRegex("^(关于(“[^”]*”|「[^」]*」)，)?(补全原文(（“我”是讲话人自称）)?|补全文中[^：]{1,12}的话|Complete the text|Complete what [^:]{1,40} says)[：:] ?(?<what>.+?)[。.]?$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex FillIn();

    [GeneratedRegex("分享(到|至)[：: ]|(责任编辑|责编)[：:｜]|相关(阅读|新闻|链接)[：:]|扫一扫|字号[：:]|版权所有|点击(查看|下载|关注)|展开(全文|阅读)|我要评论|【?(相关|推荐)阅读】|扫码关注|[上下]一篇[：:]|(首页|主页) ?[>»›]|[（(][^（）()。]{1,12}摄[）)]|((?<=[。！？])|^)图为|Share this (page|article)|Skip to (main )?content", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex FurniturePattern();
}
