using System.Net;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using StudyQuiz.App.Tests.KeepQuizzes;

namespace StudyQuiz.App.Tests.PrintPaper;

public sealed class PaperTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_paper_is_printed_with_boxes_sections_an_answer_sheet_and_its_key_apart()
    {
        using var host = await QuizHost.ComeAsync(app, "prints");
        var quiz = await host.MakeAsync("打印的卷", "paper");
        var page = WebUtility.HtmlDecode(await host.Browser.ReadAsync($"/quizzes/{quiz}/print"));
        foreach (var text in new[] { "姓名", "单位", "得分", "一、单选题", "（每题 2 分，共 2 分）", "三、多选题", "答题卡", "参考答案", "某报，2020年8月22日" }) Assert.Contains(text, page, StringComparison.Ordinal);
        // The key stands on the last sheet only
        var key = page.LastIndexOf("class=\"a4\"", StringComparison.Ordinal);
        Assert.DoesNotContain(TestBank.Secret, page[..key], StringComparison.Ordinal);
        Assert.Matches("<b>2</b><span lang=\"zh-CN\">[√×]</span>", page);
    }

    [Fact]
    public async Task The_word_file_is_valid_and_says_the_same()
    {
        using var host = await QuizHost.ComeAsync(app, "words");
        var quiz = await host.MakeAsync("文档", "quiz");
        using var file = await host.Browser.GetAsync($"/quizzes/{quiz}/paper.docx");
        await using var content = await file.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var document = WordprocessingDocument.Open(content, isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(document, TestContext.Current.CancellationToken).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        var text = document.MainDocumentPart!.Document!.InnerText;
        foreach (var said in new[] { "单选题干？", "排序题干。", "左一", "答题卡", "参考答案" }) Assert.Contains(said, text, StringComparison.Ordinal);
        using var other = await QuizHost.ComeAsync(app, "words-others");
        using var foreign = await other.Browser.GetAsync($"/quizzes/{quiz}/paper.docx");
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }
}
