using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Structuring;

/// <summary>
/// Finds the sentences that report what others think, mostly to refute it: quoted without the refutation, they would pass for what the
/// text says itself. What only asks says nothing either.
/// </summary>
internal static partial class OthersViews
{
    // 有人说…。…。这种看法不对。: how many sentences a view may take before it is refuted
    private const int LongestView = 4;

    /// <summary>Whether some people say it, the sentence itself goes on to deny it, or a later one does.</summary>
    public static bool AreIn(SourceText text, Place sentence)
    {
        var words = text.At(sentence);
        return SayerPattern().IsMatch(words) || DenialPattern().IsMatch(words) || text.IsRefuted(sentence);
    }

    /// <summary>
    /// Whether a sentence asks what can be answered with yes or no, asks in order to deny (难道…吗), or is put to another speaker: it affirms
    /// nothing. A speaker who asks what or how mostly answers it.
    /// </summary>
    public static bool OnlyAsks(SourceText text, Place sentence)
    {
        var words = text.At(sentence).TrimEnd('”', '’', '」', '』', '）', ')', '"', ' ');
        return words.Length > 0 && words[^1] is '？' or '?' && (text.IsSpoken(sentence) || YesOrNoPattern().IsMatch(words) || RepeatedVerbPattern().IsMatch(words));
    }

    /// <summary>
    /// The sentences that the one after them denies, or asks about whether they are true: that one alone, or all from where some people are said to think so.
    /// </summary>
    public static IEnumerable<Place> Refuted(IReadOnlyList<Sentence> sentences, SpeakerLabels labels)
    {
        for (var at = 1; at < sentences.Count; at++)
        {
            var words = sentences[at].Text[labels.LengthAt(sentences[at].Text)..];
            if (!RefutationPattern().IsMatch(words) && !DoubtingPattern().IsMatch(words)) continue;
            var from = at - 1;
            for (var before = at - 1; before >= Math.Max(0, at - LongestView); before--)
                if (sentences[before].Place.Paragraph == sentences[at - 1].Place.Paragraph && SayerPattern().IsMatch(sentences[before].Text)) from = before;
            for (var i = from; i < at; i++) yield return sentences[i].Place;
        }
    }

