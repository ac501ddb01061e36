using Microsoft.Playwright;

namespace StudyQuiz.Browser.Tests;

[Collection<OneAppForGames>]
public sealed class LiveGameTests(AppProcess app, Chromium chromium)
{
    [Fact]
    public async Task A_host_and_three_players_play_a_game_and_reload_at_will()
    {
        var host = await GameHost.SignInAsync(app, chromium, Screen.Desktop);
        await host.OpenGameAsync(questions: 3, null, "single_choice", "cloze", "ordering");
        var players = new List<Player>();
        foreach (var name in (string[])["白露", "青石", "小满"]) players.Add(await Player.JoinAsync(chromium, app.Address, host.Pin, name));
        await Assertions.Expect(host.Projector!.Locator(".names")).ToContainTextAsync("小满");

        for (var round = 1; round <= 3; round++)
        {
            await host.GoOnAsync();
            await Assertions.Expect(players[0].Page.Locator(".p-stem")).ToBeVisibleAsync();
            await host.GoOnAsync();
            await players[0].MayAnswerAsync();
            var key = await host.KeyAsync();
            await players[0].AnswerAsync(key);
            await players[0].HasReceiptAsync();

            await players[0].Page.ReloadAsync();
            await players[0].HasReceiptAsync();
            await players[1].Page.ReloadAsync();
            await players[1].AnswerWrongAsync(key);
            await host.Projector.ReloadAsync();
            await Assertions.Expect(host.Projector.Locator(".s-top")).ToContainTextAsync("2 / 3");
            await host.Remote.ReloadAsync();

            await host.GoOnAsync();
            await Assertions.Expect(host.Projector.Locator(".dist li").First).ToBeVisibleAsync();
            await players[2].SeesVerdictAsync();
            await host.GoOnAsync();
            await Assertions.Expect(host.Projector.Locator(".board li").First).ToContainTextAsync("白露");
            await players[0].Page.ReloadAsync();
            await Assertions.Expect(players[0].Page.Locator("main")).ToContainTextAsync("第1名");
        }

        await host.GoOnAsync();
        await Assertions.Expect(host.Projector.Locator(".podium")).ToContainTextAsync("白露");
        await Assertions.Expect(players[0].Page.Locator("main")).ToContainTextAsync("最终第1名");
    }

