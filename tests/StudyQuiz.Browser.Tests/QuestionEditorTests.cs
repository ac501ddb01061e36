using Microsoft.Playwright;
using Npgsql;

namespace StudyQuiz.Browser.Tests;

/// <summary>An editor changes a question and writes a new one, by keyboard and by mouse, while somebody else is at the same.</summary>
[Collection<OneAppForEditors>]
public sealed class QuestionEditorTests(AppProcess app, Chromium chromium)
{
    [Fact]
    public async Task A_question_is_mended_with_evidence_kept_over_a_reload_merged_with_anothers_change_and_restored()
    {
        var editor = await BankMaker.SignInAsync(app, chromium, Screen.Desktop);
        await editor.MakeAsync("mended");
        var page = editor.Page;
        var path = await PathOfAsync("mended", "single_choice");
        await OpenAsync(page, path);

        // what is missing is said at its field, once somebody has been there
        var stem = await page.Locator("#stem").InputValueAsync();
        await page.Locator("#stem").FillAsync("");
        await Assertions.Expect(page.Locator("[data-found=stem] .err")).ToContainTextAsync("题干不能空");
        await page.Locator("#stem").FillAsync(stem + "（改）");
        await Assertions.Expect(page.Locator("[data-found=stem] .err")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".pv .s-stem")).ToContainTextAsync("（改）");