    // at the start of a clause; who speaks by name or office is meant to be quoted
    [GeneratedRegex(
        @"(\A|[，。；：,;:]\s*)(但是?|可是?|而|不过，?|现在|过去|以前|从前|原来|当时|当初|一度|曾经|长期以来，?|也|还|总|常|曾)*(有(的|些)?(人|同志)|有[的些](?=说|认为|觉得|以为)|(一|某)些(人|同志)|不少(人|同志)|许多人|很多人|个别(人|同志)|有(的|些)?(网友|居民|市民|村民|专家|学者|观点|意见|媒体)|人们|大家|人家|外界|坊间|网上|民间)[^，。；：“”]{0,8}?(说(?![明服书得])|[称传](?=[，：])|认为|觉得|以为|提出|主张|担心|抱怨|讲(?=[，：,:]))"
        + @"|(\A|[.,;:] )((and|but|yet|today|however),? )?((some|many|most|certain|a few|several)( [a-z]+){0,3}?|people|there are (some|those|people) who)( (often|sometimes|still|always|may|might|will|would|have|had))* (say|said|think|thought|believe|believed|claim|claimed|argue|argued|insist|insisted|complain|fear)\b"
        + @"|(\A|[.,;:] )((and|but),? )?(you (will|may|might|often|sometimes) (often |sometimes )?hear (it said )?that|it is (often|sometimes|commonly|widely) (said|thought|believed|claimed)|they say)\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, Timeout.Infinite)]
    private static partial Regex SayerPattern();

    // a later clause that points back and says no
    [GeneratedRegex(
        @"[，；：—]\s*(但是?|可是?|而|其实)?(我们?(认为|觉得))?[这那][^，。；：]{0,8}((不对|不妥|不可取|不正确|不成立|要不得|站不住脚)|是[^，。；：]{0,4}(错误|错|片面|糊涂|荒谬|不行)的|是[^，。；：]{0,6}(误解|误区|偏见|谣言)(?![^。；，！])|[^，。；：]{0,6}(谣言|不实|虚假)(?=[。！，；]))"
        + @"|[把将][^，。；]{1,40}?(叫作|叫做|称为|称作|看成|看作|当成|当作|视为|说成|等同于|归结为)[^，。；]{1,30}[，；](这|那|就)"
        + @"|[，；：—]\s*这(种|样的?|一)(想法|看法|观念|说法|做法|认识|观点|心态|论调)(?![^。]*(推广|肯定|好评|表扬|认可|有效|值得|列为|入选|获|成效|经验))[^。]*"
        + @"|[他她们员者人长]((曾|已|随后|当场|坚决)*(否认|驳斥)|(并未|从未|没有|不曾|未曾)(说过?|指出|表示|提到|承认|认为)(?=[，：“]))"
        + @"|(报告|文件|文章|公告|通报|会议)(并未|从未|没有|不曾|未曾)(说|指出|表示|提到|承认|认为)"
        + @"|[，；：—]\s*(其实不然|并非如此|事实并非如此)"
        + @"|[,;:—] ?((and|but|yet) )?(that|this|it|they)( (view|idea|belief|argument|notion|opinion))?(['’]s| is| was| are| were)( (simply|quite|plainly|just|all))? (wrong|false|mistaken|untrue|nonsense|a mistake|an error|a myth|not (true|so|right|the case))\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, Timeout.Infinite)]
    private static partial Regex DenialPattern();

    // a whole sentence that points back and says no
    [GeneratedRegex(
        @"\A(但是?，?|可是?，?|不过，?|然而，?|而|其实，?|[^，。；：“”]{0,6}(认为|觉得|看|证明|表明)，?)?([这那][^，。；：]{0,10}?((不对|不妥|不可取|不正确|不成立|不符合(实际|事实)|要不得|行不通|走不通|站不住脚|错了)|是[^，。；：]{0,6}(错误|错|片面|糊涂|荒谬|不行|有害|不对|不正确|不可取|不符合(实际|事实))的|是[^，。；：]{0,8}(误解|误区|偏见)(?![^。；，！]))|(其实不然|并非如此|事实并非如此|事实不是这样|不是这样的?|大错特错)[，。！])"
        + @"|\A((and|but|yet|however),? )?(that|this|it|they|such)( (view|idea|belief|argument|notion|opinion|claim|talk)s?)?(['’]s| is| was| are| were)( (simply|quite|plainly|just|all|both))? (wrong|false|mistaken|untrue|nonsense|a mistake|an error|a myth|not (true|so|right|the case))\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, Timeout.Infinite)]
    private static partial Regex RefutationPattern();

    // Is that true? – No. – 他说错了: whether the answer is yes is not looked at, for the one who answers says it again
    [GeneratedRegex(
        @"\A([这那][^，。？]{0,4})?(是真的|是真是假|真的是这样|是这样|真是这样|属实|确实如此|对|您?同意|您?认同)(吗|么)[？?]"
        + @"|\A(不|不是的?|不对|不会|没有|错|错了|恰恰相反|正相反|不同意|我不同意|我不认同|当然不(是|会|能)?|绝不|从来没有)[，。！]"
        + @"|\A[^，。；：“”]{0,8}(说|讲|写|记|算|弄|搞|报)错了"
        + @"|\A(is|was|were|are) (that|this|it|they|those) (really )?(true|right|so|correct|the case)\?|\A(do you agree|really|are you sure|is it)\?|\A(no|never|wrong|not at all|nonsense|on the contrary|quite the opposite|that['’]s wrong)[.,!;:]",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, Timeout.Infinite)]
    private static partial Regex DoubtingPattern();

    [GeneratedRegex(
        @"吗[？?]\z|难道|是不是|是否|有没有|莫非|岂[能不是有]|何尝|谁说|怎么(能|可能|会|可以)|哪能|哪里会"
        + @"|\A((and|but|or|so|then),? )?(is|are|was|were|do|does|did|can|could|should|shall|will|would|has|have|had|must|may|might|isn['’]t|aren['’]t|don['’]t|doesn['’]t|didn['’]t|can['’]t|shouldn['’]t|won['’]t|wouldn['’]t)\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, Timeout.Infinite)]
    private static partial Regex YesOrNoPattern();

    // 能不能, 要不要, 行不行
    [GeneratedRegex(@"(?<verb>\p{L})不\k<verb>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex RepeatedVerbPattern();
}
