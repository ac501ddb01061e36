using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Structuring;

/// <summary>
/// Finds who speaks, written before what is said (记者：…, Q: …). A label is known by its words, or by standing at the start of several
/// sentences; what one sentence alone begins with may as well be its subject (我们的办法：…).
/// </summary>
internal sealed partial class SpeakerLabels
{
    private const int FewestHeard = 2;
    private const int LongestName = 4;

    private readonly HashSet<string> _repeated;

    /// <summary>Whether more than one answers or speaks, so that nobody knows who says something unless it is told. Who only asks, by name or not, is none of them.</summary>
    public bool AreOfSeveral { get; }

    public SpeakerLabels(IReadOnlyList<Sentence> sentences)
    {
        _repeated = sentences.Select(sentence => LabelPattern().Match(sentence.Text)).Where(label => label.Success).CountBy(label => label.Groups["who"].Value, StringComparer.Ordinal)
            .Where(label => label.Value > 1).Select(label => label.Key).ToHashSet(StringComparer.Ordinal);
        if (_repeated.Count == 0) return;
        // among several who speak again and again, one who speaks once is heard too
        if (_repeated.Count >= FewestHeard) _repeated.UnionWith(sentences.Where(sentence => sentence.Place.Start == 0).Select(sentence => LabelPattern().Match(sentence.Text)).Where(label => label.Success && label.Groups["who"].Length <= LongestName).Select(label => label.Groups["who"].Value));
        var turns = sentences.GroupBy(sentence => sentence.Place.Paragraph).Select(turn => (Who: NameAt(turn.First().Text), Asks: turn.Last().Text is [.., '？' or '?'])).ToList();
        AreOfSeveral = turns.Where(turn => turn is { Who: not null, Asks: false }).DistinctBy(turn => turn.Who, StringComparer.Ordinal).Skip(1).Any();
    }

    /// <summary>The length of the label that a sentence begins with, spaces after it included; 0 without one.</summary>
    public int LengthAt(string sentence) =>
        LabelPattern().Match(sentence) is { Success: true } label && (KnownPattern().IsMatch(label.Groups["who"].Value) || _repeated.Contains(label.Groups["who"].Value)) ? label.Length : 0;

    /// <summary>Who speaks by the label that a paragraph begins with; null without one, and where it only says that someone asks or answers.</summary>
    public string? NameAt(string paragraph) =>
        LengthAt(paragraph) > 0 && LabelPattern().Match(paragraph).Groups["who"].Value is var who && !KnownPattern().IsMatch(who) ? who : null;

    [GeneratedRegex(
        @"\A(?:[【\[](?<who>[\p{L}·]{1,12}|[A-Z][\p{L}.'’-]*(?: [A-Z][\p{L}.'’-]*){0,2})[0-9]*[】\]][：:]?|(?<who>[\p{L}·]{1,8}|[A-Z][\p{L}.'’-]*(?: [A-Z][\p{L}.'’-]*){0,2})[0-9]*(?:[（(][^（）()]{1,20}[)）])?[：:])\s*",
        RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex LabelPattern();

    [GeneratedRegex(@"\A(?:问|答|提问|追问|回答|.{0,6}记者(?:问|提问)?|主持人|Q|A|Question|Answer|Interviewer|Moderator|Host|Reporter)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, Timeout.Infinite)]
    private static partial Regex KnownPattern();
}
