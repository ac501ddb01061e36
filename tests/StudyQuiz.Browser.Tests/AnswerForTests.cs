using Microsoft.Playwright;
using Npgsql;

namespace StudyQuiz.Browser.Tests;

/// <summary>A bank that its editors can answer for: a wrong key is found by what answers say, mended by two people at once, published by a second one, and earlier attempts are set right.</summary>
[Collection<OneAppForEditors>]
public sealed class AnswerForTests(AppProcess app, Chromium chromium)
{
    private const string Bank = "answered-for";

    private const string Stem = "社区食堂的蔬菜从哪里来？";

    private const string Sentence = "食堂的蔬菜来自城郊两家农场，每天清晨六点送到。";

    private const string Irrelevant = "所有肉类必须附有检验证明";

    private const string Mended = "原文写的是：“食堂的蔬菜来自城郊两家农场”。";

    // The first option is marked, the second is what the speech says; the quote has nothing to do with it
    private const string Flawed =
        $$"""
        {"type": "single_choice", "stem": "{{Stem}}", "explanation": "蔬菜是买来的。", "difficulty": 1, "evidence": [{"paragraph": "LABEL", "quote": "{{Irrelevant}}"}],
         "options": [{"text": "镇上的批发市场", "correct": true}, {"text": "城郊两家农场", "correct": false}, {"text": "食堂自己的菜园", "correct": false}, {"text": "志愿者队", "correct": false}]}
        """;

    [Fact]
    public async Task By_keyboard_a_flawed_question_is_found_mended_merged_published_by_another_and_regraded()
    {
        var maker = await BankMaker.SignInAsync(app, chromium, Screen.Desktop);
        await maker.MakeAsync(Bank);
        var question = await FlawAsync();
        var learner = await AttemptAsync();
        var result = learner.Url;
        await RunAsync("update workflow_setting set two_people = true");
        try
        {
            await MendAsync(maker.Page, question, await ColleagueAsync(), learner);
            await learner.GotoAsync("/self-test");
            await Assertions.Expect(learner.Locator(".attempts")).ToContainTextAsync("改判了，原来 0");
            await learner.GotoAsync(result.Split('?')[0] + "?show=all");
            await Assertions.Expect(learner.Locator(".score .big")).ToContainTextAsync("1 / 1");
            await Assertions.Expect(learner.Locator(".facts")).ToContainTextAsync("改判前");
        }
        finally
        {
            // As it was, for other tests of this app
            await RunAsync("update workflow_setting set two_people = false");
        }
    }

    private static async Task MendAsync(IPage page, long question, IPage colleague, IPage learner)
    {
        var path = $"/banks/{Bank}/questions/{question}";
        // Found: the list of what is flagged, and what answers say
        await page.GotoAsync("/banks/" + Bank);
        await Assertions.Expect(page.Locator("#questions[data-ready]")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("/");
        await TabToAsync(page.Locator("select[name=flag]"));
        await page.Keyboard.PressAsync("ArrowDown");
        await page.WaitForURLAsync("**?flag=any");
        await Assertions.Expect(page.Locator("#questions[data-ready] tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#questions tbody .flagcell")).ToContainTextAsync("区分度为负");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync($"**{path}?back=*");
        await Assertions.Expect(page.Locator(".itemstats .note.wrong")).ToContainTextAsync("区分度为负");
        await page.Keyboard.PressAsync("e");

        // Mended: another key, a slip of the pen, and the sentence that proves it
        await ReadyAsync(page);
        await TabToAsync(page.Locator("[name=correct]:checked"));
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.Locator("[name=correct][value='1']")).ToBeCheckedAsync();
        await TabToAsync(page.Locator("#explanation"));
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.InsertTextAsync(Mended);
        await Assertions.Expect(page.Locator("[name=meaning][value=changed]")).ToBeCheckedAsync();
        await TabToAsync(page.Locator("[name=meaning][value=changed]"));
        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(page.Locator("[name=meaning][value=same]")).ToBeCheckedAsync();
        await TabToAsync(page.Locator("#why"));
        await page.Keyboard.InsertTextAsync("答案标错了");
        var quotes = page.Locator("[data-quotes] li:not(.plain-only)");
        await TabToAsync(quotes.Locator("[data-drop]"));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(quotes).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("[data-source]")).ToBeFocusedAsync();
        await SelectAsync(page, Sentence);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(quotes.Locator("textarea")).ToHaveValueAsync(Sentence);

