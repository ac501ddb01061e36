using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Structuring;

/// <summary>
/// Finds the sentences that report what others think, mostly to refute it: quoted without the refutation, they would pass for what the
/// text says itself.
/// </summary>
internal static partial class OthersViews
{
    /// <summary>Whether some people say it, or the sentence itself goes on to deny it.</summary>
    public static bool AreIn(SourceText text, Place sentence)
    {
        var words = text.At(sentence);
        return SayerPattern().IsMatch(words) || DenialPattern().IsMatch(words);
    }

    // at the start of a clause; who speaks by name or office is meant to be quoted
    [GeneratedRegex(
        @"(\A|[，。；：,;:]\s*)(但是?|可是?|而|不过，?|现在|过去|以前|也|还|总|常|曾)?(有(的|些)?(人|同志)|有[的些](?=说|认为|觉得|以为)|(一|某)些(人|同志)|不少(人|同志)|许多人|很多人|个别(人|同志))[^，。；：“”]{0,8}?(说(?![明服书])|认为|觉得|以为|提出|主张|担心|抱怨|讲(?=[，：,:]))"
        + @"|(\A|[.,;:] )((and|but|yet|today|however),? )?((some|many|most|certain|a few|several)( [a-z]+){0,3}?|people|there are (some|those|people) who)( (often|sometimes|still|always|may|might|will|would|have|had))* (say|said|think|thought|believe|believed|claim|claimed|argue|argued|insist|insisted|complain|fear)\b"
        + @"|(\A|[.,;:] )((and|but),? )?(you (will|may|might|often|sometimes) (often |sometimes )?hear (it said )?that|it is (often|sometimes|commonly|widely) (said|thought|believed|claimed)|they say)\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, Timeout.Infinite)]
    private static partial Regex SayerPattern();

    // a later clause that points back and says no
    [GeneratedRegex(
        @"[，；：—]\s*(但是?|可是?|而|其实)?(我们?(认为|觉得))?[这那][^，。；：]{0,8}((不对|不妥|不可取|不正确|不成立|要不得|站不住脚)|是[^，。；：]{0,4}(错误|错|片面|糊涂|荒谬|不行)的|是[^，。；：]{0,6}(误解|误区|偏见)(?![^。；，！]))"
        + @"|[，；：—]\s*(其实不然|并非如此|事实并非如此)"
        + @"|[,;:—] ?((and|but|yet) )?(that|this|it|they)( (view|idea|belief|argument|notion|opinion))?(['’]s| is| was| are| were)( (simply|quite|plainly|just|all))? (wrong|false|mistaken|untrue|nonsense|a mistake|an error|a myth|not (true|so|right|the case))\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, Timeout.Infinite)]
    private static partial Regex DenialPattern();
}
