using System.Text;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Normalizing;

[Collection(nameof(Alone))]
public sealed class NormalizerSpeedTests(ITestOutputHelper output)
{
    // How fast it is the benchmarks tell. Here a busy machine may take its time, but the square of the length would take minutes
    private const int Length = 64_000;
    private const double Seconds = 10;

    [Fact]
    public void A_long_text_is_ready_in_time()
    {
        Normalizer.Clean(Speech(2_000));
        (string Name, string Raw)[] texts =
        [
            ("new text", Speech(Length)), ("told twice", Speech(Length / 2) + Speech(Length / 2)), ("one line", Speech(Length).Replace("\n", "", StringComparison.Ordinal)),
            ("no punctuation", new string('字', Length)), ("quotes", new string('“', Length)), ("line ends", new string('\n', Length)),
            ("open lines", string.Concat(Enumerable.Repeat("读书，\n", Length / 4))), ("one sentence", string.Concat(Enumerable.Repeat("读书好。\n", Length / 5))),
            ("closers without openers", new string('“', Length / 2) + new string('）', Length / 2)), ("remarks", string.Concat(Enumerable.Repeat("（字）", Length / 3))),
            ("numbers", string.Concat(Enumerable.Range(0, Length / 10).Select(i => $"。一、好。（{"一二三四五六七八九"[i % 9]}）"))),
            .. Repeated(Length, "（", "）", "—", "1", "1.", "一", "2020年", "2020-01-01 ", "a", " ", "：", "a-\n", "第1页\n", "——", "…", "（一", "1\n", "新华社", "记者：", "【", "· ", "\u3000", "http://"),
            ("spaces", string.Concat(Enumerable.Repeat("字 ", Length / 2))), ("mixed quotes", string.Concat(Enumerable.Repeat("“（", Length / 4)) + string.Concat(Enumerable.Repeat("”）", Length / 4))),
        ];
        foreach (var (name, raw) in texts)
        {
            var time = Alone.Time(() => Normalizer.Clean(raw));
            output.WriteLine($"{name}, {raw.Length}: {time.TotalMilliseconds} ms");
            Assert.True(time.TotalSeconds < Seconds, $"{name}: {time}");
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
