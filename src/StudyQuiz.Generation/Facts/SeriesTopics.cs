using System.Text.RegularExpressions;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Facts;

/// <summary>What the points of a series are about.</summary>
/// <param name="Place">The words that say it; of a series that is the text's own outline, those that announce it, or its first heading.</param>
/// <param name="IsOutline">The series parts the whole text: nothing shorter names what it is about.</param>
internal sealed record SeriesTopic(Place Place, bool IsOutline);

/// <summary>Finds the words by which a question can name a series. 下面，我讲三点意见 and 主要是三个方面 name none.</summary>
internal static partial class SeriesTopics
{
    private const int Shortest = 3;
    private const int Longest = 60;
    private const int LongestHeading = 40;
    private const int LongestSpoken = 40;
    private const int ShortestQuestion = 6;

    // 最难的是三件事: so few characters beside the number say nothing of what
    private const int MostEmpty = 2;

    // A series that holds so much of the text is its outline
    private const double OfOutline = 0.6;

    /// <summary>The topic; null where it is missing or can't be quoted.</summary>
    public static SeriesTopic? Of(SourceText text, Series series)
    {
        if (series.Lead is not { } lead) return IsOutline(text, series) ? new SeriesTopic(series.Points[0].Heading, IsOutline: true) : null;
        if (text.IsDoubtful(lead)) return null;
        // half of a heading is none
        if (text.Paragraphs[lead.Paragraph].IsHeading && Headline.Said(text, lead) is { Length: <= LongestHeading } heading) return new SeriesTopic(heading, IsOutline: false);
        var topic = Headline.OfLead(text, lead);
        if ((PronounPattern().IsMatch(text.At(topic)) || topic.Length > LongestSpoken * text.Scale) && Headline.MatterOfLead(text, lead) is { Length: >= Shortest } matter) topic = matter;
        if (IsEmpty(text.At(topic)))
        {
            if (QuestionBefore(text, lead) is { } question) return new SeriesTopic(question, IsOutline: false);
            if (IsOutline(text, series)) return new SeriesTopic(topic, IsOutline: true);
            // 我提三点要求, under a heading that says on what
            if (HeadingAbove(text, series) is { } above) return new SeriesTopic(above, IsOutline: false);
            // 为此，我讲四个问题
            return null;
        }

        // 怎么改？ of what
        if (OnlyAsks().IsMatch(text.At(topic))) return null;

        // 现将主要情况总结如下, 具体如下: that points follow, and not on what
        if (LeadOut().IsMatch(text.At(topic))) return IsOutline(text, series) ? new SeriesTopic(topic, IsOutline: true) : null;
        // 现就甲事通知如下
        if (MatterPattern().Match(text.At(topic)) is { Success: true } given) topic = topic with { Start = topic.Start + given.Groups["what"].Index, End = topic.Start + given.Groups["what"].Index + given.Groups["what"].Length };
        // 下面，我就甲谈几点意见: what is to be said of which matter; where that is only 下一步工作, it names none
        if (TalkPattern().Match(text.At(topic)) is { Success: true } talk)
        {
            if (!SaysOfWhat(talk.Groups["what"].Value) && IsOutline(text, series)) return new SeriesTopic(topic, IsOutline: true);
            topic = topic with { Start = topic.Start + talk.Groups["what"].Index, End = topic.Start + talk.Groups["what"].Index + talk.Groups["what"].Length };
        }

        if (OpeningPattern().Match(text.At(topic)) is { Length: > 0 } opening && topic.Length - opening.Length >= Shortest) topic = topic with { Start = topic.Start + opening.Length };
        return topic.Length >= Shortest && topic.Length <= Longest * text.Scale ? new SeriesTopic(topic, IsOutline: false) : null;
    }

    private static bool SaysOfWhat(string words) => GenericPattern().Replace(words, "").Count(char.IsLetter) > MostEmpty;

    // the number of points, and what is left without words of speaking and pointing
    private static bool IsEmpty(string words) =>
        CountPattern().Match(words) is { Success: true } count && words[..count.Index].Count(c => char.IsLetter(c) && !"下面我们这里现在主要是有以从就想再先讲谈说提出向大家的只几还也将分和跟同商量聊汇报".Contains(c)) <= MostEmpty;

