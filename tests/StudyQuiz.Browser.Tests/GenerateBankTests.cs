using Microsoft.Playwright;

namespace StudyQuiz.Browser.Tests;

[Collection<OneAppForEditors>]
public sealed class GenerateBankTests(AppProcess app, Chromium chromium)
{
    [Fact]
    public async Task A_text_is_pasted_reviewed_by_keyboard_and_met_in_a_self_test()
    {
        var editor = await BankMaker.SignInAsync(app, chromium, Screen.Desktop);
        var page = editor.Page;
        await page.GotoAsync("/");
        await page.Locator(".makehere a").PressAsync("Enter");
        await page.WaitForURLAsync("**/banks/new");
        await Assertions.Expect(page.Locator("#text")).ToBeFocusedAsync();
        await page.Keyboard.InsertTextAsync(BankMaker.Talk);
        await page.Locator("#slug").FillAsync("canteen");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/banks/canteen/review");
        await Assertions.Expect(page.Locator(".tally")).ToContainTextAsync("收下 0，不要 0");

        var stem = page.Locator("#stem");
        var first = await stem.InnerTextAsync();
        await PressAsync("j", "第 2 题");
        await PressAsync("k", "第 1 题");
        await PressAsync("x", "第 2 题");
        await Assertions.Expect(page.Locator(".tally")).ToContainTextAsync("收下 0，不要 1");
        await PressAsync("u", "第 1 题");
        await Assertions.Expect(page.Locator(".tally")).ToContainTextAsync("收下 0，不要 0");
        Assert.Equal(first, await stem.InnerTextAsync());
        for (var n = 1; n <= 6; n++) await PressAsync("a", $"第 {n + 1} 题");
        await Assertions.Expect(page.Locator(".tally")).ToContainTextAsync("收下 6，不要 0");

        // with Tab alone: from the question on
        await Assertions.Expect(stem).ToBeFocusedAsync();
        for (var tabs = 1; !await page.EvaluateAsync<bool>("document.activeElement.matches('.decide [value=accept]')"); tabs++)
        {
            Assert.InRange(tabs, 1, 6);
            await page.Keyboard.PressAsync("Tab");
        }

        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".tally")).ToContainTextAsync("收下 7，不要 0");

        var learner = await chromium.PersonAsync(app.Address, Screen.Phone);
        await learner.GotoAsync("/self-test?source=canteen&number=all");
        await learner.Locator("form[action='/self-test'] button.primary").ClickAsync();
        await learner.WaitForURLAsync("**/self-test/*-*");
        Assert.NotEqual(0, await learner.Locator("section.q").CountAsync());
        await learner.GotoAsync("/");
        await Assertions.Expect(learner.Locator(".bank h3").First).ToContainTextAsync(BankMaker.Title);

        async Task PressAsync(string key, string then)
        {
            // the keys are there once the page's script is
            await page.WaitForLoadStateAsync();
            await page.Keyboard.PressAsync(key);
            await Assertions.Expect(page.Locator(".draft .qmeta")).ToContainTextAsync(then);
        }
    }

    [Fact]
    public async Task A_long_text_shows_its_stages_survives_a_reload_and_is_stopped_with_the_text_kept()
    {
        var editor = await BankMaker.SignInAsync(app, chromium, Screen.Phone);
        var page = editor.Page;
        await editor.UploadAsync(BankMaker.Long(150_000));
        await Assertions.Expect(page.Locator(".stages .now")).ToBeVisibleAsync();
        // stages come without a reload
        await page.EvaluateAsync("window.stays = true");
        await Assertions.Expect(page.Locator(".stages .done").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        var done = await page.Locator(".stages .done").CountAsync();
        await Assertions.Expect(page.Locator(".stages li.done").Nth(done)).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.True(await page.EvaluateAsync<bool>("window.stays"));
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".stages .now")).ToBeVisibleAsync();
        await page.Locator("form[action$='/cancel'] button").ClickAsync();
        await Assertions.Expect(page.Locator("main .note.wrong")).ToContainTextAsync("已经停下", new() { Timeout = 60_000 });
        Assert.True((await page.Locator("#text").InputValueAsync()).Length >= 150_000);
    }

    [Fact]
    public async Task Without_script_the_forms_do_everything()
    {
        var editor = await BankMaker.SignInAsync(app, chromium, Screen.Phone);
        var page = await chromium.PersonAsync(app.Address, Screen.Phone, script: false);
        await page.Context.AddCookiesAsync([.. (await editor.Page.Context.CookiesAsync()).Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = app.Address.ToString() })]);
        var plain = new BankMaker(page);
        await plain.PasteAsync(BankMaker.Talk, "plain");
        await page.WaitForURLAsync("**/banks/plain/review");
        await page.Locator(".decide button[value=accept]").ClickAsync();
        await Assertions.Expect(page.Locator(".tally")).ToContainTextAsync("收下 1");
        await page.Locator(".undo button").ClickAsync();
        await Assertions.Expect(page.Locator(".tally")).ToContainTextAsync("收下 0");
        await page.Locator(".rest a").First.ClickAsync();
        await page.Locator("form[action$='/rest'] button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("main .note")).ToContainTextAsync("收下了");

        // questions of a paper: each row is seen, by filters that are styles alone, before anything is stored
        await page.Locator(".bankhead a[href$='/import']").ClickAsync();
        await page.Locator("#text").FillAsync("1. 食堂每天做多少顿饭？\nA. 三百多顿\nB. 五十顿\n答案：A\n2. 没有写答案的题\n");
        await page.Locator("form[enctype] button.primary").ClickAsync();
        var shown = page.Locator(".imp > li:visible");
        await Assertions.Expect(shown).ToHaveCountAsync(1);
        await Assertions.Expect(shown).ToContainTextAsync("没有写答案的题");
        await page.Locator("label.fchip:has(#show-new)").ClickAsync();
        await Assertions.Expect(shown).ToContainTextAsync("食堂每天做多少顿饭？");
        Assert.True((await page.Locator(".imp").BoundingBoxAsync())!.Width <= page.ViewportSize!.Width);
        await page.Locator(".foot button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("main .note")).ToContainTextAsync("新题 1");
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_before_it_is_sent()
    {
        var editor = await BankMaker.SignInAsync(app, chromium, Screen.Desktop);
        var page = editor.Page;
        await page.GotoAsync("/banks/new");
        await page.Locator("#title").FillAsync("留着");
        await page.EvaluateAsync("document.querySelector('form[data-largest]').dataset.largest = '10'");
        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "a.txt", MimeType = "text/plain", Buffer = new byte[11] });
        await Assertions.Expect(page.Locator("#file-too-large")).ToBeVisibleAsync();
        await page.Locator("form[action='/banks/new'] button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("#file")).ToBeFocusedAsync();
        Assert.Equal("留着", await page.Locator("#title").InputValueAsync());
        Assert.Null(await page.Locator("form[action='/banks/new'] button.primary").GetAttributeAsync("aria-busy"));
    }

    [Fact]
    public async Task A_bank_is_looked_through_and_changed_by_keyboard()
    {
        var editor = await BankMaker.SignInAsync(app, chromium, Screen.Desktop);
        var page = editor.Page;
        await editor.MakeAsync("kept-by-keys");
        await page.GotoAsync("/banks/kept-by-keys");
        await ReadyAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator("[data-chosen]")).ToHaveTextAsync("已选 2 题");
        await page.Locator("#questions summary", new() { HasText = "标签" }).PressAsync("Enter");
        await page.Locator("#label").FillAsync("考前");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main .note [role=status]")).ToContainTextAsync("2 题加上了标签“考前”");
        await ReadyAsync();
        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(page.Locator("main .note [role=status]")).ToContainTextAsync("已撤销");

        await ReadyAsync();
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.InsertTextAsync("糖尿病");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/banks/kept-by-keys?q=*");
        await ReadyAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/questions/*?back=*");
        await Assertions.Expect(page.Locator(".itemstats")).ToContainTextAsync("数据不足");

        Task ReadyAsync() => Assertions.Expect(page.Locator("#questions[data-ready]")).ToBeVisibleAsync();
    }
}
