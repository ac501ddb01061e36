using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StudyQuiz.App.Features.ProposeQuestions;
using StudyQuiz.App.Tests.ProposeQuestions;

namespace StudyQuiz.App.Tests.GenerateBank;

/// <summary>An editor may ask the configured language model besides the rules.</summary>
public sealed class AskModelTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Without_a_model_the_page_does_not_speak_of_one()
    {
        using var editor = await OfferAsync(null, "model-none");
        Assert.DoesNotContain("name=\"model\"", await editor.Browser.ReadAsync(Editor.Form), StringComparison.Ordinal);

        // a form that was kept from a time when there was one
        using var sent = await editor.PasteAsync(Editor.Talk, ("slug", "no-model"), ("model", "on"));
        var review = await editor.ReviewOfAsync(sent);
        Assert.DoesNotContain("语言模型", WebUtility.HtmlDecode(await editor.Browser.ReadAsync(review.Replace("/review", "/report", StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_models_questions_join_the_drafts_and_the_report_counts_them()
    {
        await using var server = await LlmServer.SayingAsync(Speech.Well);
        using var editor = await OfferAsync(server, "model-good");
        Assert.Contains("另请语言模型 test-model 出题", WebUtility.HtmlDecode(await editor.Browser.ReadAsync(Editor.Form)), StringComparison.Ordinal);

        using (var unasked = await editor.PasteAsync(Speech.Text, ("slug", "model-unasked"))) await editor.ReviewOfAsync(unasked);
        Assert.Empty(server.Requests);

        using var asked = await editor.PasteAsync(Speech.Text, ("slug", "model-asked"), ("model", "on"));
        var review = await editor.ReviewOfAsync(asked);
        Assert.NotEmpty(server.Requests);
        Assert.Contains("它出了 1 题，1 题过关", WebUtility.HtmlDecode(await editor.Browser.ReadAsync(review.Replace("/review", "/report", StringComparison.Ordinal))), StringComparison.Ordinal);
        Assert.All(await editor.QuestionsAsync("model-asked"), question => Assert.Equal("draft", question.Status));
    }

    [Fact]
    public async Task A_model_that_fails_costs_its_questions_only()
    {
        await using var server = await LlmServer.FailingAsync(500, "<secret>");
        using var editor = await OfferAsync(server, "model-bad");
        using var asked = await editor.PasteAsync(Speech.Text, ("slug", "model-fails"), ("model", "on"));
        var review = await editor.ReviewOfAsync(asked);
        Assert.NotEmpty(await editor.QuestionsAsync("model-fails"));
        var report = await editor.Browser.ReadAsync(review.Replace("/review", "/report", StringComparison.Ordinal));
        Assert.Contains("the server answered with status 500", report, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", report, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Log.Lines, line => line.Contains(Speech.Key, StringComparison.Ordinal));
    }

    [Fact]
    public void An_address_that_cannot_be_used_is_told_in_the_log_without_its_key()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Llm:Address", "ftp://models"), new("Llm:Model", "m"), new("Llm:Key", Speech.Key)]).Build();
        var log = new LogRecorder();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        Assert.Null(OfferedModel.Of(configuration, new Logger<OfferedModel>(factory)).Settings);
        var line = Assert.Single(log.Lines);
        Assert.Contains("no http or https address", line, StringComparison.Ordinal);
        Assert.DoesNotContain(Speech.Key, line, StringComparison.Ordinal);
    }

    private async Task<Editor> OfferAsync(LlmServer? server, string name)
    {
        app.Change = services => services.AddSingleton(new OfferedModel(server is null ? null : Speech.Llm(server)));
        await app.RestartAsync();
        return await Editor.SignInAsync(app, name);
    }
}
