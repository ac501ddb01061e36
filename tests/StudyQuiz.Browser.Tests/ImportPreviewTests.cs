using Microsoft.Playwright;

namespace StudyQuiz.Browser.Tests;

/// <summary>What a bank is written as comes back: every format is shown row by row before anything is stored, and nothing is.</summary>
[Collection<OneAppForEditors>]
public sealed class ImportPreviewTests(AppProcess app, Chromium chromium)
{
    private const string Bank = "/banks/formats";

    [Fact]
    public async Task Every_format_is_shown_before_anything_is_stored()
    {
        var editor = await BankMaker.SignInAsync(app, chromium, Screen.Desktop);
        await editor.MakeAsync("formats");
        var page = editor.Page;
        var before = await ExportAsync(page, "yaml");
        foreach (var (format, name) in ((string, string)[])
        [
            ("gift", "q.gift.txt"), ("aiken", "q.aiken.txt"), ("moodle-xml", "q.xml"), ("qti", "q.zip"), ("qti3", "q3.zip"), ("kahoot", "kahoot.xlsx"), ("csv", "q.csv"), ("xlsx", "q.xlsx"), ("apkg", "q.apkg"), ("anki-tsv", "q.tsv"), ("docx", "q.docx"),
            ("text", "q.txt"),
        ])
        {
            var file = await ExportAsync(page, format);
            await page.GotoAsync(Bank + "/import");
            await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = file });
            await page.Locator("form[action$='/import'] button.primary").PressAsync("Enter");
            await page.WaitForURLAsync("**/import/*");
            await Assertions.Expect(page.Locator("main .note")).ToContainTextAsync("还没有");
            Assert.True(await page.Locator("#rows .imp > li").CountAsync() > 0, format);
            // Our own file says nothing new of a bank that it was just written from
            if (format is "csv" or "xlsx") Assert.Equal(0, await page.Locator("#rows .imp > li.refused").CountAsync());
        }

        Assert.Equal(before, await ExportAsync(page, "yaml"));
    }

    private static async Task<byte[]> ExportAsync(IPage page, string format)
    {
        var answer = await page.APIRequest.GetAsync($"{new Uri(page.Url).GetLeftPart(UriPartial.Authority)}{Bank}/export?format={format}&all=1");
        Assert.True(answer.Ok, format);
        return await answer.BodyAsync();
    }
}
