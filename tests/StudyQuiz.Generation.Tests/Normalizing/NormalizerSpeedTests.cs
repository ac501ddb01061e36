using System.Text;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Normalizing;

[Collection(nameof(Alone))]
public sealed class NormalizerSpeedTests(ITestOutputHelper output)
{
    // How fast it is the benchmarks tell. Here a busy machine may take its time, but what grows with the square of the length takes minutes
    [Theory]
    [InlineData(64_000, 5)]
    [InlineData(500_000, 30)]
    public void A_long_text_is_ready_in_time(int length, double seconds)
    {
        Normalizer.Clean(Speech(2_000));
        (string Name, string Raw)[] texts =
        [
            ("new text", Speech(length)), ("told twice", Speech(length / 2) + Speech(length / 2)), ("one line", Speech(length).Replace("\n", "", StringComparison.Ordinal)),
            ("no punctuation", new string('字', length)), ("quotes", new string('“', length)), ("line ends", new string('\n', length)),
            ("open lines", string.Concat(Enumerable.Repeat("读书，\n", length / 4))), ("one sentence", string.Concat(Enumerable.Repeat("读书好。\n", length / 5))),
            ("closers without openers", new string('“', length / 2) + new string('）', length / 2)), ("remarks", string.Concat(Enumerable.Repeat("（字）", length / 3))),
            ("numbers", string.Concat(Enumerable.Range(0, length / 10).Select(i => $"。一、好。（{"一二三四五六七八九"[i % 9]}）"))),
            .. Repeated(length, "（", "）", "—", "1", "1.", "一", "2020年", "2020-01-01 ", "a", " ", "：", "a-\n", "第1页\n", "——", "…", "（一", "1\n", "新华社", "记者：", "【", "· ", "\u3000", "http://"),
            ("spaces", string.Concat(Enumerable.Repeat("字 ", length / 2))), ("mixed quotes", string.Concat(Enumerable.Repeat("“（", length / 4)) + string.Concat(Enumerable.Repeat("”）", length / 4))),
        ];
        foreach (var (name, raw) in texts)
        {
            var time = Alone.Time(() => Normalizer.Clean(raw));
            output.WriteLine($"{name}, {raw.Length}: {time.TotalMilliseconds} ms");
            Assert.True(time.TotalSeconds < seconds, $"{name}: {time}");
        }
    }

    // What a pattern could go back over again and again
    private static IEnumerable<(string Name, string Raw)> Repeated(int length, params string[] pieces) =>
        pieces.Select(piece => ($"only “{piece}”", string.Concat(Enumerable.Repeat(piece, length / piece.Length))));

    /// <summary>Sentences of made-up words, about 40 characters each, six to a paragraph.</summary>
    private static string Speech(int length)
    {
        var random = new Random(7);
        var text = new StringBuilder();
        while (text.Length < length)
        {
            for (var i = random.Next(20, 60); i > 0; i--) text.Append((char)('\u4e00' + random.Next(3_000)));
            text.Append(random.Next(6) == 0 ? "。\n" : "。");
        }

        return text.ToString(0, length);
    }
}
