using System.Text.RegularExpressions;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Facts;

/// <summary>Finds who says what in a text that lets several speak, and who does what in one that gives people their names (叫小满，…).</summary>
internal static partial class WhoSays
{
    private const int Fewest = 3;
    private const int Most = 5;
    private const int ShortestClaim = 8;
    private const int LongestClaim = 40;
    private const int LongestName = 6;

    // A text in which hundreds speak is a list
    private const int MostSayings = 60;

    public static IEnumerable<Fact> Of(SourceText text, KeyPointOwners owners) => text.IsChinese && !text.Structure.Sentences.Any(sentence => text.SpeakerOf(sentence.Place) is not null) ? Said(text, owners).Concat(Done(text, owners)) : [];

    private static IEnumerable<Fact> Said(SourceText text, KeyPointOwners owners)
    {
        var claims = text.Voices.Others.Take(MostSayings).SelectMany(saying => new[] { QuotedBefore(text, saying), ClaimOf(text, saying) }.Select(claim => (Name: NameOf(text, saying), Claim: claim, saying.Sentence)))
            .Where(said => said is { Name: not null, Claim: not null } && owners.Of(said.Claim) is not null).Select(said => (Name: said.Name!, Claim: said.Claim!, said.Sentence)).ToList();
        var names = claims.Select(said => said.Name).DistinctBy(text.At, StringComparer.Ordinal).ToList();
        if (names.Count < Fewest) yield break;
        // whoever is named in what is said, or says it too, is no wrong answer
        foreach (var (name, claim, sentence) in claims)
        {
            // whose figures they are, or what an office does, is told by the office; a view is somebody's own
            if (text.At(claim).Any(char.IsAsciiDigit) || !ViewPattern().IsMatch(text.At(claim)) || names.Any(other => text.At(claim).Contains(text.At(other), StringComparison.Ordinal))) continue;
            yield return new WhoFact(owners.Of(claim)!, claim, name, claim, [.. names.Where(other => text.At(other) != text.At(name))], IsSaid: true);
        }

        // of each what has no figures first: that is the view
        var views = claims.Where(said => !names.Any(other => text.At(said.Claim).Contains(text.At(other), StringComparison.Ordinal))).GroupBy(said => text.At(said.Name), StringComparer.Ordinal)
            .Where(one => one.Any(said => ViewPattern().IsMatch(text.At(said.Claim)) && !text.At(said.Claim).Any(char.IsAsciiDigit)))
            .Select(one => one.OrderBy(said => text.At(said.Claim).Any(char.IsAsciiDigit) || !ViewPattern().IsMatch(text.At(said.Claim))).ThenBy(said => said.Claim.Length > LongestClaim * 3 / 4).First()).Take(Most).ToList();
        if (views.Count >= Fewest) yield return new RowFact(owners.Of(views[0].Claim)!, views[0].Claim, [.. views.Select(said => (said.Name, said.Claim))], RowKind.Views);
    }

    // 科里有个年轻护士叫田甜，每天下班以后…
    private static IEnumerable<Fact> Done(SourceText text, KeyPointOwners owners)
    {
        var named = text.Structure.Sentences.SelectMany(sentence => NamingPattern().Matches(sentence.Text).Take(1).Select(match => (Sentence: sentence.Place, Match: match)))
            .Select(one => (one.Sentence, Name: one.Sentence with { Start = one.Sentence.Start + one.Match.Groups["name"].Index, End = one.Sentence.Start + one.Match.Groups["name"].Index + one.Match.Groups["name"].Length }, What: one.Match.Groups["what"])).Take(MostSayings).ToList();
        var names = named.Select(one => one.Name).DistinctBy(text.At, StringComparer.Ordinal).ToList();
        if (names.Count < Fewest) yield break;
        foreach (var (sentence, name, what) in named)
        {
            if (!what.Success || what.Length is < ShortestClaim or > LongestClaim || owners.Of(sentence) is not { } owner) continue;
            var done = sentence with { Start = sentence.Start + what.Index, End = sentence.Start + what.Index + what.Length };
            if (text.IsDoubtful(sentence) || Words.Pointing().IsMatch(text.At(done)) || Words.Negation().IsMatch(text.At(done))) continue;
            yield return new WhoFact(owner, sentence, name, done, [.. names.Where(other => text.At(other) != text.At(name) && !text.At(done).Contains(text.At(other), StringComparison.Ordinal))], IsSaid: false);
        }
    }

