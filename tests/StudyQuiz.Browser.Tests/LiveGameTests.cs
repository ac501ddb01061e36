using System.Diagnostics;
using Microsoft.Playwright;

namespace StudyQuiz.Browser.Tests;

[Collection<OneAppForGames>]
public sealed class LiveGameTests(AppProcess app, Chromium chromium)
{
    /// <summary>What is too small at ten metres, or out of sight, of a question of 120 characters with options of 36.</summary>
    private const string ReadableFromTheBack = """
        () => {
          const size = element => parseFloat(getComputedStyle(element).fontSize);
          const stem = document.querySelector('.s-stem');
          stem.textContent = '一二三四五六七八九十'.repeat(12);
          for (const text of document.querySelectorAll('.tiles:not(.plain) .tile > span:last-child:not(.let)')) text.textContent = '一二三四五六七八九'.repeat(4);
          dispatchEvent(new Event('resize'));
          return [
            size(stem) < 44 ? `stem ${size(stem)}` : '',
            ...[...document.querySelectorAll('.tile, .s-soon')].filter(option => size(option) < 36).map(option => `option ${size(option)}`),
            ...[stem, ...document.querySelectorAll('.tile')].filter(part => part.getBoundingClientRect().bottom > innerHeight || part.scrollHeight > part.clientHeight + 2).map(part => `cut off: ${part.className}`),
            stem.getBoundingClientRect().bottom > document.querySelector('.s-ask').getBoundingClientRect().bottom + 1 ? 'the stem lies under the answers' : '',
            document.documentElement.scrollHeight > innerHeight ? 'scrolls' : '',
          ].filter(Boolean).join('; ');
        }
        """;

    /// <summary>Nothing on the stage ends outside it or outside its box, at a size of at most the given share of the usual one.</summary>
    private const string IsWholeAndSmaller = """
        most => {
          const stage = document.querySelector('.stage:is(.q, .d, .slide)');
          if (!stage) return false;
          const edge = stage.getBoundingClientRect();
          const isIn = part => { const box = part.getBoundingClientRect(); return box.bottom <= edge.bottom + 1 && box.right <= edge.right + 1 && box.top >= edge.top - 1; };
          const shown = [...stage.querySelectorAll('.s-stem, .tile, .dist li, .s-why p, .slide li, li')].filter(part => part.offsetParent);
          return shown.length > 0 && shown.every(isIn) && [...stage.querySelectorAll('.s-ask, .s-why, .s-split')].every(box => box.scrollHeight <= box.clientHeight + 4)
            && Number(stage.style.getPropertyValue('--fit') || 1) <= most;
        }
        """;

    /// <summary>Plain http under a name: what a school's network has. Browsers take away secure cookies, wake lock, randomUUID.</summary>
    private Uri Lan => new($"http://{Chromium.LanName}:{app.Port}");

