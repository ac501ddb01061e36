using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Structuring;

/// <summary>
/// The function words by which sentences are told apart. Words with a content of their own don't belong here: what is read from them
/// would hold for one text only.
/// </summary>
internal static partial class Words
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary>Whether a sentence only addresses or thanks the listeners.</summary>
    public static bool IsGreeting(string sentence) => Thanks().IsMatch(sentence) || Address().Match(sentence).Length == sentence.Length;

    /// <summary>Who said it, up to the comma: the rest of the sentence is what was said.</summary>
    [GeneratedRegex(@"\A[^，。；：“”]{1,16}?(指出|强调|表示|认为|要求|提出|谈到|说)[，：:]\s*|\A[A-Z][^,.;:]{1,40}? (said|stressed|noted|added)( that)?,? ", Options, Timeout.Infinite)]
    public static partial Regex Attribution();

    /// <summary>A word that ties a sentence to the one before it, with its comma.</summary>
    [GeneratedRegex(@"\A(同时|此外|另外|总的来说|总的来看|总的看|总之|总而言之|综上所述|综上|当前|目前|近来|近年来|现在|今天|因此|所以|为此|对此|据此|但是|不过|然而|其实|事实上|实际上|说到底|归根到底|归根结底|与此同时|实践证明|[这此][^，。]{0,4}(说明|表明|意味着))[，,]\s*|\A(However|Moreover|Therefore|In short|In conclusion|At the same time|Today|Now), ", Options, Timeout.Infinite)]
    public static partial Regex Connective();

    /// <summary>Words that only announce what the rest of the sentence says, with their comma: 必须看到，…; 需要说明的是，….</summary>
    [GeneratedRegex(@"\A((但是?|同时|特别|尤其|这里)，?)?(也|还|更|都)?((必须|应当|应该|需要|要|应|须)(清醒地?|充分|深刻|特别|进一步)*(看到|认识到|承认|指出)|(必须|应当|应该|需要|要|值得|还)(特别|着重|进一步|再次)*(说明|强调|指出|注意|提醒|一提|肯定|重视|补充)的是)[，,：:]\s*", Options, Timeout.Infinite)]
    public static partial Regex Announced();

    /// <summary>A demand's own word, at its start; not where it is about what is seen or said: 必须看到….</summary>
    [GeneratedRegex(@"\A(还要|也要|更要|就要|都要|又要|要|必须|应当|应该|应|需要|务必)(?!(清醒地?|充分|深刻)?(看到|认识到|承认|指出|说明|强调))|\A(We must |We should |We need to |must |should )", Options, Timeout.Infinite)]
    public static partial Regex Demand();

    /// <summary>A word anywhere that makes a sentence a demand.</summary>
    [GeneratedRegex(@"(?<![需主重首将只概简摘纪])要(?![求点素闻件领塞道害职务案0-9一二两三四五六七八九十几半])|必须|应当|应该|务必|不得|(?<!能)不能|(?<!要)不要|禁止|\b(must|should|need to|shall)\b", Options, Timeout.Infinite)]
    public static partial Regex Demanding();

    /// <summary>A sentence in which who speaks tells of himself or of somebody else, at its start: 我每次查房前都要….</summary>
    [GeneratedRegex(@"\A([^，。]{0,8}，)?[我他她](?![们国县市省区乡镇村校院局厂馆站队军党司方])", Options, Timeout.Infinite)]
    public static partial Regex OfSelf();

    /// <summary>A sentence that tells what is about to happen, or what is not wanted: 就要退休了, 不是要….</summary>
    [GeneratedRegex(@"[就快将]要[^，。要]*了|不是要", Options, Timeout.Infinite)]
    public static partial Regex About();

    /// <summary>A sentence that judges the whole.</summary>
    [GeneratedRegex(@"\A(总的来说|总的来看|总的看|总之|总而言之|综上|由此可见|[这此][^，。]{0,4}(说明|表明|意味着)|In short|In conclusion|To sum up)", Options, Timeout.Infinite)]
    public static partial Regex Judging();

    /// <summary>What follows is turned into its opposite.</summary>
    [GeneratedRegex(@"不能|不得|不要|不应|不可|不许|不准|不搞|不是|不会|不再|避免|防止|禁止|严禁|杜绝|切忌|而非|绝不|决不|并非|没有|\b(not|never|no|avoid|prevent)\b", Options, Timeout.Infinite)]
    public static partial Regex Negation();

    /// <summary>A word that stands for something said elsewhere.</summary>
    [GeneratedRegex(@"[它她此]|(?<!的)那(?!样[^，。]{1,3}的)|这(?!一(辈子|生|世))|他(?!人)|(?<![与尤极])其(?![他次余实中])|该(?!当)|上述|前者|后者|\A(it|its|they|their|he|she|his|her|that)\b|\b(this|these|those)\b", Options | RegexOptions.IgnoreCase, Timeout.Infinite)]
    public static partial Regex Pointing();

    /// <summary>A clause that can't stand alone: it is the half of a pair, or says when, why or under which condition.</summary>
    [GeneratedRegex(@"\A(但|而|因|如|若|即|并|且|又|还|再|以及|虽|尽管|不仅|不但|不只|既|无论|不管|只有|只要|一旦|假如|假使|倘若|要是|除非|或|甚至|特别是|尤其是|就是|也|都|才|便|随着|对于|关于|面对|作为|越|按照|根据|依据|依照|为了|直到|按(?=[^，]*(计算|统计|比例|标准|要求|原则)\z)|(?i:and|but|or|so|so that|which|what|whether|where|whereas|who|how|because|if|when|while|once|since|although|though|unless|until|as|after|before|such as|than|including|especially|compared|with|without|instead of|rather than|in order) )|(?<![落滞])后\z|(?<![小及准按定限临课工学平])时\z|[^，]{3,}(?<![初高集适命期其])中\z|[自从][^，是]{1,14}起\z|(?<![留停放摆写建站住坐落设挂生现立压集用花扑做存躺守躲藏埋记刻印贴处实存])在[^，是]{2,}(?<![以之])[上下]\z|[0-9]+[件个项起家人名条]中\z|[前后][0-9]+(天|日|周|年|个月|小时|分钟)\z|[^，]{2,}、[^，]{2,}(?<!以)前\z|(以来|之际|之下|情况下|前提下|背景下|条件下|过程中|基础上|期间|的话)\z|\A(在|当|从)[^，]*[中上下里后前时际]\z", Options, Timeout.Infinite)]
    public static partial Regex Dependent();

    /// <summary>A word by which even the first clause of a sentence goes on from the sentence before.</summary>
    [GeneratedRegex(@"\A(但(?!凡)|而(?!且是)|可是|不过|然而|因此|因而|所以|于是|否则|其中|其余|或者|或是|并且|并(?![非不排])|后来|随后|此后|之后|然后|接着|另外|同样|本次|此次|这次|上一?[代届期批次轮版个]|[^，。]{1,3}的，|即(?!使|便|将)|也就是|就是|主要是|尤其是|特别是|更|却|则|(and|but|or|so|then|that|which|instead|otherwise|both|neither|others|each (one|of (them|these|those))|(some|all|none|one) of (them|these|those))\b)", Options | RegexOptions.IgnoreCase, Timeout.Infinite)]
    public static partial Regex TiedToFormer();

    /// <summary>A paragraph of notes on the text.</summary>
    [GeneratedRegex(@"\A[（(]?(注|备注|说明|附注|Notes?)[：:]", Options, Timeout.Infinite)]
    public static partial Regex Note();

    /// <summary>加大对… and the like without what is to be enlarged: the sentence is broken.</summary>
    [GeneratedRegex(@"[大强]对(?![外内])[^的，。；]*\z", Options, Timeout.Infinite)]
    public static partial Regex Broken();

    /// <summary>A number that is left open: a clause with it announces points instead of naming them.</summary>
    [GeneratedRegex(@"几[个点条项件句种类步方大]|以下|如下|\b(several|some|following)\b", Options, Timeout.Infinite)]
    public static partial Regex Announcing();

    /// <summary>A clause that names the matter on which points follow.</summary>
    [GeneratedRegex(@"\A(现|特)?(就|将|对)[^，。；]{4,}(作|做|提|通知|公告|规定|安排|明确)", Options, Timeout.Infinite)]
    public static partial Regex NamesMatter();

    /// <summary>A sentence in which the meeting or the speaker begins to say something else.</summary>
    [GeneratedRegex(@"\A([^，。；：“”]{0,12}?(强调|要求|指出|号召|提出|认为|决定|明确|希望)[，：:]|(会议|大会|全会|他|她)(最后|同时|并|还|又|也)*(强调|要求|指出|号召|提出|认为|决定|明确|听取|审议|通过|研究|通报|传达|讨论|希望))", Options, Timeout.Infinite)]
    public static partial Regex NewAttribution();

    /// <summary>A sentence that remarks on something beside what went before.</summary>
    [GeneratedRegex(@"\A((这里|还|也|特别|尤其|最后)*(需要|要|值得|必须|应当)(特别|着重|再次)*(说明|强调|指出|注意|提醒|一提|补充)的是|此外|另外|顺便说一句)[，,：:]|\A(In addition|Besides|One more thing), ", Options, Timeout.Infinite)]
    public static partial Regex Remark();

    /// <summary>A sentence in which a speaker turns back to all listeners.</summary>
    [GeneratedRegex(@"\A((亲爱的|尊敬的)?各位[^，。！：、]{1,8}、)*(亲爱的|尊敬的)?(各位[^，。！：]{1,8}|((同志|朋友|老师|同学|乡亲|父老乡亲|女士|先生|代表|委员|家长|战友)们[，、]?)+)[，！：:]|\A(Ladies and gentlemen|Dear [^,.]{1,30}|My friends), ", Options, Timeout.Infinite)]
    public static partial Regex Address();

    /// <summary>A sentence that begins by wishing the listeners a good day.</summary>
    [GeneratedRegex(@"\A[^，。！？]{0,12}(早上|上午|中午|下午|晚上|大家|你们|各位|们)好[！，。]|\AGood (morning|afternoon|evening)\b", Options, Timeout.Infinite)]
    public static partial Regex Greeting();

    /// <summary>A sentence that only thanks the listeners.</summary>
    [GeneratedRegex(@"\A(最后，)?(再次)?(谢谢|感谢|多谢)(大家|各位|你们|同志们|诸位)?([^，。！!]{0,4}聆听)?[。！!]|\A([A-Z][a-z]+,? and )?[Tt]hank you\b[^.!]{0,40}[.!]", Options, Timeout.Infinite)]
    public static partial Regex Thanks();

    /// <summary>A sentence in which a speaker tells what the talk is going to be, looks back at who spoke before, calls upon all at the end, or thanks someone: nothing to learn.</summary>
    [GeneratedRegex(@"\A(让我们|刚才，|今[天晚日][^。，]{0,8}(请|邀请|召集)(大家|各位|你们)[^，。]{0,6}，(不是|是|就是|想)|(衷心|真诚)?(祝愿?(?![贺酒])|愿(?![景望意为]))|[Ll]et us |([^，。]{2,14}，)?我们?(想|要|就|来|先|再)+(给|跟|和|向|同)(大家|各位|你们|同学们|同志们)(讲|谈|说|聊|汇报|介绍)|我们?(想|要|就|来|先|再)*(给|跟|和|向|同)(大家|各位|你们|同学们|同志们)(讲|谈|说|汇报|介绍|聊))|\A(现在|下面)?，?(请允许)?我(谨|受)?(代表)?[^，。]{2,20}(报告工作|作[^，。]{0,8}报告)|\A(下面|接下来|今天|这里|首先|最后|现在)?，?(请允许)?我(先|再|就|想|要|主要|们)*(讲|谈|说|汇报|报告|介绍)[^，。]{0,6}([几两三四五六七八九十]|[一二]|[0-9])(点|个|条|方面|句|件|项)|\A(最后|首先|在此)?，?(请允许)?(我|我们)?(谨)?(想|要|也|还|再次|衷心|特别|代表[^，。]{1,20})*(感谢|谢谢)|\A([A-Z][a-z]+,? )?I (want|would like|wish) to (talk|speak|thank)\b|\AI am (grateful|thankful)\b", Options, Timeout.Infinite)]
    public static partial Regex OfTalk();

    /// <summary>A sentence that thanks someone.</summary>
    [GeneratedRegex(@"\A[^，。]{0,8}(感谢|谢谢|多谢)|\A[^.,]{0,20}\b[Tt]hank\b", Options, Timeout.Infinite)]
    public static partial Regex Thanking();

    /// <summary>A sentence by which a rule or a notice says from when it holds.</summary>
    [GeneratedRegex(@"\A本[^，。自从]{1,6}[自从][^，。]{1,16}起[^，。]{0,4}(施行|实施|执行|生效)", Options, Timeout.Infinite)]
    public static partial Regex TakesEffect();

    /// <summary>A sentence that opens the last thing a speaker has to say.</summary>
    [GeneratedRegex(@"\A最后[，,]", Options, Timeout.Infinite)]
    public static partial Regex Lastly();

    /// <summary>A word at the beginning of a clause that tells of a later step, or of a later time.</summary>
    [GeneratedRegex(@"\A[^，]{0,6}(然后|接着|随后|其次|再(?!次|三|也|者|说|见|生|度|现|来|多)|最后|此后|后来|之后|而后)|\A(then|next|after that|finally|later)\b", Options | RegexOptions.IgnoreCase, Timeout.Infinite)]
    public static partial Regex Step();

    /// <summary>A word that tells of the first of several steps, which a 'lastly' after it closes.</summary>
    [GeneratedRegex(@"首先|其次|然后|接着|先(?!进|后|生|锋|导|例)", Options, Timeout.Infinite)]
    public static partial Regex EarlierSteps();
}