    [Fact]
    public async Task The_projector_has_no_controls_but_the_hosts_keyboard()
    {
        var host = await GameHost.SignInAsync(app, chromium, Screen.Desktop);
        await host.OpenGameAsync(questions: 1);
        await Player.JoinAsync(chromium, app.Address, host.Pin, "白露");
        await Assertions.Expect(host.Projector!.Locator(".names")).ToContainTextAsync("白露");
        Assert.Equal(0, await host.Projector.Locator("button, a").CountAsync());
        await host.Projector.Keyboard.PressAsync("Space");
        await Assertions.Expect(host.Projector.Locator(".s-ask")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_room_in_English_plays_on_Chinese_questions()
    {
        var host = await GameHost.SignInAsync(app, chromium, Screen.Desktop, "en-GB", dark: true);
        await host.OpenGameAsync(questions: 1);
        var player = await Player.JoinAsync(chromium, app.Address, host.Pin, "Ann", "en-GB");
        Assert.Equal("en", await player.Page.Locator("html").GetAttributeAsync("lang"));
        await host.GoOnAsync();
        await Assertions.Expect(player.Page.Locator(".p-stem [lang='zh-CN'], .p-stem[lang='zh-CN']").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_tap_meant_for_one_action_never_carries_out_the_next()
    {
        var host = await GameHost.SignInAsync(app, chromium, Screen.Desktop);
        await host.OpenGameAsync(questions: 1);
        await Player.JoinAsync(chromium, app.Address, host.Pin, "白露");
        await Assertions.Expect(host.Remote.Locator(".seatlist")).ToContainTextAsync("白露");
        // Presses again in the very frame in which the button has come to mean something else.
        await host.Remote.EvaluateAsync("""
            async () => {
              const press = () => document.querySelector('.rdock button.primary').click();
              const phase = () => document.querySelector('main h1').innerText;
              const before = phase();
              press();
              while (phase() === before) await new Promise(requestAnimationFrame);
              press();
              await new Promise(done => setTimeout(done, 400));
            }
            """);
        Assert.Equal("读题中", await host.PhaseAsync());
    }

    [Fact]
    public async Task A_host_leads_from_desk_and_phone_while_players_lose_screens_and_sockets()
    {
        var host = await GameHost.SignInAsync(app, chromium, Screen.Desktop);
        await host.OpenGameAsync(questions: 2);
        var desk = host.Remote;
        var phone = (await GameHost.SignInAsync(app, chromium, Screen.Phone)).Remote;
        await phone.GotoAsync(desk.Url);
        var ann = await Player.JoinAsync(chromium, app.Address, host.Pin, "白露");
        var bob = await Player.JoinAsync(chromium, app.Address, host.Pin, "捣乱的人");
        // No socket ever stands: the page comes in by the other transports.
        var cut = await chromium.PersonAsync(app.Address, Screen.Phone);
        await cut.RouteWebSocketAsync("**/hubs/**", socket => { _ = socket.CloseAsync(); });
        var walled = await Player.JoinAsync(cut, host.Pin, "墙内的人");

        await phone.Locator(".seatlist li", new() { HasText = "捣乱的人" }).Locator("button").ClickAsync();
        await phone.GetByText("移出", new() { Exact = true }).ClickAsync();
        await phone.Locator(".sure .btn.danger").ClickAsync();
        await Assertions.Expect(bob.Page.Locator("h1")).ToHaveTextAsync("主持人把你移出了");
        await Assertions.Expect(desk.Locator(".seatlist li")).ToHaveCountAsync(2);

        await desk.Locator("h1").ClickAsync();
        await desk.Keyboard.PressAsync("Space");
        await Assertions.Expect(phone.Locator("main h1")).ToHaveTextAsync("读题中");
        await phone.ReloadAsync();
        await phone.Locator(".rdock button.primary").ClickAsync();
        await ann.MayAnswerAsync();
        await walled.MayAnswerAsync();
        await phone.GetByText("暂停").ClickAsync();
        await Assertions.Expect(ann.Page.Locator("h1")).ToHaveTextAsync("已暂停");
        await ann.Page.ReloadAsync();
        await Assertions.Expect(ann.Page.Locator("h1")).ToHaveTextAsync("已暂停");
        await desk.Keyboard.PressAsync("p");
        var key = await host.KeyAsync();
        await ann.AnswerAsync(key);
        await ann.HasReceiptAsync();
        await walled.AnswerAsync(key);
        await walled.HasReceiptAsync();

        await host.GoOnAsync();
        await walled.SeesVerdictAsync();
        await desk.GetByText("作废").First.ClickAsync();
        await desk.Locator(".fixes .btn.danger").ClickAsync();
        await Assertions.Expect(ann.Page.Locator("h1")).ToHaveTextAsync("这一题作废了");
        await walled.Page.ReloadAsync();
        await Assertions.Expect(walled.Page.Locator("h1")).ToHaveTextAsync("这一题作废了");

        await ann.Page.GotoAsync(ann.Page.Url + "/move");
        await ann.Page.Locator("main .btn.primary").ClickAsync();
        var link = await ann.Page.Locator("#link").InputValueAsync();
        await ann.Page.GetByText("留在这台设备").ClickAsync();
        var tablet = await chromium.PersonAsync(app.Address, Screen.Phone);
        await tablet.GotoAsync(new Uri(link).AbsolutePath);
        await tablet.Locator("main .btn.primary").ClickAsync();
        await Assertions.Expect(tablet.Locator(".p-top .nm")).ToHaveTextAsync("白露");
        await Assertions.Expect(ann.Page.Locator("h1")).ToHaveTextAsync("座位在别处打开了");
    }
}
