using System.Text.RegularExpressions;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Structuring;

/// <summary>
/// Finds points that essays number by a turn of speech alone: paragraphs that say of one subject what it first is, what it is too, and what it is besides
/// (甲首先是…；甲也是…；甲还是…). Subject and turn together stand for the number.
/// </summary>
internal static partial class SubjectMarkers
{
    // Two are a turn of speech
    private const int Fewest = 3;

    // A point may go on in paragraphs of its own
    private const int MostBetween = 4;

    /// <summary>Markers of all such runs; a paragraph that is numbered otherwise is of none.</summary>
    public static IReadOnlyList<Marker> Of(IReadOnlyList<CleanParagraph> paragraphs, IReadOnlyList<Marker> markers)
    {
        var numbered = markers.Where(marker => marker.StartsParagraph).Select(marker => marker.Place.Paragraph).ToHashSet();
        var found = new List<Marker>();
        var run = new List<Marker>();
        var subject = "";
        for (var at = 0; at < paragraphs.Count; at++)
        {
            if (paragraphs[at].IsHeading || numbered.Contains(at) || Pattern().Match(paragraphs[at].Text) is not { Success: true } match) continue;
            var turn = match.Groups["turn"].Value;
            var isNext = run.Count > 0 && match.Groups["x"].Value == subject && turn is not ("" or "首先") && at - run[^1].Place.Paragraph <= MostBetween;
            if (!isNext)
            {
                Close();
                if (turn is not ("" or "首先")) continue;
                subject = match.Groups["x"].Value;
            }

            run.Add(new Marker(MarkerStyle.SequenceWord, run.Count + 1, turn == "最后", new Place(at, 0, match.Length)));
        }

        Close();
        return found;

        void Close()
        {
            if (run.Count >= Fewest) found.AddRange(run);
            run.Clear();
        }
    }

    // 这, 我们 and the like name no subject
    [GeneratedRegex(@"\A(?<x>(?![这那他她它我你])[\p{IsCJKUnifiedIdeographs}]{1,8}?)(?<turn>首先|同样|最后|也|还|更|又)?是(?![否不非因由为一]|个|的)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Pattern();
}
