using System.Globalization;
using System.Text;
using StudyQuiz.App.Features.ExchangeQuestions;
using StudyQuiz.App.Features.ExchangeQuestions.Formats;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.ExchangeQuestions;

/// <summary>Files as people write them and other programs do, each beside a file of what it must give: every question by its line, and every refusal.</summary>
public sealed class SampleFileTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);
    private static readonly string[] Languages = ["zh", "en"];

    public static TheoryData<string, string> Samples { get; } = new()
    {
        { "gift.txt", "gift" },
        { "good.aiken.txt", "aiken" },
        { "broken.aiken.txt", "aiken" },
        { "table.csv", "csv" },
        { "moodle.xml", "moodle-xml" },
        { "item21.xml", "qti" },
        { "item30.xml", "qti" },
        { "cards.tsv", "anki-tsv" },
        { "paper.txt", "text" },
        { "key.txt", "text" },
        { "school.txt", "text" },
        { "tablekey.txt", "text" },
        { "bare.txt", "text" },
        { "match.txt", "text" },
        { "columns.csv", "csv" },
        { "powers.xml", "moodle-xml" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_is_recognised_and_gives_what_stands_beside_it(string name, string format)
    {
        var file = ReadQuestions.Of(new GivenFile(Bytes(name), name), null, Now);

        Assert.Equal(format, file.Format);
        Assert.Equal(name == "broken.aiken.txt", file.IsRefused);
        Assert.Equal(Wanted(name), file.Rows.Select(Said));
    }

    [Theory]
    [InlineData("gb18030", "table.csv")]
    [InlineData("utf-16", "table.csv")]
    [InlineData("utf-16BE", "paper.txt")]
    [InlineData("gb18030", "paper.txt")]
    [InlineData("gb18030", "gift.txt")]
    [InlineData("utf-16", "cards.tsv")]
    public void The_encoding_does_not_matter(string encoding, string name)
    {
        var into = encoding == "gb18030" ? CodePagesEncodingProvider.Instance.GetEncoding("GB18030")! : Encoding.GetEncoding(encoding);
        // GB18030 marks nothing
        byte[] bytes = [.. encoding == "gb18030" ? [] : into.Preamble, .. into.GetBytes(Encoding.UTF8.GetString(Bytes(name)))];

        Assert.Equal(Wanted(name), ReadQuestions.Of(new GivenFile(bytes, name), null, Now).Rows.Select(Said));
    }

    [Fact]
    public void Xml_in_GB18030_is_read_and_a_mark_before_UTF_8_is_no_text()
    {
        var chinese = Encoding.UTF8.GetString(Bytes("moodle.xml")).Replace("encoding=\"UTF-8\"", "encoding=\"gb18030\"", StringComparison.Ordinal);
        Assert.Equal(Wanted("moodle.xml"), ReadQuestions.Of(new GivenFile(CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(chinese), "a.xml"), "moodle-xml", Now).Rows.Select(Said));
        Assert.Equal(Wanted("good.aiken.txt"), ReadQuestions.Of(new GivenFile([.. Encoding.UTF8.Preamble, .. Bytes("good.aiken.txt")], "a.txt"), null, Now).Rows.Select(Said));
    }

    [Fact]
    public void Every_reason_has_its_words_in_both_languages()
    {
        var refusals = Samples.SelectMany(sample => ReadQuestions.Of(new GivenFile(Bytes(sample.Data.Item1), sample.Data.Item1), null, Now).Rows.SelectMany(row => row.Notes.Append(row.Refusal))).OfType<Why>().ToList();

        Assert.True(refusals.DistinctBy(why => why.Code).Count() > 20);
        Assert.All(refusals, why => Assert.Equal(2, Languages.Select(language => WhyText.Say(why, CultureInfo.GetCultureInfo(language))).Where(text => text.Length > 3 && !text.Contains("{0", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Count()));
    }

    internal static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "ExchangeQuestions", "samples", name));

    internal static IEnumerable<string> Wanted(string name) => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "ExchangeQuestions", "samples", name + ".wanted"));

    /// <summary>A row in a line.</summary>
    internal static string Said(QuestionRow row)
    {
        if (row.Refusal is { } why) return string.Create(CultureInfo.InvariantCulture, $"{row.Line} refused {why.Code}");
        var question = row.Question!;
        var head = new List<string?> { row.Line.ToString(CultureInfo.InvariantCulture), QuestionTypes.Of(question.Body), question.Id, question.KeyPoint, question.Difficulty is { } level ? "d" + level : null, question.Tags is { Count: > 0 } tags ? $"[{string.Join(' ', tags)}]" : null, question.Body.Stem };
        var parts = new List<string> { string.Join(' ', head.OfType<string>()), Answer(question.Body) };
        if (question.Body.Explanation.Length > 0) parts.Add(question.Body.Explanation);
        if (question.Body.Evidence.Count > 0) parts.Add(string.Join(" + ", question.Body.Evidence.Select(EvidenceText.Write)));
        return (string.Join(" | ", parts) + (row.Notes.Count == 0 ? "" : " ! " + string.Join(' ', row.Notes.Select(note => note.Code)))).Replace("\n", "⏎", StringComparison.Ordinal);
    }

    private static string Answer(Question body) => body switch
    {
        TrueFalse statement => statement.Answer.ToString(),
        Cloze cloze => string.Join(" / ", cloze.Accepted),
        Ordering ordering => string.Join(" > ", ordering.Items),
        Matching matching => string.Join(' ', matching.Pairs.Select(pair => $"{pair.Left}={pair.Right}")),
        Flashcard card => card.Back,
        _ => string.Join(' ', Bodies.OptionsOf(body).Select(option => $"{(option.Correct ? "*" : "")}{option.Text}{(option.Why is null ? "" : $"({option.Why})")}")),
    };
}
