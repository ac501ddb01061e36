using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Tests.Banks;

public sealed class BankReadingTests
{
    [Fact]
    public void The_sample_reads_whole()
    {
        var bank = Sample.Bank();

        Assert.Equal(new DateOnly(2024, 5, 1), bank.Source.Published);
        Assert.Equal(["K1", "K1.1"], bank.AllKeyPoints().Select(point => point.Id));
        Assert.Equal(7, bank.Questions.Select(question => question.Body.GetType()).Distinct().Count());
        Assert.Equal(["生计", "必考"], bank.Questions[6].Tags);
        Assert.Equal((QuestionOrigin.Edited, QuestionStatus.Draft), (bank.Questions[2].Origin, bank.Questions[2].Status));
    }

    // each change, and what the error must name: line, item, field, and a word of the message
    [Theory]
    [InlineData("type: cloze", "type: crossword", 74, "cloze", "type", "single_choice")]
    [InlineData("status: review", "status: done", 59, "multiple", "status", "published")]
    [InlineData("origin: edited", "origin: copied", 70, "statement", "origin", "generated")]
    [InlineData("    stem: 渔民离开大河。\n", "", 61, "statement", "stem", "missing")]
    [InlineData("    answer: false\n", "", 61, "statement", "answer", "true or false")]
    [InlineData("answer: false", "answer: \"false\"", 65, "statement", "answer", "without quotes")]
    [InlineData("- id: card", "- id: matching", 117, "questions[7]", "id", "another")]
    [InlineData("key_points:", "key_points:\n  - {id: K1, heading: a, weight: 1}", 18, "key_points[2]", "id", "another")]
    [InlineData("- id: P02", "- id: P01", 13, "paragraphs[2]", "id", "another")]
    [InlineData("key_point: K1.1", "key_point: K9", 32, "single", "key_point", "K9")]
    [InlineData("difficulty: 3", "difficulty: 4", 112, "matching", "difficulty", "from 1 to 3")]
    [InlineData("weight: 2", "weight: heavy", 25, "K1.1", "weight", "heavy")]
    [InlineData("enemies: [single]", "enimies: [single]", 100, "ordering", "enimies", "not a field")]
    [InlineData("tags: [生计, 必考]", "tags: [生计, \" 必考\"]", 128, "card", "tags", "no space")]
    [InlineData("{text: 春, why: 涨水的季节。}", "{why: 涨水的季节。}", 35, "single", "options[1].text", "missing")]
    [InlineData("quote: 河水, at: 4", "quote: 河水, at: first", 27, "K1.1", "evidence[1].at", "first")]
    [InlineData("\"2024-05-01\"", "2024-5-1", 5, "river", "published", "2024-5-1")]
    [InlineData("sha256: e3", "sha256: E3", 8, "river", "sha256", "lower case")]
    [InlineData("- id: card", "- id: ../card", 117, "questions[7]", "id", "'../card'")]
    public void An_error_names_its_place(string text, string instead, int line, string item, string field, string word)
    {
        var reading = BankFile.Read(Replaced(text, instead));

        Assert.Null(reading.Bank);
        var error = Assert.Single(reading.Errors);
        Assert.Equal((line, item, field), (error.Line, error.Item, error.Field));
        Assert.Contains(word, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_found_in_one_pass()
    {
        var yaml = Replaced("difficulty: 3", "difficulty: 9").Replace("type: cloze", "type: x", StringComparison.Ordinal).Replace("weight: 2", "weight: 0", StringComparison.Ordinal);

        Assert.Equal(["K1.1", "cloze", "matching"], BankFile.Read(yaml).Errors.Select(error => error.Item));
    }

    [Theory]
    [InlineData("", "begins with")]
    [InlineData("- a\n- b\n", "begins with")]
    [InlineData("source: {slug: [\n", "")]
    [InlineData("source: {slug: a\n  bad: : :\n", "")]
    [InlineData("a: &x [1]\nb: *x\n", "Anchors")]
    [InlineData("a: !!python/object:os.system ls\n", "Tags")]
    [InlineData("a: 1\na: 2\n", "twice")]
    [InlineData("a: 1\n---\nb: 2\n", "second document")]
    [InlineData("? [a]\n: 1\n", "must be text")]
    public void What_no_bank_may_be_is_refused(string yaml, string word)
    {
        var error = BankFile.Read(yaml).Errors[0];

        Assert.Contains(word, error.Message, StringComparison.Ordinal);
        Assert.True(error.Line >= 1);
    }

    [Fact]
    public void A_file_that_grows_when_read_is_refused_before_it_grows()
    {
        var bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range('b', 20).Select(c => $"{(char)c}: &{(char)c} [*{(char)(c - 1)},*{(char)(c - 1)},*{(char)(c - 1)}]\n"));

        Assert.Contains("Anchors", BankFile.Read(bomb).Errors[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Deep_and_huge_files_are_refused_quickly(char level)
    {
        var deep = "a: " + string.Concat(Enumerable.Repeat(level == '[' ? "[" : "{a: ", 100_000));
        var block = string.Concat(Enumerable.Range(0, 2_000).Select(i => new string(' ', i) + "a:\n"));
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Assert.Contains("deep", BankFile.Read(deep).Errors[0].Message, StringComparison.Ordinal);
        Assert.Contains("deep", BankFile.Read(block).Errors[0].Message, StringComparison.Ordinal);
        Assert.Contains("longer than", BankFile.Read(new string('a', BankReading.LongestFile + 1)).Errors[0].Message, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void No_more_errors_are_noted_than_help()
    {
        var yaml = "source: 1\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"field{i}: 1\n"));

        Assert.Equal(BankReading.MostErrors, BankFile.Read(yaml).Errors.Count);
    }

    private static string Replaced(string text, string instead)
    {
        var at = Sample.Yaml.IndexOf(text, StringComparison.Ordinal);
        Assert.True(at >= 0, $"The sample does not hold {text}");
        return Sample.Yaml.Remove(at, text.Length).Insert(at, instead);
    }
}