        // Merged: somebody else was faster
        await colleague.GotoAsync(path + "/edit");
        await ReadyAsync(colleague);
        await TabToAsync(colleague.Locator("#explanation"));
        await colleague.Keyboard.PressAsync("Control+A");
        await colleague.Keyboard.InsertTextAsync("蔬菜是每天买来的。");
        await TabToAsync(colleague.Locator(".saving button.primary"));
        await colleague.Keyboard.PressAsync("Enter");
        await colleague.WaitForURLAsync("**/edit?saved=1");

        await TabToAsync(page.Locator(".saving button.primary"), "Shift+Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".mergeform .conflict")).ToHaveCountAsync(1);
        await page.WaitForLoadStateAsync();
        await page.Keyboard.PressAsync("1");
        await Assertions.Expect(page.Locator("[data-result]")).ToHaveValueAsync(Mended);
        await TabToAsync(page.Locator(".mergeform button.primary"));
        await page.Keyboard.PressAsync("Enter");

        // To be regraded: whoever had chosen what the speech says
        await Assertions.Expect(page.Locator("[name=regrade][value=yes]")).ToBeCheckedAsync();
        await ReadyAsync(page);
        await Assertions.Expect(page.Locator("[name=meaning][value=same]")).ToBeCheckedAsync();
        await Assertions.Expect(page.Locator("label:has([name=regrade][value=yes])")).ToContainTextAsync("17");
        await TabToAsync(page.Locator(".saving button.primary"));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**&saved=1");
        await Assertions.Expect(page.Locator("main [role=status]:not([data-kept])").First).ToContainTextAsync("等 colleague 批准");

        // Not yet: the learner's result is what it was, and the published version is asked
        await learner.ReloadAsync();
        await Assertions.Expect(learner.Locator(".score .big")).ToContainTextAsync("0 / 1");
        await Assertions.Expect(learner.Locator(".facts")).Not.ToContainTextAsync("改判前");

        // Published: not by who wrote it
        await page.GotoAsync(path + "/review");
        await Assertions.Expect(page.Locator(".draft mark")).ToContainTextAsync(Irrelevant);
        await Assertions.Expect(page.Locator("#proposal .qdiff")).ToContainTextAsync(Sentence);
        await TabToAsync(page.Locator("button[value=published]"));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main [role=alert]")).ToBeVisibleAsync();
        await colleague.GotoAsync("/review");
        await TabToAsync(colleague.Locator("a.st", new() { HasText = Stem }));
        await colleague.Keyboard.PressAsync("Enter");
        await colleague.WaitForURLAsync($"**{path}/review");
        await Assertions.Expect(colleague.Locator("#proposal")).ToContainTextAsync("批准后重判：加分 17");
        await TabToAsync(colleague.Locator("button[value=published]"));
        await colleague.Keyboard.PressAsync("Enter");
        await colleague.WaitForURLAsync("**/review?done=approved");
        await Assertions.Expect(colleague.Locator(".state.published")).ToBeVisibleAsync();
    }

    private static async Task TabToAsync(ILocator target, string key = "Tab")
    {
        for (var press = 0; press < 150; press++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement")) return;
            await target.Page.Keyboard.PressAsync(key);
        }

        Assert.Fail($"{key} does not lead to {target}");
    }

    // The caret goes from sentence to sentence, and over the end of a paragraph into the next
    private static async Task SelectAsync(IPage page, string sentence)
    {
        for (var press = 0; press < 60; press++)
        {
            await page.Keyboard.PressAsync("s");
            var selected = await page.EvaluateAsync<string>("getSelection().toString()");
            if (selected == sentence) return;
            if (selected.Length == 0) await page.Keyboard.PressAsync("ArrowRight");
        }

        Assert.Fail($"No key press selects {sentence}");
    }

    // the script has the form, and the server has looked at it once
    private static Task ReadyAsync(IPage page) => page.Locator("sq-question-editor[data-ready][data-checked]").WaitForAsync();

    // A learner who knows the speech is told that they are wrong
    private async Task<IPage> AttemptAsync()
    {
        var learner = await chromium.PersonAsync(app.Address, Screen.Phone);
        await learner.GotoAsync("/self-test?source=" + Bank);
        await learner.Locator("label:has(input[name=mode][value=exam])").ClickAsync();
        await learner.Locator("form[action='/self-test'] button.primary").PressAsync("Enter");
        await learner.WaitForURLAsync("**/self-test/*-*");
        var taker = new SelfTaker(learner);
        await learner.Locator("section.q:visible label.opt", new() { HasText = "城郊两家农场" }).ClickAsync();
        await taker.SavedAsync();
        await taker.HandInAsync();
        await Assertions.Expect(learner.Locator(".score .big")).ToContainTextAsync("0 / 1");
        return learner;
    }