    // 国家流通经济研究所研究员贺知远 by the name alone, where the text has it so, or behind the office
    private static Place? NameOf(SourceText text, Voices.Saying saying)
    {
        var place = saying.Named with { Start = saying.Named.Start + text.At(saying.Named).IndexOf(saying.Who, StringComparison.Ordinal) };
        if (place.Start < saying.Named.Start || saying.Named.Paragraph != saying.Words.Paragraph) return null;
        place = place with { End = place.Start + saying.Who.Length };
        var alone = text.Voices.Others.Where(other => other.Who.Length >= 2 && other.Who.Length < saying.Who.Length && saying.Who.EndsWith(other.Who, StringComparison.Ordinal)).Select(other => other.Who).FirstOrDefault();
        var length = alone?.Length ?? Officeholder.NameBehind(saying.Who)?.Length ?? saying.Who.Length;
        var name = place with { Start = place.End - length };
        return name.Length is >= 2 and <= LongestName && !NobodyPattern().IsMatch(text.At(name)) && !text.IsDoubtful(name) ? name : null;
    }

    // to the end of the sentence, or the first clause where that says enough
    private static Place? ClaimOf(SourceText text, Voices.Saying saying)
    {
        var said = saying.Sentence with { Start = saying.Words.End };
        if (text.Voices.OthersIn(said).Any() || text.IsDoubtful(said)) return null;
        var words = text.At(said);
        if (words is ['“', ..]) return Whole(text, said with { Start = said.Start + 1, End = said.Start + words.TrimEnd('”', '。', '！').Length });
        var clauses = Clauses.Of(text, words is ['他' or '她', not ('们' or '的'), ..] ? said with { Start = said.Start + 1 } : said);
        if (clauses.Count == 0) return null;
        var whole = clauses[0] with { End = clauses[^1].End };
        return Whole(text, whole) ?? (Unfinished.EndOf(text, clauses, 0) is { } end ? Whole(text, clauses[0] with { End = clauses[end].End }) : null);
    }

    // “建错了地方，比没有更费钱。”甲建议，…
    private static Place? QuotedBefore(SourceText text, Voices.Saying saying) =>
        text.SentencesBefore(saying.Words).FirstOrDefault() is { } before && before.End == saying.Words.Start && text.At(before) is ['“', .., '”'] words && words.Count(c => c == '“') == 1
            ? Whole(text, before with { Start = before.Start + 1, End = before.Start + words.TrimEnd('”', '。', '！').Length }) : null;

    private static Place? Whole(SourceText text, Place claim) =>
        claim.Length is >= ShortestClaim and <= LongestClaim && text.At(claim) is var words && words.Count(c => c is '“' or '”') % 2 == 0 && words.IndexOfAny(['。', '？', '！', '：']) < 0
        && !Contexts.Points(text, claim) && !Words.TiedToFormer().IsMatch(words) && !Words.Dependent().IsMatch(words) && !Words.Broken().IsMatch(words) && !Words.Announcing().IsMatch(words) ? claim : null;

    [GeneratedRegex("不|才|要|应|最|必|须|把|该|更|比|只有|关键|根本|先|靠|难|怕|缺", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex ViewPattern();

    [GeneratedRegex(@"(?<![尖喊哭呼吼大高才就不能会也都算])叫(?<name>[\p{IsCJKUnifiedIdeographs}]{2,3})(?:，(?<what>[^。；：！？“”]+)[。]|[，。])", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex NamingPattern();

    [GeneratedRegex(@"[他她它们我你]|人\z|方\z|者\z|家\z|民\z|员\z|众\z|长\z|司\z|局\z|部\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex NobodyPattern();
}
