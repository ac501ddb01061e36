using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using StudyQuiz.App.Features.GenerateBank;

namespace StudyQuiz.App.Tests.GenerateBank;

/// <summary>What gates say is said in Chinese too, with all that it fills in.</summary>
public sealed partial class GateTextTests
{
    // Their codes are passed on to where they are said
    private static readonly string[] _passedOn = ["one-right", "some-right", "twice-accepted", "twice-item", "twice-left", "twice-right", "twice-option"];

    [Fact]
    public void Every_message_of_a_gate_has_chinese_words_that_fill_in_no_more_than_it_does()
    {
        var texts = new ResourceManager(typeof(GateText));
        var said = Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(Here())!, "../../../src/StudyQuiz.Generation/Gates"), "*.cs").SelectMany(file => Message().Matches(File.ReadAllText(file)))
            .Select(message => (Code: message.Groups["code"].Value, Holes: Hole().Count(message.Groups["words"].Value)))
            .Concat(_passedOn.Select(code => (Code: code, Holes: 2))).ToList();
        Assert.InRange(said.Count, 90, 200);
        Assert.All(said, one =>
        {
            var words = texts.GetString(one.Code, CultureInfo.GetCultureInfo("zh-CN"));
            Assert.False(string.IsNullOrWhiteSpace(words), one.Code);
            Assert.All(Hole().Matches(words), hole => Assert.InRange(int.Parse(hole.Value.Trim('{', '}'), CultureInfo.InvariantCulture), 0, one.Holes - 1));
        });
    }

    private static string Here([CallerFilePath] string file = "") => file;

    [GeneratedRegex("\"(?<code>[a-z]+(-[a-z]+)*)\", (\\(GateWords\\))?\\$\"(?<words>([^\"{]|\\{([^{}\"]|\"[^\"]*\")*\\})*)\"", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Message();

    [GeneratedRegex("\\{[^{}]*\\}", RegexOptions.None, 10_000)]
    private static partial Regex Hole();
}
