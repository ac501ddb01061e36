using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using StudyQuiz.Generation.Normalizing;
using StudyQuiz.Generation.Tests.Structuring;

namespace StudyQuiz.Generation.Tests;

/// <summary>The generator knows function words and the forms of news, never what a text is about.</summary>
public sealed partial class NoContentWordsTests
{
    private static readonly string FirstSource =
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "questions", "sources", "yangtze-delta-symposium-2020.txt"));

    // 组长, 历史 and 关键词 are left out: rules know the first as an office, the second as a speaker that is no person, the third as a label on web pages.
    // The nouns and other words with a content of their own in the first source, the longer before those inside them
    private const string Nouns = """
        长三角 一体化 高质量 座谈会 习近平 合肥 安徽 上海 江苏 浙江 党中央 战略 区域 格局 国内 国际 大循环 双循环 市场 优势 人才 科技 制造业 产业链 供应链
        产业 创新 先锋 改革 开放 高地 全球化 经济 逆流 命运共同体 旗帜 营商环境 环境 企业 贸易 投资 桥梁 壁垒 政策 要素 分工 合力 疫情 防控 任务
        金融 资源 数字化 数字 智能化 项目 集成电路 生物医药 人工智能 领域 环节 主动权 城市 旧城 群众 利益 文化 风貌 房地产 房子 机制 发展 规律
        乡村 平原 山区 差异 均衡性 举措 步伐 形势 地位 作用 领导小组 亮点 意图 全局 定位 方式 方法 进程 成果 体系 设施 局面 部署 路径 能力 产品 前沿
        """;

    [Fact]
    public void Other_nouns_leave_the_structure_unchanged()
    {
        var paragraphs = Normalizer.Clean(FirstSource).Paragraphs;
        var replaced = paragraphs.Select(paragraph => Changed(paragraph)).ToList();
        Assert.NotEqual(paragraphs[4].Text, replaced[4].Text);
        Assert.Equal(Replace(StructureTests.Tree(paragraphs)), StructureTests.Tree(replaced));
    }

    [Fact]
    public void No_rule_holds_a_content_word_of_the_first_source()
    {
        var nouns = Words();
        var found = Directory.EnumerateFiles(Folder(), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Literal().Matches(File.ReadAllText(file)).SelectMany(literal => nouns.Where(noun => literal.Value.Contains(noun, StringComparison.Ordinal))
                .Select(noun => $"{Path.GetFileName(file)}: {noun} in {literal.Value}"))).ToList();
        Assert.Empty(found);
    }

    private static CleanParagraph Changed(CleanParagraph paragraph)
    {
        var text = Replace(paragraph.Text);
        return paragraph with { Text = text, Spans = [new RawSpan(0, 0, text.Length)] };
    }

    // Each noun by one of another length that means nothing
    private static string Replace(string text) =>
        Words().Select((noun, at) => (noun, at)).Aggregate(text, (rest, pair) => rest.Replace(pair.noun, $"{(char)('\u3400' + (pair.at * 2))}{(char)('\u3401' + (pair.at * 2))}㗊", StringComparison.Ordinal));

    private static List<string> Words() => [.. Nouns.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).OrderByDescending(noun => noun.Length)];

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "src", "StudyQuiz.Generation"));

    [GeneratedRegex("\"([^\"\\\\\\n]|\\\\.)*\"", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Literal();
}
