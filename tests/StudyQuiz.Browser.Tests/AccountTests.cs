using Microsoft.Playwright;

namespace StudyQuiz.Browser.Tests;

/// <summary>Passkeys, and a history that goes from one browser to another.</summary>
[Collection<OneAppForSelfTests>]
public sealed class AccountTests(AppProcess app, Chromium chromium)
{
    // A passkey belongs to a name, never to a number
    private Uri Named => new($"http://localhost:{app.Port}");

    [Fact]
    public async Task Someone_signs_up_with_a_passkey_alone_by_keyboard_and_comes_back_with_it()
    {
        var page = await chromium.PersonAsync(Named, Screen.Phone);
        await AddAuthenticatorAsync(page);
        // The field's own list of passkeys can't be operated from here: the button is what is tried
        await page.AddInitScriptAsync("PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false)");
        await page.GotoAsync("/sign-up?returnUrl=/account");
        var signUp = page.Locator("form[data-passkey=sign-up] button");
        await signUp.ClickAsync();
        await Assertions.Expect(page.Locator("[data-passkey-trouble]")).ToContainTextAsync("用户名要");
        await page.Locator("#name").FillAsync("钥匙");
        await signUp.PressAsync("Enter");
        await page.WaitForURLAsync("**/account");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("钥匙");
        await Assertions.Expect(page.Locator("#passkeys form.way-in")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("form[action='/account/password']")).ToHaveCountAsync(0);

        await page.Locator("form[action='/sign-out'] button").ClickAsync();
        await page.WaitForURLAsync(url => !url.EndsWith("/account", StringComparison.Ordinal));
        await page.GotoAsync("/sign-in?returnUrl=/account");
        var signIn = page.Locator("form[data-passkey=sign-in] button");
        await Assertions.Expect(page.Locator("main .btn.primary")).ToHaveCountAsync(1);
        await signIn.PressAsync("Enter");
        await page.WaitForURLAsync("**/account");
        await Assertions.Expect(page.Locator("#passkeys form.way-in")).ToContainTextAsync("用过");

        // Where a browser gives none, the page says what would
        var lan = await chromium.PersonAsync(new Uri($"http://{Chromium.LanName}:{app.Port}"), Screen.Phone);
        await lan.GotoAsync("/sign-in");
        await Assertions.Expect(lan.Locator("[data-passkey-insecure]")).ToBeVisibleAsync();
        await Assertions.Expect(lan.Locator("form[data-passkey]")).ToBeHiddenAsync();
        var plain = await chromium.PersonAsync(Named, Screen.Phone, script: false);
        await plain.GotoAsync("/sign-in");
        await Assertions.Expect(plain.Locator("noscript p")).ToBeVisibleAsync();
        await Assertions.Expect(plain.Locator("form[data-passkey]")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_code_brings_a_history_into_a_browser_that_has_cards_of_its_own_to_send()
    {
        var weChat = await chromium.PersonAsync(app.Address, Screen.Phone);
        await new SelfTaker(weChat).BeginAsync();
        await weChat.GotoAsync("/my-data");
        await weChat.Locator("a[href='/continue']").ClickAsync();
        await weChat.Locator("form[action='/continue/new'] button").ClickAsync();
        var code = await weChat.Locator(".code8").InnerTextAsync();

        var system = await chromium.PersonAsync(app.Address, Screen.Desktop);
        await system.GotoAsync("/cards/study?deck=yangtze-delta-symposium-2020");
        await system.Locator(".card").WaitForAsync();
        await system.RouteAsync("**/api/cards/changes", route => route.AbortAsync());
        await system.Keyboard.PressAsync("Space");
        await system.Keyboard.PressAsync("2");
        await Assertions.Expect(system.Locator("[data-unsent]")).ToHaveAttributeAsync("data-unsent", "1");

        await system.GotoAsync("/continue");
        await system.Locator("#typed").FillAsync("WRONG-234");
        await system.Locator("#typed").PressAsync("Enter");
        await Assertions.Expect(system.Locator("#typed-error")).ToBeVisibleAsync();
        await system.Locator("#typed").FillAsync(code.ToLowerInvariant());
        await system.Locator("#typed").PressAsync("Enter");
        await system.WaitForURLAsync("**/continue/join");
        await system.Locator("form[action='/continue/join'] button").ClickAsync();
        await system.WaitForURLAsync("**/continue?joined=true");

        // What was answered here for the learner that this browser was arrives at the one that it is
        await system.UnrouteAllAsync();
        await system.RunAndWaitForResponseAsync(() => system.GotoAsync("/cards/study?deck=yangtze-delta-symposium-2020"), response => response.Ok && response.Url.EndsWith("/api/cards/changes", StringComparison.Ordinal));
        await Assertions.Expect(system.Locator("[data-link=saved][data-unsent='0']")).ToBeVisibleAsync();
        foreach (var page in (IPage[])[weChat, system])
        {
            await page.GotoAsync("/my-data");
            await Assertions.Expect(page.Locator("main")).ToContainTextAsync("自测 1 次，作答记录 1 条");
        }

        // Deleted in one browser, it is gone from what that one kept as well
        await system.Locator("#confirm").FillAsync("删除");
        await system.Locator("form[action='/my-data/delete'] button").ClickAsync();
        await system.WaitForURLAsync("**/my-data/deleted*");
        Assert.Equal(0, await system.EvaluateAsync<int>(
            """
            () => new Promise(resolve => {
              const opening = indexedDB.open('studyquiz-cards');
              opening.onsuccess = () => {
                const counting = opening.result.transaction(['packs', 'changes']);
                let sum = 0;
                for (const store of ['packs', 'changes']) counting.objectStore(store).count().onsuccess = event => { sum += event.target.result; };
                counting.oncomplete = () => resolve(sum);
              };
            })
            """));
    }

    private static async Task AddAuthenticatorAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, isUserVerified = true, automaticPresenceSimulation = true },
        });
    }
}