    // what the other one has asked says what the answer's points are about
    private static Place? QuestionBefore(SourceText text, Place lead)
    {
        if (lead.Paragraph == 0 || !text.IsSpoken(lead)) return null;
        var before = text.Structure.Sentences.LastOrDefault(sentence => sentence.Place.Paragraph == lead.Paragraph - 1)?.Place;
        if (before is null || text.At(before) is not [.., '？' or '?'] || OthersViews.AreIn(text, before)) return null;
        var question = text.WithoutLabel(before) with { End = before.End - 1 };
        question = question with { Start = question.Start + AskingPattern().Match(text.At(question)).Length };
        return question.Length >= ShortestQuestion * text.Scale && question.Length <= LongestHeading * text.Scale && !Words.Pointing().IsMatch(text.At(question)) ? question : null;
    }

    private static Place? HeadingAbove(SourceText text, Series series) =>
        text.Structure.AllSeries().SelectMany(other => other.Points).FirstOrDefault(point => point.Inner.Contains(series))?.Heading is { } heading && heading.Length <= LongestHeading && !text.IsDoubtful(heading) ? heading : null;

    private static bool IsOutline(SourceText text, Series series)
    {
        if (!text.Structure.Series.Contains(series) || series.Points.Any(point => point.Body.Count == 0)) return false;
        var held = series.Points.Sum(point => point.Heading.Length + point.Body.Sum(place => place.Length));
        return held >= OfOutline * text.Paragraphs.Sum(paragraph => paragraph.Text.Length);
    }

    [GeneratedRegex(@"\A[他她]们?[^，]{0,4}[，：]|\A[他她]们?[^，：]{0,6}(?:说|指出|强调|表示|认为|提出|要求|谈到)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex PronounPattern();

    [GeneratedRegex(@"(?:[几一二两三四五六七八九十]{1,3}|[0-9]{1,2}|以下|如下)个?(?:方面|点|件|条|项|句|个|大)的?(?:事情?|话|意见|看法|体会|建议|要求|希望|问题|内容|情况|工作|决定)?\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex CountPattern();

    [GeneratedRegex(@"\A(?:[^，]{0,4}，)?(?:在此|这里|现在|下面)?，?(?:我们?|本人)?(?:代表[^，]{2,16}，?)?(?:再|也|想|先)*(?:就|围绕|结合|针对)(?<what>[^，]{4,}?)(?:问题|的问题)?，?(?:再|先|着重|主要|重点)*(?:讲|谈|说|提|强调|汇报|交流)(?:以下)?(?:[几一二两三四五六七八九十]{1,2}|以下|如下)[个点条项方面]", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex TalkPattern();

    [GeneratedRegex("做好|抓好|推进|开展|落实|加强|下一步|下一阶段|下阶段|今后|当前|如何|怎样|进一步|工作|的", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex GenericPattern();

    [GeneratedRegex(@"\A(?:现|特)(?:就|将|对)(?<what>[^，]{4,}?)(?:的?(?:有关|具体)?(?:事项|事宜)?)(?:通知|公告|通告|(?<!工)[作做](?!好)|提出|规定|明确|安排)[^，]{0,8}(?:如下|以下)[^，]{0,4}\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex MatterPattern();

    [GeneratedRegex(@"\A[^，]{0,4}?(?:现|特|兹|下面|以下)?(?:就|将|把|对)?[^，]{0,3}?(?:主要|有关|相关|具体|基本|总体|个人|本人|我)*的?(?:情况|内容|事项|事宜|工作|做法|要求|问题|意见|安排|措施|体会|经验|建议|原因|特点|表现)*(?:概括|归纳|整理|梳理|总结|汇总|汇报|报告|通报|介绍|说明|公布|分析|叙述|分述|简述|作|做|提出|通知|公告)*(?:如下|于下)(?:几?[个点条项方面]+)?\z|\A(?:具体|主要)?(?:地?(?:说|讲|来说|来看)|是|有|包括|做法|表现|体现|分为)?(?:在|为|是|有)?(?:以下|下列|如下)[^，]{0,8}\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex LeadOut();

    [GeneratedRegex(@"\A(?:那么?，?|具体)?(?:该|要|应)?(?:怎么|怎样|如何|为什么|是什么|做什么|干什么|靠什么)[^，]{0,3}\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex OnlyAsks();

    [GeneratedRegex(@"\A(?:最后|下面|这里|借此机会|在此|今天)[，,]", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex OpeningPattern();

    [GeneratedRegex(@"\A(?:那么?|好的?|请问|[^，]{1,6}(?:总工?|主任|书记|校长|院长|老师|先生|女士|教授|经理))[，,]", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex AskingPattern();
}