    // Another editor, with the same password
    private async Task<IPage> ColleagueAsync()
    {
        await RunAsync(
            """
            with made as (
              insert into account (id, user_name, normalized_user_name, password_hash, security_stamp)
              select gen_random_uuid(), 'colleague', 'COLLEAGUE', password_hash, 'stamp' from account where normalized_user_name = 'TEACHER' returning id)
            insert into account_role (account_id, role) select id, 'editor' from made
            """);
        var page = await chromium.PersonAsync(app.Address, Screen.Desktop);
        await page.GotoAsync("/sign-in?returnUrl=/review");
        await page.Locator("input[name=name]").FillAsync("colleague");
        await page.Locator("input[name=password]").FillAsync("chalk-and-talk");
        await page.Locator("main form:has(input[name=password]) button.primary").ClickAsync();
        await page.WaitForURLAsync("**/review");
        return page;
    }

    // One published question whose key is wrong, which 30 people have answered: ten of them as the key says, none of whom knew the rest
    private async Task<long> FlawAsync()
    {
        await RunAsync(
            $$"""
            update question set status = 'draft' where source_id = (select id from source where slug = '{{Bank}}');
            insert into question (source_id, slug, key_point_id, type, status, origin)
              select s.id, 'flawed', min(k.id), 'single_choice', 'draft', 'written' from source s join key_point k on k.source_id = s.id where s.slug = '{{Bank}}' group by s.id;
            insert into question_version (question_id, version, source_version_id, body, reason)
              select q.id, 1, p.source_version_id, replace('{{Flawed}}', 'LABEL', p.label)::jsonb, 'new'
              from question q join source s on s.id = q.source_id join paragraph p on p.source_version_id = s.current_version_id where q.slug = 'flawed' and p.text like '%{{Irrelevant}}%';
            update question q set current_version_id = v.id, status = 'published' from question_version v where v.question_id = q.id and q.slug = 'flawed';

            create temporary table asked on commit drop as
              select row_number() over (order by slug <> 'flawed', id)::int as position, current_version_id as version, source_id
              from question where source_id = (select source_id from question where slug = 'flawed') order by slug <> 'flawed', id limit 6;
            insert into learner (id) select md5('answered ' || n)::uuid from generate_series(1, 30) n;
            insert into attempt (id, learner_id, source_id, seed, started_at, deadline, submitted_at)
              select md5('answered at ' || n)::uuid, md5('answered ' || n)::uuid, source_id, 1, now() - interval '3 hours', now() - interval '2 hours', now() - interval '2 hours'
              from generate_series(1, 30) n, asked where position = 1;
            insert into attempt_question (attempt_id, position, question_version_id, seed, credit, outcome)
              select md5('answered at ' || n)::uuid, position, version, 1, is_right::int, case when is_right then 3 else 1 end
              from generate_series(1, 30) n, asked, lateral (select case when position = 1 then n <= 10 else n > 10 + position end as is_right) r;
            insert into attempt_answer (attempt_id, position, client_id, sequence, answer, received_at)
              select md5('answered at ' || n)::uuid, 1, gen_random_uuid(), 1,
                jsonb_build_object('kind', 'chosen', 'options', jsonb_build_array(case when n <= 10 then 0 when n <= 12 then 2 when n <= 14 then 3 else 1 end)), now() - interval '2 hours'
              from generate_series(1, 30) n;
            """);
        // What the app makes of those answers once a minute; made anew meanwhile it says the same
        await RunAsync(
            """
            insert into question_statistics (question_id, fork, figures, refreshed_at)
            select id, 1, '{"people": 30, "facility": 0.333, "facilityInterval": {"low": 0.192, "high": 0.512}, "deviation": 0.479, "compared": 30, "discrimination": -0.92, "discriminationInterval": {"low": -0.96, "high": -0.84},
              "efficiency": -1, "options": [{"people": 10, "byThird": [10, 0, 0]}, {"people": 16, "byThird": [0, 6, 10]}, {"people": 2, "byThird": [0, 2, 0]}, {"people": 2, "byThird": [0, 2, 0]}], "thirds": [10, 10, 10]}', now()
            from question where slug = 'flawed' on conflict do nothing;
            update question_listing set answers = 30, facility = 0.333, discrimination = -0.92, flags = '{negative}' where question_id = (select id from question where slug = 'flawed');
            """);
        await using var database = NpgsqlDataSource.Create(app.ConnectionString);
        await using var command = database.CreateCommand("select id from question where slug = 'flawed'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task RunAsync(string sql)
    {
        await using var database = NpgsqlDataSource.Create(app.ConnectionString);
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