    [Fact]
    public async Task A_room_of_six_plays_before_a_projector_with_desk_and_remote_and_everybody_reloads_in_every_phase()
    {
        var host = await GameHost.SignInAsync(app, chromium, Screen.Desktop);
        await host.OpenGameAsync(questions: 3, null, "single_choice", "cloze", "ordering");
        var (desk, projector) = (host.Remote, host.Projector!);
        Assert.Equal(0, await projector.Locator("button, a").CountAsync());
        var remote = (await GameHost.SignInAsync(app, chromium, Screen.Phone, "en-GB", dark: true)).Remote;
        await remote.GotoAsync(desk.Url);
        var walled = await WalledAsync();
        var keyboard = await chromium.PersonAsync(app.Address, Screen.Desktop);
        Player[] players =
        [
            await Player.JoinAsync(chromium, app.Address, host.Pin, "白露"), await Player.JoinAsync(chromium, app.Address, host.Pin, "Ann", "en-GB"), await Player.JoinAsync(chromium, Lan, host.Pin, "渔火"),
            await Player.JoinAsync(walled.Page, host.Pin, "墙内的人"), await Player.JoinAsync(keyboard, host.Pin, "键盘手"), await Player.JoinAsync(chromium, app.Address, host.Pin, "小满"),
        ];
        Assert.True(walled.FellBackAfter() < TimeSpan.FromSeconds(4), "Three seconds without a word are enough, and one for a busy machine.");
        Assert.False(await players[2].Page.EvaluateAsync<bool>("isSecureContext"));
        Assert.Equal("en", await players[1].Page.Locator("html").GetAttributeAsync("lang"));
        await ReloadAsync(".p-mid .chip.right", ".bigpin");

        await projector.Keyboard.PressAsync("Space");
        await desk.GetByLabel("多给10秒").ClickAsync();
        await Assertions.Expect(players[1].Page.Locator(".p-stem [lang='zh-CN'], .p-stem[lang='zh-CN']").First).ToBeVisibleAsync();
        await ReloadAsync(".p-mid.read .p-stem", ".s-soon");

        await remote.Locator(".rdock button.primary").ClickAsync();
        await players[5].MayAnswerAsync();
        await remote.GetByLabel("Give 10 seconds more").ClickAsync();
        var key = await host.KeyAsync();
        await players[0].AnswerAsync(key);
        if (key.Pads is [var pad]) await keyboard.Keyboard.PressAsync($"{pad + 1}");
        else await players[4].AnswerAsync(key);
        await players[1].AnswerAsync(key);
        await players[2].AnswerWrongAsync(key);
        await players[3].AnswerAsync(key);
        foreach (var player in players[..5]) await player.HasReceiptAsync();
        Assert.Equal("", await projector.EvaluateAsync<string>(ReadableFromTheBack));
        await ReloadAsync(".p-mid use[href='#i-saved'], .padb, .p-type, .p-order", ".tiles .tile, .s-soon");
        await Assertions.Expect(projector.Locator(".s-top")).ToContainTextAsync("5 / 6");
        foreach (var player in players[..5]) await player.HasReceiptAsync();
        await players[5].MayAnswerAsync();
        await KeepsHalfAsync(players[5].Page);

        await host.GoOnAsync();
        await ReloadAsync(".verdict", ".dist li");
        await host.GoOnAsync();
        await ReloadAsync(".place", ".board li");
        await Assertions.Expect(projector.Locator(".board li").First).ToContainTextAsync("白露");

        for (var round = 2; round <= 3; round++)
        {
            await host.GoOnAsync();
            await host.GoOnAsync();
            await players[0].MayAnswerAsync();
            key = await host.KeyAsync();
            await players[0].AnswerAsync(key);
            await players[0].HasReceiptAsync();
            await players[0].Page.ReloadAsync();
            await players[0].HasReceiptAsync();
            await players[3].AnswerWrongAsync(key);
            await players[5].MayAnswerAsync();
            await KeepsHalfAsync(players[5].Page);
            await host.GoOnAsync();
            await Assertions.Expect(projector.Locator(".dist li").First).ToBeVisibleAsync();
            await players[2].SeesVerdictAsync();
            await host.GoOnAsync();
        }

        await host.GoOnAsync();
        await ReloadAsync(".p-mid .pfacts", ".podium li");
        await Assertions.Expect(projector.Locator(".podium")).ToContainTextAsync("白露");
        Assert.True(await projector.EvaluateAsync<bool>("document.querySelector('.podium [data-rank=\"1\"] .blk').offsetHeight > innerHeight * .3"), "The best stand highest.");
        await Assertions.Expect(players[0].Page.Locator("main")).ToContainTextAsync("最终第1名");
        await desk.Locator(".rdock a.primary").ClickAsync();
        await Assertions.Expect(desk.Locator(".reptable")).ToBeVisibleAsync();

        // What is half given outlives a reload
        static async Task KeepsHalfAsync(IPage page)
        {
            if (await page.Locator("#blank").CountAsync() > 0)
            {
                await page.FillAsync("#blank", "写了一半");
                await page.ReloadAsync();
                await Assertions.Expect(page.Locator("#blank")).ToHaveValueAsync("写了一半");
            }
            else if (await page.Locator(".p-order li").CountAsync() > 0)
            {
                var first = await page.Locator(".p-order li").First.InnerTextAsync();
                await page.Locator(".p-order [data-move='1']").First.ClickAsync();
                await page.ReloadAsync();
                await Assertions.Expect(page.Locator(".p-order li").Nth(1)).ToHaveTextAsync(first);
            }
        }

        // Everybody at once, told one after the other, for a driver of browsers is no friend of threads. All of them are to see the phase again.
        async Task ReloadAsync(string player, string screen)
        {
            var phase = await host.PhaseAsync();
            List<IPage> pages = [desk, remote, projector, .. players.Select(one => one.Page)];
            foreach (var page in pages) await page.EvaluateAsync("window.before = true, setTimeout(() => location.reload(), 50), null");
            foreach (var page in pages) await page.WaitForFunctionAsync("() => !window.before");
            foreach (var one in players) await Assertions.Expect(one.Page.Locator(player).First).ToBeVisibleAsync(new() { Timeout = 15_000 });
            await Assertions.Expect(projector.Locator(screen).First).ToBeVisibleAsync();
            await Assertions.Expect(remote.Locator(".rdock .primary")).ToBeVisibleAsync();
            await Assertions.Expect(desk.Locator("main h1")).ToHaveTextAsync(phase);
        }
    }

