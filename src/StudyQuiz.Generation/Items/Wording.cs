using System.Text.RegularExpressions;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Normalizing;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Items;

/// <summary>What the generator itself says, in the language of the text. Words in quotation marks are always the text's own.</summary>
internal abstract partial class Wording
{
    /// <summary>Whether words say 我 of whoever speaks: who that is, a question must tell.</summary>
    public static bool SpeaksOfSelf(string words) => SelfPattern().IsMatch(words);

    [GeneratedRegex("我(?![们国县市省区乡镇村校院局厂馆站队军党司方])", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex SelfPattern();

    public static Wording Of(bool isChinese) => isChinese ? new ChineseWording() : new EnglishWording();

    /// <summary>Words with a full stop, unless they end in a quotation that has its own.</summary>
    protected static string Ended(string words, char stop) => Punctuation.EndsSentence(words) ? words : words + stop;

    public abstract string WhichFirst(string? topic);
    public abstract string WhichNext(string? topic, string heading);
    public abstract string PointIs(string? topic, int number, string heading);
    public abstract string PointIsAt(int number);
    public abstract string NextIs(string heading, string next);
    public abstract string WhichPoint(string clause);
    public abstract string WhichClause(string heading);
    public abstract string WhichClauses(string heading);
    public abstract string ClauseIsAt(string clause, string heading, int number);
    public abstract string ClausesAreAt(IEnumerable<string> clauses, string heading);
    public abstract string ClauseIsNotAt(string told);
    public abstract string SaidUnder(string heading, string clause);
    public abstract string RankedAt(string? topic, string heading, int number);
    public abstract string FillIn(string frameWithBlank, string? speaker, string? about);
    public abstract string TextReads(string quote);
    public abstract string NotHere(int paragraph);
    public abstract string IsPoint(int paragraph);
    public abstract string SaidAt(string heading);
    public abstract string NowhereSaid { get; }
    public abstract string WhichListed(string frame);
    public abstract string Listed(string quote);
    public abstract string ListHolds(string clauseWithChange, string? about);
    public abstract string GoesOn(string beginning, string ending, EndingTie tie, string? speaker);
    public abstract string GoesOnWith(string beginning, string told);
    public abstract string SumsUp(string opening);
    public abstract string PutsForward(string beginning, bool isSaid, string? speaker);
    public abstract string HowSo(string rest, string what);
    public abstract string WhySo(string rest);
    public abstract string ToldAs(string beginning);
    public abstract string AfterContext(string context, string asked);
    public abstract string Who(string what, bool isSaid);
    public abstract string WhoIs(string name, string what, bool isSaid);
    public abstract string MatchRow(RowKind kind, string? lead);
    public abstract string WhatFor(string beginning);
    public abstract string LeftOut(string beginning);
    public abstract string MatchParallel(string shared);
    public abstract string MatchFigures { get; }
    public abstract string WhichAgree(string? heading);
    public abstract string ParallelIs(IEnumerable<string> sentences);
    public abstract string OrderPoints(string? topic);
    public abstract string OrderClauses(string heading);
    public abstract string OrderIs(string? topic, IEnumerable<string> items);
    public abstract string MatchPoints(string? topic);
    public abstract string MatchIs(string? topic);
    public abstract string WhichPoints(string? topic);
    public abstract string WhatUnder(string heading, bool isOfSelf);
    public abstract string RestOf(string heading);
    public abstract string Join(IEnumerable<string> parts);
}

internal sealed class ChineseWording : Wording
{
    private const string Numerals = "一二三四五六七八九";

    public override string WhichFirst(string? topic) => $"{Around(topic)}逐点展开，首先讲的是哪一点？";
    public override string WhichNext(string? topic, string heading) => $"讲完{Quoted(heading)}这一点，文中接着讲的是哪一点？";
    public override string PointIs(string? topic, int number, string heading) => $"{Around(topic)}讲的第{Numeral(number)}点是{Quoted(heading)}。";
    public override string PointIsAt(int number) => number == 0 ? "这是文中的另一处。" : $"这是文中的第{Numeral(number)}点。";
    public override string NextIs(string heading, string next) => $"文中在{Quoted(heading)}之后接着讲{Quoted(next)}。";
    public override string WhichPoint(string clause) => $"{Quoted(clause)}是文中讲哪一点时写到的？";
    public override string WhichClause(string heading) => $"下列哪一项写在{Quoted(heading)}这一点里？";
    public override string WhichClauses(string heading) => $"文中讲{Quoted(heading)}时，写到了下列哪些内容？";
    public override string ClauseIsAt(string clause, string heading, int number) => $"{Quoted(clause)}写在{(number == 0 ? "" : $"第{Numeral(number)}点")}{Quoted(heading)}里。";
    public override string ClausesAreAt(IEnumerable<string> clauses, string heading) => $"文中讲{Quoted(heading)}时{(clauses.Skip(1).Any() ? "依次" : "")}写道：{Join(clauses)}。";
    public override string ClauseIsNotAt(string told) => $"文中讲{Quoted(told)}时没有写到它。";
    public override string SaidUnder(string heading, string clause) => $"文中讲{Quoted(heading)}这一点时写到：{Ended(clause, '。')}";
    public override string RankedAt(string? topic, string heading, int number) => $"{Around(topic)}逐点展开，{Quoted(heading)}是第{Numeral(number)}点。";
    public override string FillIn(string frameWithBlank, string? speaker, string? about) => $"{About(about)}{(speaker is null ? $"补全原文{Self(frameWithBlank)}" : $"补全文中{speaker}的话")}：{Ended(frameWithBlank, '。')}";
    public override string TextReads(string quote) => $"原文写的是：{Quoted(quote)}。";
    public override string NotHere(int paragraph) => $"这几个字出自原文第 {paragraph} 段，不在这里。";
    public override string IsPoint(int paragraph) => $"这是原文第 {paragraph} 段里的另一点。";
    public override string SaidAt(string heading) => $"这是文中讲{Quoted(heading)}时写的。";
    public override string NowhereSaid => "文中没有这样写。";
    public override string WhichListed(string frame) => $"原文写道：{frame}。空缺处并列的有哪些？";
    public override string Listed(string quote) => $"原文并列写道：{Quoted(quote)}。";
    public override string ListHolds(string clauseWithChange, string? about) => $"{About(about)}文中{Self(clauseWithChange)}这样写到：{Ended(clauseWithChange, '。')}";
    public override string GoesOn(string beginning, string ending, EndingTie tie, string? speaker) => tie switch
    {
        EndingTie.Consequence => $"{speaker ?? "文中"}说，{beginning}，{(Bound(ending) ? "怎么办" : "会怎样")}？",
        EndingTie.Counterpart => $"{speaker ?? "文中"}把两方面对照着说，一方面是{Quoted(beginning)}，另一方面呢？",
        _ => speaker is null ? $"{Quoted(beginning)}，原文紧接着写的是什么？" : $"{speaker}讲到{Quoted(beginning)}，紧接着说的是什么？",
    };

    public override string GoesOnWith(string beginning, string told) => $"文中讲到{Quoted(beginning)}时接着写到：{Ended(told, '。')}";
    public override string PutsForward(string beginning, bool isSaid, string? speaker) => $"{(isSaid ? "据文中报道" : $"{speaker ?? "文中"}说")}，{beginning}{(Demanded(beginning) ? "怎样" : "什么")}？";
    public override string HowSo(string rest, string what) => $"文中说，{(what.EndsWith('人') ? "什么人" : "怎样")}{rest}？";
    public override string WhySo(string rest) => $"文中说，为什么{rest}？";
    public override string ToldAs(string beginning) => $"文中写到{Quoted(beginning)}，具体内容是什么？";
    public override string AfterContext(string context, string asked) => $"文中先写道：{Quoted(context.TrimEnd('。'))}。{asked.Replace("文中说，", "接着说，", StringComparison.Ordinal).Replace("文中写到", "接着写到", StringComparison.Ordinal)}";
    public override string Who(string what, bool isSaid) => isSaid ? $"{Quoted(what)}，这话在文中是谁说的？" : $"在文中写到的人里，{Quoted(what)}说的是谁？";
    public override string WhoIs(string name, string what, bool isSaid) => $"文中{(isSaid ? "这话是" : "写的是")}{name}{(isSaid ? "说的" : "")}：{Quoted(what)}。";
    public override string MatchRow(RowKind kind, string? lead) => kind switch
    {
        RowKind.Views => "文中的几个人各说了什么？把人与他的话连起来。",
        RowKind.Duties => $"{About(lead)}文中说各由谁做什么？把两边连起来。",
        _ => lead is null ? "文中依次说到几项，把每一项与它的内容连起来。" : $"文中写到{Quoted(lead)}，把每一项与它的内容连起来。",
    };

    public override string WhatFor(string beginning) => $"文中写到{Quoted(beginning)}，这样做是为了什么？";
    public override string LeftOut(string beginning) => $"文中说：“{beginning}……”，省略处写的是什么？";
    public override string MatchParallel(string shared) => $"文中有几句话都写到{Quoted(shared)}，把各句的开头与这几个字后面的话连起来。";
    public override string MatchFigures => "下列各项在文中分别是多少？把前后连起来。";
    public override string WhichAgree(string? heading) => heading is null ? "下列哪些说法与原文一致？" : $"关于{Quoted(heading)}，下列哪些说法与原文一致？";
    public override string ParallelIs(IEnumerable<string> sentences) => $"原文写的是：{Join(sentences.Select(Quoted))}。";
    public override string SumsUp(string opening) => $"文中以{Quoted(opening)}开头的一句，得出的判断是什么？";
    public override string OrderPoints(string? topic) => $"按文中的先后，排列{(topic is null ? "全文" : $"围绕{Quoted(topic)}")}讲到的各点。";
    public override string OrderClauses(string heading) => $"按文中的先后，排列{Quoted(heading)}这一点里的内容。";
    public override string OrderIs(string? topic, IEnumerable<string> items) => $"{Around(topic)}讲到的次序是：{Join(items)}。";
    public override string MatchPoints(string? topic) => $"{Around(topic)}分点展开，把各点与写在该点里的内容连起来。";
    public override string MatchIs(string? topic) => $"各项内容都写在{Around(topic)}讲的对应一点里。";
    public override string WhichPoints(string? topic) => $"{Around(topic)}讲到了哪些要点？";
    public override string RestOf(string heading) => $"文中说，{heading}，{(Words.Negation().IsMatch(heading) ? "还有什么要求" : "具体怎么做")}？";
    public override string WhatUnder(string heading, bool isOfSelf) => $"{Quoted(heading)}这一点讲了什么？{(isOfSelf ? "（“我”是讲话人自称）" : "")}";
    public override string Join(IEnumerable<string> parts) => string.Join('；', parts);

    private static bool Demanded(string beginning) =>
        Array.Exists(["要", "必须", "应当", "应该", "务必", "不得", "不能", "不应", "严禁", "禁止", "应", "不会", "没有", "无法", "不可能"], must => beginning.EndsWith(must, StringComparison.Ordinal));

    private static bool Bound(string ending) => Words.Demanding().IsMatch(ending) || Array.Exists(["一律", "应", "须", "不准", "不许", "取消"], word => ending.Contains(word, StringComparison.Ordinal));

    private static string Self(string words) => SpeaksOfSelf(words) ? "（“我”是讲话人自称）" : "";

    private static string About(string? heading) => heading is null ? "" : $"关于{Quoted(heading)}，";

    private static string Around(string? topic) => topic is null ? "全文" : $"文中围绕{Quoted(topic)}";

    // quotation marks within quotation marks would not show where the inner ones end
    private static string Quoted(string words) => words.Contains('“', StringComparison.Ordinal) ? $"「{words}」" : $"“{words}”";

    private static string Numeral(int number) => number switch
    {
        < 10 => Numerals[number - 1].ToString(),
        10 => "十",
        < 20 => "十" + Numerals[number - 11],
        _ => $"{Numerals[(number / 10) - 1]}十{(number % 10 == 0 ? "" : Numerals[(number % 10) - 1].ToString())}",
    };
}

internal sealed class EnglishWording : Wording
{
    public override string WhichFirst(string? topic) => $"{After(topic)}, which point does the text make first?";
    public override string WhichNext(string? topic, string heading) => $"Which point does the text make right after {Quoted(heading)}?";
    public override string PointIs(string? topic, int number, string heading) => $"{After(topic)}, point {number} of the text is {Quoted(heading)}.";
    public override string PointIsAt(int number) => number == 0 ? "This is another part of the text." : $"This is point {number} of the text.";
    public override string NextIs(string heading, string next) => $"After {Quoted(heading)} the text goes on with {Quoted(next)}.";
    public override string WhichPoint(string clause) => $"Under which point does the text say {Quoted(clause)}?";
    public override string WhichClause(string heading) => $"Which of these is said under {Quoted(heading)}?";
    public override string WhichClauses(string heading) => $"What does the text say under {Quoted(heading)}?";
    public override string ClauseIsAt(string clause, string heading, int number) => $"{Quoted(clause)} is said under {(number == 0 ? "" : $"point {number}, ")}{Quoted(heading)}.";
    public override string ClausesAreAt(IEnumerable<string> clauses, string heading) => $"Under {Quoted(heading)} the text says{(clauses.Skip(1).Any() ? ", in this order" : "")}: {Join(clauses)}.";
    public override string ClauseIsNotAt(string told) => $" It is not said under {Quoted(told)}.";
    public override string SaidUnder(string heading, string clause) => $"Under {Quoted(heading)} the text says: {Ended(clause, '.')}";
    public override string RankedAt(string? topic, string heading, int number) => $"{After(topic)}, {Quoted(heading)} is point {number}.";
    public override string FillIn(string frameWithBlank, string? speaker, string? about) => speaker is null ? $"Complete the text: {Ended(frameWithBlank, '.')}" : $"Complete what {speaker} says: {Ended(frameWithBlank, '.')}";
    public override string TextReads(string quote) => $"The text reads: {Quoted(quote)}.";
    public override string NotHere(int paragraph) => $"These words stand in paragraph {paragraph} of the text, not here.";
    public override string IsPoint(int paragraph) => $"This is another point, in paragraph {paragraph} of the text.";
    public override string SaidAt(string heading) => $"The text says this under {Quoted(heading)}.";
    public override string NowhereSaid => "The text does not say this.";
    public override string WhichListed(string frame) => $"The text reads: {Ended(frame, '.')} Which of these stand in the blank?";
    public override string Listed(string quote) => $"The text lists: {Quoted(quote)}.";
    public override string ListHolds(string clauseWithChange, string? about) => $"The text has it thus: {Ended(clauseWithChange, '.')}";
    public override string GoesOn(string beginning, string ending, EndingTie tie, string? speaker) => speaker is null ? $"{Quoted(beginning)}: how does the text go on?" : $"{speaker} says {Quoted(beginning)}: how does this go on?";
    public override string GoesOnWith(string beginning, string told) => $"Right after {Quoted(beginning)} the text says: {Ended(told, '.')}";
    public override string PutsForward(string beginning, bool isSaid, string? speaker) => $"{speaker ?? "The text"} says: {beginning} … what?";
    public override string HowSo(string rest, string what) => $"The text says: how {rest}?";
    public override string WhySo(string rest) => $"The text says: why {rest}?";
    public override string ToldAs(string beginning) => $"The text says {Quoted(beginning)}: what exactly?";
    public override string AfterContext(string context, string asked) => $"{context} {asked}";
    public override string Who(string what, bool isSaid) => $"Of whom does the text tell {Quoted(what)}?";
    public override string WhoIs(string name, string what, bool isSaid) => $"It is {name}: {Quoted(what)}.";
    public override string MatchRow(RowKind kind, string? lead) => "Join each to what the text says of it.";
    public override string WhatFor(string beginning) => $"The text says {Quoted(beginning)}: what for?";
    public override string LeftOut(string beginning) => $"The text says “{beginning} …”: what is left out?";
    public override string MatchParallel(string shared) => $"Several sentences of the text say {Quoted(shared)}: join the beginning of each to what it says after these words.";
    public override string MatchFigures => "How much or how many of each does the text tell? Join the two sides.";
    public override string WhichAgree(string? heading) => heading is null ? "Which of these agree with the text?" : $"Which of these on {Quoted(heading)} agree with the text?";
    public override string ParallelIs(IEnumerable<string> sentences) => $"The text reads: {Join(sentences.Select(Quoted))}.";
    public override string SumsUp(string opening) => $"What does the text conclude in the sentence that begins with {Quoted(opening)}?";
    public override string OrderPoints(string? topic) => $"Put the points {Lower(topic)} in the order of the text.";
    public override string OrderClauses(string heading) => $"Put what is said under {Quoted(heading)} in the order of the text.";
    public override string OrderIs(string? topic, IEnumerable<string> items) => $"{After(topic)} the order of the text is: {Join(items)}.";
    public override string MatchPoints(string? topic) => $"Join each point {Lower(topic)} to what is said under it.";
    public override string MatchIs(string? topic) => $"Each is said under its point {Lower(topic)}.";
    public override string WhichPoints(string? topic) => $"Which points does the text make {Lower(topic)}?";
    public override string RestOf(string heading) => $"The text says: {heading}. What more does it say of that?";
    public override string WhatUnder(string heading, bool isOfSelf) => $"What does the text say under {Quoted(heading)}?";
    public override string Join(IEnumerable<string> parts) => string.Join("; ", parts);

    private static string After(string? topic) => topic is null ? "In the whole text" : $"After {Quoted(topic)}";

    private static string Lower(string? topic) => topic is null ? "of the whole text" : $"after {Quoted(topic)}";

    private static string Quoted(string words) => words.Contains('“', StringComparison.Ordinal) ? $"‘{words}’" : $"“{words}”";
}
