using CsCheck;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Normalizing;

/// <summary>What holds for every text.</summary>
public sealed class NormalizerProperties
{
    private static readonly string[] Pieces =
    [
        "\r\n", "\n", "\r", "\n# ", "\n## ", "\u2028", "\f", " ", "　", "\u00a0", "\t", "\u200b", "\u00ad", "\ufeff", "\ufffd", "\ud83d", "\ude00", "😀", "\0", "。", "！", "？", "…", "，", "、", "；", "：",
        ".", "!", ",", "-", "—", "——", "“", "”", "‘", "’", "「", "」", "（", "）", "《", "》", "(", ")", "第", "一", "二", "十", "第一，", "第二，", "一、", "二、", "（一）", "（二）", "1.", "2.",
        "①", "一是", "二是", "首先，", "其次，", "最后，", "第一章", "章", "是", "1", "23", "年", "月", "日", "2020年8月22日", "2020-08-22", "第 3 页 共 5 页", "- 3 -", "来源：", "责任编辑：",
        "记者", "摄", "图为", "新华社", "电", "本报讯（记者甲）", "指出", "强调", "打印", "Share", "http://a", "word", "exam-", "ple", "A", "b", "读书", "读书好，天天读书更好。", "春天的河水流过田野和村庄",
    ];

    private static readonly Gen<string> Texts = Gen.Int[0, Pieces.Length - 1].Array[0, 60].Select(picked => string.Concat(picked.Select(i => Pieces[i])));

    // one text is made clean once for all of them: to do so takes nearly all of the time
    [Fact]
    public void Any_text() => Texts.Sample(raw =>
    {
        var clean = Normalizer.Clean(raw);
        Assert.All(clean.Paragraphs, paragraph => Assert.True(
            paragraph.Text.Length > 0 && paragraph.Text.Trim() == paragraph.Text && paragraph.Text.IndexOfAny(['\r', '\n', '\f', '\u2028', '\t', '\u200b']) < 0, "a line break or space at an end"));
        Assert.True(clean.Paragraphs.All(paragraph => Enumerable.Range(0, paragraph.Text.Length).All(at =>
            IsKept(paragraph, at) ? raw[paragraph.RawOffset(at)] == paragraph.Text[at] : paragraph.Text[at] == ' ')), "a character is another than at its place in the raw text");
        var accounted = new bool[raw.Length];
        foreach (var span in clean.Paragraphs.SelectMany(paragraph => paragraph.Spans)) Array.Fill(accounted, true, span.Raw, span.Length);
        foreach (var repair in clean.Repairs) Array.Fill(accounted, true, repair.Start, repair.Length);
        Assert.True(Enumerable.Range(0, raw.Length).All(at => accounted[at] || raw[at] is '\r' or '\n' or '\f' or '\u2028'), "a raw character is neither kept nor in a repair");
        var places = clean.Paragraphs.SelectMany(paragraph => paragraph.Spans).Select(span => span.Raw).ToList();
        Assert.True(clean.Paragraphs.Select((paragraph, i) => paragraph.Id == $"P{i + 1:D2}").All(same => same) && places.SequenceEqual(places.Order()), "numbers or order");
        var lengths = clean.Paragraphs.ToDictionary(paragraph => paragraph.Id, paragraph => paragraph.Text.Length, StringComparer.Ordinal);
        Assert.True(clean.Doubts.All(doubt => doubt.Start >= 0 && doubt.Length > 0 && doubt.Start + doubt.Length <= lengths[doubt.Paragraph]), "a doubt outside its paragraph");
        if (raw.Length % 8 == 0) Assert.Equal(SampleText.Written(clean), SampleText.Written(Normalizer.Clean(raw)));
    }, iter: 25_000);

    [Fact]
    public void A_hyphen_before_an_invisible_character_is_in_the_repair_that_takes_it_out()
    {
        const string Raw = "We took the exam-\uFEFF\nples home.";
        var clean = Normalizer.Clean(Raw);
        Assert.Equal("We took the examples home.", Assert.Single(clean.Paragraphs).Text);
        var hyphen = Raw.IndexOf('-', StringComparison.Ordinal);
        Assert.Contains(clean.Repairs, repair => repair.Kind == RepairKind.JoinedLines && repair.Start <= hyphen && hyphen < repair.Start + repair.Length);
    }

    private static bool IsKept(CleanParagraph paragraph, int at) => paragraph.Spans.Any(span => span.At <= at && at < span.At + span.Length);
}