    [Fact]
    public async Task A_projector_makes_everything_smaller_before_it_hides_what_an_author_made_too_long()
    {
        var sentence = "我们要坚持把科技创新摆在国家发展全局的核心位置，健全新型举国体制，强化国家战略科技力量。";
        string Long(int length) => string.Concat(Enumerable.Repeat(sentence, (length / sentence.Length) + 1))[..length];
        var host = await GameHost.SignInAsync(app, chromium, Screen.Desktop);
        var desk = host.Remote;
        await desk.GotoAsync("/quizzes");
        await desk.Locator("#title").FillAsync("长题");
        await desk.Locator("[name=shape][value=empty]").CheckAsync();
        await desk.Locator("form[action='/quizzes'] button.primary").ClickAsync();
        await desk.WaitForURLAsync("**/quizzes/*-*");
        var quiz = new Uri(desk.Url).Segments[^1];
        await AddAsync("own?type=single_choice", async () =>
        {
            await desk.Locator("#stem").FillAsync(Long(1000));
            for (var i = 0; i < 4; i++) await desk.Locator("[name^=option]").Nth(i).FillAsync("甲乙丙丁"[i] + Long(180));
            await desk.Locator("[name=correct]").Nth(1).CheckAsync();
            await desk.Locator("#explanation").FillAsync(Long(400));
        });
        await AddAsync("own?type=ordering", async () =>
        {
            await desk.Locator("#stem").FillAsync("按原文先后排列" + sentence);
            await desk.Locator("#answer").FillAsync(string.Join('\n', Enumerable.Range(1, 8).Select(i => $"第 {i} 项 {sentence}")));
        });
        await AddAsync("extra?kind=slide", async () =>
        {
            await desk.Locator("#title").FillAsync("说明");
            await desk.Locator("#text").FillAsync(string.Join('\n', Enumerable.Range(1, 18).Select(i => $"- 第 {i} 点 {sentence}")));
        });
        await desk.GotoAsync($"/host?quiz={quiz}");
        await host.OpenAsync();
        await Player.JoinAsync(chromium, app.Address, host.Pin, "白露");
        await Assertions.Expect(desk.Locator(".seatlist")).ToContainTextAsync("白露");
        var seen = new List<string>();
        while (!await host.IsOverAsync())
        {
            await host.GoOnAsync();
            var phase = await host.PhaseAsync();
            await Assertions.Expect(host.Projector!.Locator(".stage:is(.q, .d, .slide), .stage.deep")).ToBeVisibleAsync();
            if (await host.Projector.Locator(".stage:is(.q, .d, .slide)").CountAsync() == 0) continue;
            seen.Add(phase);
            await host.Projector.WaitForFunctionAsync(IsWholeAndSmaller, phase == "读题中" ? 1 : 0.95);
        }

        // A slow machine may miss a phase that ends by itself; not those that wait for the host
        Assert.Equal(["答案已公布", "答案已公布", "讲一讲"], seen.Where(phase => phase is "答案已公布" or "讲一讲"));
        Assert.Contains("作答中", seen);

        async Task AddAsync(string what, Func<Task> fill)
        {
            await desk.GotoAsync($"/quizzes/{quiz}/sections/1/{what}");
            await fill();
            await desk.Locator("main form button.primary").First.ClickAsync();
            await desk.WaitForURLAsync($"**/quizzes/{quiz}/sections/1*");
        }
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
        var eve = await Player.JoinAsync(chromium, app.Address, host.Pin, "青石");

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
        await eve.MayAnswerAsync();
        await phone.GetByText("暂停").ClickAsync();
        await Assertions.Expect(ann.Page.Locator("h1")).ToHaveTextAsync("已暂停");
        await ann.Page.ReloadAsync();
        await Assertions.Expect(ann.Page.Locator("h1")).ToHaveTextAsync("已暂停");
        await desk.Keyboard.PressAsync("p");
        var key = await host.KeyAsync();
        await ann.AnswerAsync(key);
        await ann.HasReceiptAsync();
        await eve.AnswerAsync(key);
        await eve.HasReceiptAsync();

        await host.GoOnAsync();
        await eve.SeesVerdictAsync();
        await desk.GetByText("作废").First.ClickAsync();
        await desk.Locator(".fixing .btn.danger").ClickAsync();
        await Assertions.Expect(ann.Page.Locator("h1")).ToHaveTextAsync("这一题作废了");
        await eve.Page.ReloadAsync();
        await Assertions.Expect(eve.Page.Locator("h1")).ToHaveTextAsync("这一题作废了");

        await ann.Page.GotoAsync(ann.Page.Url + "/move");
        await ann.Page.Locator("main .btn.primary").ClickAsync();
        var link = await ann.Page.Locator("#link").InputValueAsync();
        var code = await ann.Page.Context.NewPageAsync();
        await code.GotoAsync(ann.Page.Url);
        await code.Locator("main .btn.primary").ClickAsync();
        link = await code.Locator("#link").InputValueAsync();
        await ann.Page.GetByText("留在这台设备").ClickAsync();
        var tablet = await chromium.PersonAsync(app.Address, Screen.Phone);
        await tablet.GotoAsync(new Uri(link).AbsolutePath);
        await tablet.Locator("main .btn.primary").ClickAsync();
        await Assertions.Expect(tablet.Locator(".p-top .nm")).ToHaveTextAsync("白露");
        await Assertions.Expect(ann.Page.Locator("h1")).ToHaveTextAsync("座位在别处打开了");
        await Assertions.Expect(code.Locator("[data-seat-gone] h1")).ToBeVisibleAsync();
    }

    /// <summary>A phone behind a proxy that lets sockets stand and never passes a word, and after that closes each at once.</summary>
    private async Task<(IPage Page, Func<TimeSpan> FellBackAfter)> WalledAsync()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone);
        var (tried, fellBack) = (0L, 0L);
        page.Request += (_, request) =>
        {
            if (fellBack == 0 && request.Url.Contains("/negotiate", StringComparison.Ordinal)) fellBack = Stopwatch.GetTimestamp();
        };
        await page.RouteWebSocketAsync("**/hubs/**", socket =>
        {
            if (tried == 0) tried = Stopwatch.GetTimestamp();
            else _ = socket.CloseAsync();
        });
        return (page, () => fellBack > 0 ? Stopwatch.GetElapsedTime(tried, fellBack) : throw new InvalidOperationException("It never fell back."));
    }
}
