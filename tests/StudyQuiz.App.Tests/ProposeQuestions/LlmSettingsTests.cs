using Microsoft.Extensions.Configuration;
using StudyQuiz.App.Features.ProposeQuestions;
using static StudyQuiz.App.Tests.ProposeQuestions.Speech;

namespace StudyQuiz.App.Tests.ProposeQuestions;

public sealed class LlmSettingsTests
{
    private static (LlmSettings? Settings, string? Problem) Read(params (string Name, string Value)[] values) =>
        LlmSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Name, (string?)value.Value))).Build());

    [Fact]
    public void All_that_is_needed()
    {
        var (settings, problem) = Read(("Llm:Address", "http://127.0.0.1:1/v1"), ("Llm:Model", "m"), ("Llm:Key", Key + "\n"), ("Llm:CallSeconds", "7"));

        Assert.Null(problem);
        Assert.Equal((new Uri("http://127.0.0.1:1/v1"), "m", Key, 7d, 300d), (settings!.Address, settings.Model, settings.Key, settings.CallTimeout.TotalSeconds, settings.TotalTimeout.TotalSeconds));
    }

    [Theory]
    [InlineData("", "m", "", "Llm__Address")]
    [InlineData("http://127.0.0.1/v1", " ", "", "Llm__Model")]
    [InlineData("127.0.0.1/v1", "m", "", "Llm:Address is no http or https address")]
    [InlineData("file:///etc/passwd", "m", "", "Llm:Address is no http or https address")]
    [InlineData("http://user:secret@127.0.0.1/v1", "m", "", "Llm:Address must hold no user")]
    [InlineData("http://127.0.0.1/v1?key=secret", "m", "", "Llm:Address must hold no user")]
    [InlineData("http://127.0.0.1/v1", "m", "sec\nret", "Llm:Key holds characters")]
    [InlineData("http://127.0.0.1/v1", "m", "秘密secret", "Llm:Key holds characters")]
    public void What_is_wrong_is_said_in_one_line_without_the_value(string address, string model, string key, string said)
    {
        var (settings, problem) = Read(("Llm:Address", address), ("Llm:Model", model), ("Llm:Key", key));

        Assert.Null(settings);
        Assert.Contains(said, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem!);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("4000")]
    [InlineData("soon")]
    public void Seconds_out_of_bounds(string seconds) =>
        Assert.Contains("Llm:TotalSeconds", Read(("Llm:Address", "http://127.0.0.1/v1"), ("Llm:Model", "m"), ("Llm:TotalSeconds", seconds)).Problem, StringComparison.Ordinal);
}
