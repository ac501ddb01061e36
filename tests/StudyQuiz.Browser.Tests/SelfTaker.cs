using Microsoft.Playwright;

namespace StudyQuiz.Browser.Tests;

/// <summary>Someone who takes a self-test, by what the page shows.</summary>
internal sealed class SelfTaker(IPage page)
{
    /// <summary>Words from which everyone gets the same questions, where types are chosen too; null for questions of one's own.</summary>
    public string? Paper { get; init; }

    private ILocator Question => page.Locator("section.q:visible");

    /// <summary>Starts a timed test with the form's own defaults, or with another number of questions.</summary>
    /// <param name="number">A choice of the form: "20", or "all".</param>
    /// <param name="mode">"exam", "practice", "challenge" or "read".</param>
    /// <param name="types">Only these; none for all.</param>
    public async Task BeginAsync(string? number = null, string mode = "exam", params string[] types)
    {
        await page.GotoAsync("/self-test");
        await page.Locator($"label:has(input[name=mode][value={mode}])").ClickAsync();
        if (number is not null) await page.Locator($"label:has(input[name=number][value='{number}'])").ClickAsync();
        if (types.Length > 0)
        {
            var wanted = types.ToHashSet(StringComparer.Ordinal);
            await page.Locator("details.field.narrower > summary").ClickAsync();
            if (Paper is not null) await page.Locator("#paper").FillAsync(Paper);
            foreach (var box in await page.Locator("input[name=type]:visible").AllAsync()) await box.SetCheckedAsync(wanted.Contains(await box.GetAttributeAsync("value") ?? ""));
        }

        await page.Locator("form[action='/self-test'] button.primary").PressAsync("Enter");
        await page.WaitForURLAsync("**/self-test/*-*");
    }

    public Task<int> CountAsync() => page.Locator("section.q").CountAsync();

    /// <summary>Gives some answer to the question on the screen, by the control that its type has.</summary>
    public async Task AnswerAsync()
    {
        switch (await Question.GetAttributeAsync("data-type"))
        {
            case "single_choice" or "true_false":
                await Question.Locator("label.opt").First.ClickAsync();
                break;
            case "multiple_choice":
                await Question.Locator("label.opt").Nth(0).ClickAsync();
                await Question.Locator("label.opt").Nth(1).ClickAsync();
                break;
            case "cloze":
                await Question.Locator("input.blank").FillAsync("一体化");
                await Question.Locator("input.blank").BlurAsync();
                break;
            case "ordering":
                await Question.Locator("[data-move='1']").First.ClickAsync();
                break;
            case "matching":
                var unused = Question.Locator(".pool .btn");
                while (await unused.CountAsync() > 0) await unused.First.ClickAsync();
                break;
            case var type:
                Assert.Fail($"No control is known for {type}.");
                break;
        }
    }

    /// <summary>Answers for good, as a practice asks for; a choice of one needs no further press, and would go on by one.</summary>
    public async Task ConfirmAsync()
    {
        var type = await Question.GetAttributeAsync("data-type");
        await AnswerAsync();
        if (type is not ("single_choice" or "true_false")) await page.Locator("[data-next]").ClickAsync();
    }

    /// <summary>The same, and waits until it is told what that was worth.</summary>
    public async Task BeToldAsync()
    {
        await ConfirmAsync();
        await Question.Locator("[data-verdict]").WaitForAsync();
    }

    public Task SavedAsync() => Assertions.Expect(page.Locator("[data-saved]")).ToContainTextAsync("已保存");

    public async Task NextAsync() => await page.Locator("footer [data-go='1']").ClickAsync();

    public async Task AnswerAllAsync()
    {
        var count = await CountAsync();
        for (var i = 1; i <= count; i++)
        {
            await AnswerAsync();
            await SavedAsync();
            if (i < count) await NextAsync();
        }
    }

    /// <summary>Goes to a question by its number in the answer sheet, from 1.</summary>
    public async Task GoToAsync(int number)
    {
        await page.Locator("aside.sheet ol a").Nth(number - 1).DispatchEventAsync("click");
        await Assertions.Expect(page.Locator("section.q").Nth(number - 1)).ToBeVisibleAsync();
    }

    public async Task HandInAsync()
    {
        if (await page.Locator("aside [data-hand-in]").IsVisibleAsync()) await page.Locator("aside [data-hand-in]").ClickAsync();
        else
        {
            await page.Locator("[data-sheet]").ClickAsync();
            await page.Locator("dialog [data-hand-in]").ClickAsync();
        }

        await page.Locator("[data-hand-in-dialog] [value='hand-in']").ClickAsync();
        await page.WaitForURLAsync("**/result*");
    }

    public Task<int> AnsweredAsync() => page.Locator("aside.sheet ol a.d").CountAsync();
}
