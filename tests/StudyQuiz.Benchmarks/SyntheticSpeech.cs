using System.Text;
using StudyQuiz.Domain;

namespace StudyQuiz.Benchmarks;

/// <summary>
/// Speeches of any length that mean nothing and are built like real ones: chapters, numbered points within them, lists, coinages, framed
/// terms and numbers, with sentences of the usual length and no word that comes twice.
/// </summary>
internal sealed class SyntheticSpeech
{
    private const string Numerals = "一二三四五六七八九十";
    private readonly StringBuilder _text = new();
    private readonly long _seed;
    private int _drawn;

    private SyntheticSpeech(long seed) => _seed = seed;

    /// <summary>A speech of about so many characters; the same length and seed give the same.</summary>
    public static string Of(int length, long seed = 7)
    {
        var speech = new SyntheticSpeech(seed);
        for (var chapter = 0; speech._text.Length < length; chapter++) speech.Chapter(chapter % Numerals.Length, length);
        return speech._text.ToString();
    }

    private void Chapter(int number, int length)
    {
        _text.Append(Numerals[number]).Append('、').Append(Word(8)).Append('\n');
        for (var section = 0; section < 3 && _text.Length < length; section++)
        {
            _text.Append(Word(6)).Append("，要").Append(Word(8)).Append('。');
            for (var point = 0; point < 4; point++) _text.Append('第').Append(Numerals[point]).Append('，').Append(Word(9)).Append('。').Append(Sentence()).Append(Sentence()).Append(Sentence());
            _text.Append('\n');
        }
    }

    private string Sentence() => string.Join('，', Enumerable.Range(0, 2 + Draw(4)).Select(_ => Clause())) + "。";

    private string Clause() => Draw(6) switch
    {
        0 => $"{Word(4)}、{Word(4)}、{Word(4)}等{Word(4)}",
        1 => $"要{Word(9)}",
        2 => $"以{Word(4)}为{Word(2)}的{Word(4)}",
        3 => $"不断{Word(9)}",
        4 => $"{Word(5)}“{Word(4)}”{Word(4)}",
        _ => $"{Word(10)}{10 + Draw(890)}个{Word(3)}",
    };

    // Han characters that are not among the numerals and function words that the generator reads
    private string Word(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => (char)(0x5000 + Draw(0x4000))));

    private int Draw(int below) => (int)((ulong)Shuffle.Derive(_seed, ++_drawn) % (ulong)below);
}
