using System.Text;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.Commands;

public sealed class GenerateCommandTests : IDisposable
{
    private const string Speech = """
        在全县护林会议上的讲话

        春天是防火最紧的时候，大家要把护林当成自家的事。下面讲三点意见。
        第一，看住山上的火。要在每个路口设登记点，进山先登记，火种要留下。要让护林员每天巡山两次，中午风大时多走一遍。
        第二，种好坡上的树。要先种松树、柏树、杉树等耐旱树种，再补种果树。要保证每棵新苗浇三次水，成活以后再交给村组。
        第三，管好林下的路。要清掉路边的枯草，留出六米宽的隔离带。要给每条林道编号立牌，救火车来了不走错路。
        总之，护林是一件年年要做的事。希望大家今年比去年做得更细。
        """;

    private readonly TestFolder _folder = TestFolder.Create();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_text_becomes_a_bank_of_drafts_that_passes_check()
    {
        Directory.CreateDirectory(_folder.In("inbox"));
        var text = await WriteAsync("inbox/speech.txt", CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!.GetBytes(Speech.ReplaceLineEndings("\r\n")));

        var run = await GenerateAsync(text, "--out", _folder.In("banks/hulin.yaml"), "--publisher", "县林业站", "--published", "2026-03-12", "--report", _folder.In("report.json"));

        Assert.Equal((0, ""), (run.ExitCode, string.Join('\n', run.Error)));
        Assert.Contains("    1. 看住山上的火", run.Output);
        Assert.Contains($"Made the folder {_folder.In("banks")}.", run.Output);
        Assert.Contains(run.Output, line => line.StartsWith("  single_choice", StringComparison.Ordinal));
        var bank = await ReadAsync("banks/hulin.yaml");
        Assert.Equal(("hulin", "在全县护林会议上的讲话", "县林业站", new DateOnly(2026, 3, 12), "sources/hulin.txt"), (bank.Source.Slug, bank.Source.Title, bank.Source.Publisher, bank.Source.Published, bank.Source.File));
        Assert.All(bank.Questions, question => Assert.Equal(QuestionStatus.Draft, question.Status));
        Assert.Contains("\"coverage\"", await File.ReadAllTextAsync(_folder.In("report.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var check = await StudyQuizProcess.RunAsync(_folder.Path, null, "check", _folder.In("banks/hulin.yaml"));
        Assert.Equal((0, 0), (check.ExitCode, check.Output.Count(line => line.StartsWith("FAIL", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Demands_of_an_essay_that_can_not_be_asked_are_told_and_are_no_error()
    {
        const string Essay = """
            河边的老磨坊停了七年，去年冬天又转了起来，磨出的面粉送到了12个村子。
            说起磨坊，爷爷总要讲上半天。我们应当把它留给后来的人，不应当把它只当成一处景。也不能让它就这样停在那里。
            """;
        var text = await WriteAsync("essay.txt", Encoding.UTF8.GetBytes(Essay));

        var run = await GenerateAsync(text, "--out", _folder.In("essay.yaml"));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(run.Output, line => line.StartsWith("To mend by hand: ", StringComparison.Ordinal) && line.Contains("key points of weight 2", StringComparison.Ordinal));
        Assert.Contains(run.Output, line => line.StartsWith("The text has demands and judgements that rules can't ask about", StringComparison.Ordinal));
        var check = await StudyQuizProcess.RunAsync(_folder.Path, null, "check", _folder.In("essay.yaml"));
        Assert.Equal(1, check.ExitCode);
    }

    [Fact]
    public async Task Generating_again_keeps_what_people_did()
    {
        var text = await WriteAsync("speech.txt", Encoding.UTF8.GetBytes(Speech));
        await GenerateAsync(text, "--out", _folder.In("hulin.yaml"));
        var bank = await ReadAsync("hulin.yaml");
        Assert.Equal("speech.txt", bank.Source.File);
        var question = bank.Questions[0];
        var edited = question with { Origin = QuestionOrigin.Edited, Status = QuestionStatus.Published, Body = question.Body with { Explanation = "人写的说明。" } };
        await File.WriteAllTextAsync(_folder.In("hulin.yaml"), BankFile.Write(bank with { Questions = [edited, .. bank.Questions.Skip(1)] }), TestContext.Current.CancellationToken);

        var run = await GenerateAsync(text, "--out", _folder.In("hulin.yaml"));

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain(run.Output, line => line.StartsWith("Made the folder", StringComparison.Ordinal));
        Assert.Contains(run.Output, line => line.StartsWith("Merged", StringComparison.Ordinal) && line.Contains("1 kept", StringComparison.Ordinal));
        var again = await ReadAsync("hulin.yaml");
        Assert.Equal("人写的说明。", again.Questions.Single(other => other.Id == edited.Id).Body.Explanation);
        Assert.Equal(bank.Questions.Count, again.Questions.Count);
    }

    [Theory]
    [InlineData("empty.txt", "", "empty")]
    [InlineData("spaces.txt", "20200D0A", "white space")]
    [InlineData("picture.txt", "89504E470D0A1A0A0000000D49484452", "Save it as")]
    [InlineData("noise.txt", "00010203FFFE00000002", "")]
    [InlineData("page.txt", "E7ACAC203320E9A1B50A", "nothing is left")]
    public async Task A_file_that_is_no_text_is_refused_in_one_line_and_nothing_is_written(string name, string hex, string word)
    {
        var run = await GenerateAsync(await WriteAsync(name, Convert.FromHexString(hex)), "--out", _folder.In("bank.yaml"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(word, Assert.Single(run.Error), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.In("bank.yaml")));
    }

    [Fact]
    public async Task A_file_of_50_MB_and_one_that_is_not_there_are_refused()
    {
        await using (var large = File.Create(_folder.In("large.txt"))) large.SetLength(50_000_000);
        Assert.Contains("Split it", Assert.Single((await GenerateAsync(_folder.In("large.txt"), "--out", _folder.In("bank.yaml"))).Error), StringComparison.Ordinal);
        Assert.Contains("no such file", Assert.Single((await GenerateAsync(_folder.In("none.txt"), "--out", _folder.In("bank.yaml"))).Error), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_of_which_no_question_can_be_made_is_refused_and_nothing_is_written()
    {
        var run = await GenerateAsync(await WriteAsync("short.txt", Encoding.UTF8.GetBytes("大家好。今天天气不错。再见。")), "--out", _folder.In("banks/bank.yaml"), "--report", _folder.In("report.json"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no question can be made", Assert.Single(run.Error), StringComparison.Ordinal);
        // every sentence with its reason, on the screen and in the report
        Assert.Equal(["  P01: 大家好。", "  P01: 今天天气不错。", "  P01: 再见。"], run.Output.Where(line => line.StartsWith("  P01", StringComparison.Ordinal)));
        Assert.Contains("nothingToPart", await File.ReadAllTextAsync(_folder.In("report.json"), TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
        Assert.False(Directory.Exists(_folder.In("banks")));
    }

    [Fact]
    public async Task A_folder_and_a_count_below_one_are_refused()
    {
        Assert.Contains("it is a folder", Assert.Single((await GenerateAsync(_folder.Path, "--out", _folder.In("bank.yaml"))).Error), StringComparison.Ordinal);
        var text = await WriteAsync("speech.txt", Encoding.UTF8.GetBytes(Speech));
        var run = await GenerateAsync(text, "--out", _folder.In("bank.yaml"), "--count", "0");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("--count: give 1 or more", string.Join('\n', run.Error), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.In("bank.yaml")));
    }

    [Fact]
    public async Task An_option_that_cannot_be_is_refused_in_one_line_and_nothing_is_written()
    {
        var text = await WriteAsync("speech.txt", Encoding.UTF8.GetBytes(Speech));
        foreach (var options in (string[][])[["--out", ""], ["--out", _folder.In("a.yaml"), "--title", ""], ["--out", _folder.In("a.yaml"), "--publisher", "两\n行"], ["--out", _folder.In("a.yaml"), "--count", "abc"]])
        {
            var run = await GenerateAsync(text, options);
            Assert.Equal(1, run.ExitCode);
            Assert.DoesNotContain(run.Error, line => line.Contains("   at ", StringComparison.Ordinal));
        }

        Assert.False(File.Exists(_folder.In("a.yaml")));
    }

    [Fact]
    public async Task The_bank_of_another_text_and_another_text_in_the_place_of_its_own_are_not_written_over()
    {
        var text = await WriteAsync("speech.txt", Encoding.UTF8.GetBytes(Speech));
        var other = await WriteAsync("other.txt", Encoding.UTF8.GetBytes(GenerateBank.Editor.Talk));
        await GenerateAsync(text, "--out", _folder.In("hulin.yaml"));
        var bank = await File.ReadAllTextAsync(_folder.In("hulin.yaml"), TestContext.Current.CancellationToken);
        var run = await GenerateAsync(other, "--out", _folder.In("hulin.yaml"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is the bank of another text", string.Concat(run.Error), StringComparison.Ordinal);
        Assert.Equal(bank, await File.ReadAllTextAsync(_folder.In("hulin.yaml"), TestContext.Current.CancellationToken));

        Directory.CreateDirectory(_folder.In("deeper/sources"));
        await WriteAsync("deeper/sources/shequ.txt", "别人的文字。"u8.ToArray());
        var taken = await GenerateAsync(other, "--out", _folder.In("deeper/shequ.yaml"));
        Assert.Equal(1, taken.ExitCode);
        Assert.Contains("another text is there", string.Concat(taken.Error), StringComparison.Ordinal);

        await File.WriteAllTextAsync(_folder.In("deeper/out.yaml"), bank.Replace("speech.txt", "../escaped.txt", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var escaped = await GenerateAsync(text, "--out", _folder.In("deeper/out.yaml"));
        Assert.Equal(1, escaped.ExitCode);
        Assert.Contains("leaves the folder", string.Concat(escaped.Error), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.In("escaped.txt")));
    }

    [Fact]
    public async Task A_text_without_a_title_goes_by_the_words_it_begins_with()
    {
        var text = await WriteAsync("speech.txt", Encoding.UTF8.GetBytes(Speech[(Speech.IndexOf('\n', StringComparison.Ordinal) + 2)..]));
        await GenerateAsync(text, "--out", _folder.In("bank.yaml"));
        Assert.Equal("春天是防火最紧的时候", (await ReadAsync("bank.yaml")).Source.Title);
    }

    [Fact]
    public async Task A_terminal_is_no_bank_file()
    {
        if (OperatingSystem.IsWindows()) return;
        var run = await GenerateAsync(await WriteAsync("speech.txt", Encoding.UTF8.GetBytes(Speech)), "--out", "/dev/stdout");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("/dev/stdout: it is no file", Assert.Single(run.Error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bank.yaml")]
    [InlineData("speech.txt")]
    public async Task A_report_takes_the_place_of_neither_bank_nor_text(string report)
    {
        var text = await WriteAsync("speech.txt", Encoding.UTF8.GetBytes(Speech));
        var run = await GenerateAsync(text, "--out", _folder.In("bank.yaml"), "--report", _folder.In(report));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("--report", Assert.Single(run.Error), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.In("bank.yaml")));
        Assert.Equal(Speech, await File.ReadAllTextAsync(text, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_exit_code_is_that_of_check()
    {
        var text = await WriteAsync("interview.txt", Encoding.UTF8.GetBytes("主持人：您有什么建议？\n何建国：我想说两句话。第一，要到田里去，不要只在屋里。第二，要耐得住寂寞，一个品种从杂交到审定平均要八到十年。\n主持人：好，谢谢。"));
        var run = await GenerateAsync(text, "--out", _folder.In("interview.yaml"), "--title", "访谈", "--publisher", "本社");
        var check = await StudyQuizProcess.RunAsync(_folder.Path, null, ["check", _folder.In("interview.yaml")]);
        Assert.Equal((check.ExitCode, check.ExitCode == 1), (run.ExitCode, run.Output.Any(line => line.Contains("does not pass check", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_bank_that_cannot_be_read_is_not_written_over()
    {
        var text = await WriteAsync("speech.txt", Encoding.UTF8.GetBytes(Speech));
        await WriteAsync("bank.yaml", "half of a bank"u8.ToArray());
        var run = await GenerateAsync(text, "--out", _folder.In("bank.yaml"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("nothing was written", Assert.Single(run.Error), StringComparison.Ordinal);
        Assert.Equal("half of a bank", await File.ReadAllTextAsync(_folder.In("bank.yaml"), TestContext.Current.CancellationToken));
    }

    private Task<(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Error)> GenerateAsync(string file, params string[] options) =>
        StudyQuizProcess.RunAsync(_folder.Path, null, ["generate", file, .. options]);

    private async Task<string> WriteAsync(string name, byte[] bytes)
    {
        await File.WriteAllBytesAsync(_folder.In(name), bytes, TestContext.Current.CancellationToken);
        return _folder.In(name);
    }

    private async Task<BankFile> ReadAsync(string name) => BankFile.Read(await File.ReadAllTextAsync(_folder.In(name), TestContext.Current.CancellationToken)).Bank!;
}