        // evidence by keyboard: what was there goes, the sentence of the caret comes
        await page.Locator("[data-quotes] li:not(.plain-only) [data-drop]").First.PressAsync("Enter");
        var quotes = page.Locator("[data-quotes] li:not(.plain-only) textarea");
        var left = await quotes.CountAsync();
        await page.Locator("[data-source]").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("s");
        var sentence = await page.EvaluateAsync<string>("getSelection().toString()");
        Assert.EndsWith("。", sentence, StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(quotes).ToHaveCountAsync(left + 1);
        await Assertions.Expect(page.Locator("[data-source] mark").Filter(new() { HasText = sentence })).ToHaveCountAsync(1);

        // by mouse: drawn over words of another paragraph
        var words = page.Locator("[data-source] p:not(:has(mark)) [data-text]").First;
        await words.ScrollIntoViewIfNeededAsync();
        var box = (await words.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + 60, box.Y + 12);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + 160, box.Y + 12, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        await page.Locator("[data-take]").ClickAsync();
        await Assertions.Expect(quotes).ToHaveCountAsync(left + 2);
        await page.Locator("[data-quotes] li:not(.plain-only) [data-drop]").Last.ClickAsync();
        await Assertions.Expect(quotes).ToHaveCountAsync(left + 1);

        // options move by keys and by dragging, and the key goes with them
        var options = page.Locator("textarea[name^=option]");
        var first = await options.First.InputValueAsync();
        var right = await page.Locator("li:has([name=correct]:checked) textarea[name^=option]").InputValueAsync();
        await options.First.PressAsync("Alt+ArrowDown");
        Assert.Equal(first, await options.Nth(1).InputValueAsync());
        var grip = (await page.Locator(".optedit .grip").Nth(1).BoundingBoxAsync())!;
        var above = (await page.Locator(".optedit li").First.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(grip.X + grip.Width / 2, grip.Y + grip.Height / 2);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(grip.X, above.Y + 4, new() { Steps = 6 });
        await page.Mouse.UpAsync();
        Assert.Equal(first, await options.First.InputValueAsync());
        Assert.Equal(right, await page.Locator("li:has([name=correct]:checked) textarea[name^=option]").InputValueAsync());

        // the page goes; what was typed stays, and is offered
        await page.RunAndWaitForResponseAsync(() => page.Locator("#explanation").FillAsync("我的解析。"), response => response.Url.EndsWith("/draft", StringComparison.Ordinal));
        await page.GotoAsync(path);
        await page.Locator(".draftoffer a").ClickAsync();
        await ReadyAsync(page);
        Assert.Equal("我的解析。", await page.Locator("#explanation").InputValueAsync());
        Assert.Equal(stem + "（改）", await page.Locator("#stem").InputValueAsync());

        var other = (await BankMaker.SignInAsync(app, chromium, Screen.Desktop)).Page;
        await OpenAsync(other, path);
        await other.Locator("#explanation").FillAsync("别人的解析。");
        await SaveAsync(other);
        await Assertions.Expect(other.Locator("main .note").First).ToContainTextAsync("已存为新版本");

        await page.Locator("[name=meaning][value=same]").CheckAsync();
        await SaveAsync(page);
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("同时改了");
        await Assertions.Expect(page.Locator(".merge")).ToHaveCountAsync(2);
        await AccessibilityTests.IsCleanAsync(page, "merge");
        await page.Keyboard.PressAsync("2");
        await Assertions.Expect(page.Locator("[data-result]")).ToHaveValueAsync("别人的解析。");
        await page.Keyboard.PressAsync("1");
        await Assertions.Expect(page.Locator("[data-result]")).ToHaveValueAsync("我的解析。");
        await SaveAsync(page);
        await Assertions.Expect(page.Locator("main .note").First).ToContainTextAsync("已存为新版本");
        Assert.Equal("我的解析。", await page.Locator("#explanation").InputValueAsync());

        await page.Locator("a[href$='/versions']").ClickAsync();
        await Assertions.Expect(page.Locator(".versions > li")).ToHaveCountAsync(3);
        await Assertions.Expect(page.Locator(".versions ins").First).ToBeVisibleAsync();
        await page.Locator(".versions li:last-child form button").ClickAsync();
        await page.WaitForURLAsync("**/edit?saved=1");
        Assert.Equal(stem, await page.Locator("#stem").InputValueAsync());
    }

    [Fact]
    public async Task A_new_question_is_written_on_a_phone_with_a_blank_and_a_picture()
    {
        var editor = await BankMaker.SignInAsync(app, chromium, Screen.Phone);
        await editor.MakeAsync("written");
        var page = editor.Page;
        await page.GotoAsync("/banks/written/questions/new");
        await page.Locator(".typepick a[href*='type=cloze']").ClickAsync();
        await ReadyAsync(page);
        await page.Locator("#stem").FillAsync("食堂的蔬菜来自城郊两家农场，每天清晨六点送到。");
        await page.EvaluateAsync("document.getElementById('stem').setSelectionRange(10, 12)");
        await page.Locator("[data-blank]").ClickAsync();
        Assert.Equal("食堂的蔬菜来自城郊两＿＿＿场，每天清晨六点送到。", await page.Locator("#stem").InputValueAsync());
        Assert.Equal("家农", await page.Locator("#answer").InputValueAsync());
        await page.Locator("#stem").FillAsync("食堂的蔬菜来自城郊＿＿＿，每天清晨六点送到。");
        await page.Locator("#answer").FillAsync("两家农场");
        await page.Locator("#explanation").FillAsync("原文写的是“城郊**两家农场**”。");
        await page.Locator("input[name=difficulty][value='1']").CheckAsync(new() { Force = true });
        // sentences that it may rest on are proposed
        await page.Locator("[data-proposed] button").First.ClickAsync();
        await Assertions.Expect(page.Locator("[data-quotes] li:not(.plain-only)")).ToHaveCountAsync(1);
        await page.Locator("input[name=pictureFile]").SetInputFilesAsync(new FilePayload
        {
            Name = "map.png",
            MimeType = "image/png",
            Buffer = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
        });
        await page.Locator("[data-shown][src^='/pictures/']").WaitForAsync();
        await page.Locator("#pictureAlt").FillAsync("农场在城的东边");
        await AccessibilityTests.IsCleanAsync(page, "new question");
        await SaveAsync(page);
        await Assertions.Expect(page.Locator("main .note").First).ToContainTextAsync("已存为草稿");

        await page.Locator("a[href*='/review?q=']").First.ClickAsync();
        await Assertions.Expect(page.Locator(".draft img.qpic[alt='农场在城的东边']")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".explains strong")).ToHaveTextAsync("两家农场");
    }

    private async Task<string> PathOfAsync(string bank, string type)
    {
        await using var database = NpgsqlDataSource.Create(app.ConnectionString);
        await using var command = database.CreateCommand("select min(q.id) from question q join source s on s.id = q.source_id where s.slug = $1 and q.type = $2");
        command.Parameters.Add(new() { Value = bank });
        command.Parameters.Add(new() { Value = type });
        return $"/banks/{bank}/questions/{await command.ExecuteScalarAsync()}/edit";
    }

    private static async Task OpenAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await ReadyAsync(page);
    }

    // the script has the form, and the server has looked at it once
    private static Task ReadyAsync(IPage page) => page.Locator("sq-question-editor[data-ready][data-checked]").WaitForAsync();

    // a press waits for the page that it leads to
    private static Task SaveAsync(IPage page) => page.Locator(".saving button.primary").ClickAsync();
}
