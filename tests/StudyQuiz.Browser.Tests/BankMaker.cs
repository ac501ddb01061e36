using System.Text;
using Microsoft.Playwright;

namespace StudyQuiz.Browser.Tests;

/// <summary>An editor who makes a bank of a text, by what the pages show.</summary>
internal sealed class BankMaker(IPage page)
{
    public const string Title = "社区食堂开张一年座谈会";

    /// <summary>A talk of our own with a numbered series.</summary>
    public const string Talk = Title + """


        来源：清河社区报
        时间：2026-05-12

        清河社区食堂开张一年来，每天为三百多位老人做午饭。街道负责人在座谈会上说，要办好社区食堂，必须抓好三件事。

        第一，把好食材关。食堂的蔬菜来自城郊两家农场，每天清晨六点送到。所有肉类必须附有检验证明，没有证明的一律退回。食堂要公开每周的采购清单，接受居民监督。

        第二，照顾好行动不便的老人。食堂和志愿者队签订协议，由志愿者为八十岁以上的老人送餐上门。送餐时要看一看老人的身体情况，发现异常立即通知家属和社区医生。要为糖尿病患者准备少糖的菜单。

        第三，算好长远账。食堂不以赚钱为目的，但要收支平衡。一顿午饭定价十二元，街道补贴三元，其余由用餐者承担。要吸引年轻人也来吃饭，提高晚餐的上座率，摊薄房租和人工。

        负责人最后说，社区食堂是一件小事，也是一件大事。小事要天天做，大事要一起做。
        """;

    public IPage Page => page;

    /// <summary>The same account as the teacher, in a browser of its own.</summary>
    public static async Task<BankMaker> SignInAsync(AppProcess app, Chromium chromium, Screen screen, string language = "zh-CN", bool dark = false) =>
        new((await GameHost.SignInAsync(app, chromium, screen, language, dark)).Remote);

    /// <summary>Pastes a text and sends it.</summary>
    public async Task PasteAsync(string text, string slug = "")
    {
        await page.GotoAsync("/banks/new");
        await page.Locator("#text").FillAsync(text);
        await page.Locator("#slug").FillAsync(slug);
        await page.Locator("form[action='/banks/new'] button.primary").ClickAsync();
    }

    /// <summary>Sends a text file.</summary>
    public async Task UploadAsync(string text)
    {
        await page.GotoAsync("/banks/new");
        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "long.txt", MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes(text) });
        await page.Locator("form[action='/banks/new'] button.primary").ClickAsync();
        await page.WaitForURLAsync("**/banks/new/*-*");
    }

    /// <summary>Makes a bank of the talk and waits for its review.</summary>
    public async Task MakeAsync(string slug)
    {
        await PasteAsync(Talk, slug);
        await page.WaitForURLAsync($"**/banks/{slug}/review");
    }

    /// <summary>What the page says of how far the review is.</summary>
    public Task<string> TallyAsync() => page.Locator(".tally").InnerTextAsync();

    /// <summary>Sentences that differ, so many that making a bank of them takes a while.</summary>
    public static string Long(int characters)
    {
        var random = new Random(7);
        var text = new StringBuilder();
        while (text.Length < characters)
        {
            for (var i = 0; i < 24; i++) text.Append((char)random.Next(0x4E00, 0x8000)).Append(i == 11 ? "，" : "");
            text.Append(text.Length % 5 == 0 ? "。\n" : "。");
        }

        return text.ToString();
    }
}
