using System.Net;
using Dapper;
using StudyQuiz.App.Features.KeepQuizzes;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Tests.KeepQuizzes;

public sealed class QuizTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_paper_has_its_sections_as_far_as_the_bank_goes_and_says_what_it_lacks()
    {
        using var host = await QuizHost.ComeAsync(app, "papers");
        var quiz = await host.MakeAsync("一份试卷", "paper");
        var items = await host.ItemsAsync(quiz);
        Assert.Equal([QuestionTypes.SingleChoice, QuestionTypes.TrueFalse, QuestionTypes.MultipleChoice, QuestionTypes.Cloze], items.Select(item => item.Question!.Type));
        Assert.All(items, item => Assert.True(item.IsDrawn));
        var page = WebUtility.HtmlDecode(await host.Browser.ReadAsync(Quiz.PathOf(quiz)));
        Assert.Contains("一、单选题：题库里少 19 题", page, StringComparison.Ordinal);
        Assert.Contains("满分 100", page, StringComparison.Ordinal);
        Assert.Contains("一份试卷", await host.Browser.ReadAsync("/quizzes"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_saved_is_there_and_what_cannot_be_is_refused_with_nothing_changed()
    {
        using var host = await QuizHost.ComeAsync(app, "saves");
        var quiz = await host.MakeAsync("规则", "paper");
        using var saved = await host.SaveAsync(
            quiz, ("number1", "1"), ("points1", "2.5"), ("pass", "30"), ("minutes", "20"), ("attempts", "2"), ("answers", "AtSubmission"), ("from", "2026-11-24T08:00"), ("until", "2026-11-25T20:30"), ("partial", "none"));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var stored = await host.FindAsync(quiz);
        Assert.Equal((1, 2.5m), (stored.Plan.Sections[0].Number, stored.Plan.Sections[0].Points));
        Assert.Equal((30m, 20, 2, AnswersShown.AtSubmission, false), (stored.Plan.Rules.PassMark!.Value, stored.Plan.Minutes, stored.Plan.Rules.Attempts!.Value, stored.Plan.Rules.Answers, stored.Plan.Rules.PartialCredit));
        // As the wall clock of the host's zone says
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 12, 30, 0, TimeSpan.Zero), stored.Plan.Rules.Until);

        foreach (var (field, value) in new[] { ("title", " "), ("number1", "x"), ("points1", "0"), ("points1", "1.234"), ("pass", "9999"), ("until", "2026-11-24T07:00"), ("number1", "101"), ("minutes", "0") })
        {
            using var refused = await host.SaveAsync(quiz, (field, value), ("from", "2026-11-24T08:00"));
            Assert.Equal((field, HttpStatusCode.UnprocessableEntity), (field, refused.StatusCode));
        }

        using var late = await host.SaveAsync(quiz, ("revision", "1"), ("title", "晚了"));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal("规则", (await host.FindAsync(quiz)).Title);
    }

    [Fact]
    public async Task Sections_are_added_moved_and_taken_away_with_what_they_held()
    {
        using var host = await QuizHost.ComeAsync(app, "sections");
        var quiz = await host.MakeAsync("几节", "paper");
        using var down = await host.SaveAsync(quiz, ("do", "down:1"));
        using var removed = await host.SaveAsync(quiz, ("do", "remove:3"));
        using var added = await host.SaveAsync(quiz, ("do", "add:ordering"));
        Assert.Equal([2, 1, 4, 5], (await host.FindAsync(quiz)).Plan.Sections.Select(section => section.Id));
        Assert.Equal([1, 2, 4, 5], (await host.ItemsAsync(quiz)).Select(item => item.Section));
    }

    [Fact]
    public async Task Questions_are_picked_by_hand_once_and_no_enemy_of_one_gets_in()
    {
        using var host = await QuizHost.ComeAsync(app, "picks");
        var quiz = await host.MakeAsync("手选", "empty");
        var (statement, rival) = (await host.QuestionAsync("q2"), await host.QuestionAsync("rival"));
        for (var i = 0; i < 2; i++)
        {
            using var added = await host.InSectionAsync(quiz, 1, $"add:{statement}");
            Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        }

        using var enemy = await host.InSectionAsync(quiz, 1, $"add:{rival}");
        using var draft = await host.InSectionAsync(quiz, 1, $"add:{await host.QuestionAsync("draft")}");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (enemy.StatusCode, draft.StatusCode));
        Assert.Contains("互斥", await host.Browser.ReadAsync(EditSection.PathOf(quiz, 1)), StringComparison.Ordinal);
        var item = Assert.Single(await host.ItemsAsync(quiz));
        Assert.Equal((statement, false, 1), (item.Question!.Id, item.IsDrawn, (await host.FindAsync(quiz)).Plan.Number));

        using var dropped = await host.InSectionAsync(quiz, 1, $"drop:{item.Id}");
        Assert.Empty(await host.ItemsAsync(quiz));
        Assert.Equal(0, (await host.FindAsync(quiz)).Plan.Number);
    }

    [Fact]
    public async Task What_a_person_picks_takes_the_place_of_what_was_drawn()
    {
        using var host = await QuizHost.ComeAsync(app, "replaces");
        var quiz = await host.MakeAsync("混合", "quiz");
        using var two = await host.SaveAsync(quiz, ("number1", "2"));
        var rival = await host.QuestionAsync("rival");
        using var added = await host.InSectionAsync(quiz, 1, $"add:{rival}");
        var items = await host.ItemsAsync(quiz);
        Assert.Equal((2, rival), (items.Count, Assert.Single(items, item => !item.IsDrawn).Question!.Id));
        Assert.DoesNotContain(items, item => item.Question!.Body.Stem == "判断题干。");

        var drawn = items.Single(item => item.IsDrawn);
        using var swapped = await host.InSectionAsync(quiz, 1, $"swap:{drawn.Id}");
        Assert.NotEqual(drawn.Question!.Id, (await host.ItemsAsync(quiz)).Single(item => item.IsDrawn).Question!.Id);

        using var moved = await host.InSectionAsync(quiz, 1, $"down:{(await host.ItemsAsync(quiz))[0].Id}");
        Assert.Equal(2, (await host.ItemsAsync(quiz)).Count);
    }

    [Fact]
    public async Task A_blueprint_is_drawn_by_and_asks_for_no_more_than_the_section_holds()
    {
        using var host = await QuizHost.ComeAsync(app, "blueprints");
        var quiz = await host.MakeAsync("蓝图", "quiz");
        using var three = await host.SaveAsync(quiz, ("number1", "3"));
        var path = EditSection.PathOf(quiz, 1);
        using var refused = await host.Browser.SubmitAsync(path, path + "/blueprint", ("easy", "4"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        using var drawn = await host.Browser.SubmitAsync(path, path + "/blueprint", ("easy", "2"), ("hard", "1"));
        Assert.Equal(HttpStatusCode.Redirect, drawn.StatusCode);
        Assert.Equal(new DifficultyMix(2, 0, 1), (await host.FindAsync(quiz)).Plan.Sections[0].Mix);
        // All of this bank are easy
        Assert.Contains("难度“难”少 1 题", WebUtility.HtmlDecode(await host.Browser.ReadAsync(path)), StringComparison.Ordinal);
        Assert.Equal(3, (await host.ItemsAsync(quiz)).Count);
    }

    [Fact]
    public async Task A_hosts_own_questions_are_in_no_bank_and_nobody_elses()
    {
        using var host = await QuizHost.ComeAsync(app, "writes");
        var quiz = await host.MakeAsync("自编", "empty");
        var item = await host.WriteOwnAsync(quiz, 1, "我们食堂在几楼？");
        var own = (await host.ItemsAsync(quiz)).Single(one => one.Id == item).Question!;
        Assert.True(own.IsOwn);
        var edit = OwnQuestion.PathOf(quiz, 1, own.Id);
        using var changed = await host.Browser.SubmitAsync(edit, edit, ("stem", "食堂在几楼？"), ("option0", "一"), ("option1", "二"), ("correct", "1"), ("difficulty", "2"));
        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        Assert.Equal(("食堂在几楼？", 2), ((await host.ItemsAsync(quiz))[0].Question!.Body.Stem, (await host.ItemsAsync(quiz))[0].Question!.Body.Difficulty));
        using var wrong = await host.Browser.SubmitAsync(edit, edit, ("stem", "没有对的？"), ("option0", "一"), ("option1", "二"), ("difficulty", "2"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);

        using var learner = app.Browser();
        foreach (var page in new[] { "/self-test", "/" }) Assert.DoesNotContain("食堂", await learner.ReadAsync(page), StringComparison.Ordinal);
        using var other = await QuizHost.ComeAsync(app, "others");
        foreach (var path in new[] { Quiz.PathOf(quiz), EditSection.PathOf(quiz, 1), edit })
        {
            using var foreign = await other.Browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        }

        Assert.DoesNotContain(quiz.ToString(), await other.Browser.ReadAsync("/quizzes"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Polls_and_slides_stand_in_a_mixed_section_only()
    {
        using var host = await QuizHost.ComeAsync(app, "extras");
        var quiz = await host.MakeAsync("投票", "empty");
        var path = EditSection.PathOf(quiz, 1) + "/extra";
        using var poll = await host.Browser.SubmitAsync(path + "?kind=poll", path, ("title", "午饭吃什么？"), ("option0", "面"), ("option2", "饭"));
        using var slide = await host.Browser.SubmitAsync(path + "?kind=slide", path, ("title", "休息"), ("text", "五分钟"));
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (poll.StatusCode, slide.StatusCode));
        var items = await host.ItemsAsync(quiz);
        Assert.Equal(["面", "饭"], Assert.IsType<Poll>(items[0].Extra).Options);
        Assert.Equal("五分钟", Assert.IsType<Slide>(items[1].Extra).Text);
        using var one = await host.Browser.SubmitAsync(path + "?kind=poll", path, ("title", "只有一个？"), ("option0", "面"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, one.StatusCode);
        var edit = Extras.PathOf(quiz, 1, items[1].Id);
        using var changed = await host.Browser.SubmitAsync(edit, edit, ("title", "休息"), ("text", "十分钟"));
        Assert.Equal("十分钟", Assert.IsType<Slide>((await host.ItemsAsync(quiz))[1].Extra).Text);
        var paper = await host.MakeAsync("无投票", "paper");
        using var refused = await host.Browser.GetAsync(EditSection.PathOf(paper, 1) + "/extra?kind=poll");
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task A_copy_is_the_same_and_a_variant_asks_something_else_where_the_bank_can()
    {
        using var host = await QuizHost.ComeAsync(app, "copies");
        var quiz = await host.MakeAsync("原卷", "quiz");
        using var three = await host.SaveAsync(quiz, ("number1", "3"));
        async Task<IReadOnlyList<long>> CopyAsync(params (string, string)[] fields)
        {
            using var copied = await host.Browser.SubmitAsync(Quiz.PathOf(quiz), Quiz.PathOf(quiz) + "/copy", fields);
            return [.. (await host.ItemsAsync(Guid.Parse(copied.Headers.Location!.ToString().Split('?')[0].Split('/')[^1]))).Select(item => item.Question!.Id)];
        }

        var asked = (await host.ItemsAsync(quiz)).Select(item => item.Question!.Id).ToList();
        Assert.Equal(asked, await CopyAsync());
        // Six may meet: three others are left
        Assert.Empty((await CopyAsync(("draw", "anew"))).Intersect(asked));
        using var deleted = await host.Browser.SubmitAsync(Quiz.PathOf(quiz), Quiz.PathOf(quiz) + "/delete");
        using var gone = await host.Browser.GetAsync(Quiz.PathOf(quiz));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task A_game_is_opened_from_a_quiz_with_what_can_be_played_live_in_its_order()
    {
        using var host = await QuizHost.ComeAsync(app, "opens-quiz");
        var quiz = await host.MakeAsync("开场", "empty");
        await host.WriteOwnAsync(quiz, 1, "自己的一题？");
        foreach (var slug in new[] { "q1", "q5", "q0" })
        {
            using var added = await host.InSectionAsync(quiz, 1, $"add:{await host.QuestionAsync(slug)}");
        }

        var extra = EditSection.PathOf(quiz, 1) + "/extra";
        using var slide = await host.Browser.SubmitAsync(extra + "?kind=slide", extra, ("title", "歇会儿"), ("text", ""));
        var game = Guid.CreateVersion7();
        using var opened = await host.Browser.SubmitAsync($"/host?quiz={quiz}", "/host", ("id", game.ToString()));
        Assert.Equal($"/host/{game}", opened.Headers.Location?.OriginalString);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            ["自己的一题？", "多选题干？", "单选题干？", "歇会儿"],
            await connection.QueryAsync<string>("select coalesce(v.body ->> 'stem', r.extra ->> 'title') from game_round r left join question_version v on v.id = r.question_version_id where r.game_id = @game order by r.round", new { game }));
        Assert.Equal((quiz, "开场"), await connection.QuerySingleAsync<(Guid, string)>("select quiz_id, title from game where id = @game", new { game }));

        var empty = await host.MakeAsync("空卷", "empty");
        using var nothing = await host.Browser.SubmitAsync($"/host?quiz={empty}", "/host");
        Assert.Contains("没有可用于比赛的题", await nothing.TextAsync(), StringComparison.Ordinal);
        using var other = await QuizHost.ComeAsync(app, "opens-others");
        using var foreign = await other.Browser.SubmitAsync("/host", "/host", ("quiz", quiz.ToString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, foreign.StatusCode);
    }

    [Fact]
    public async Task A_learner_is_shown_no_way_in()
    {
        using var learner = await app.SignedInAsync("only-learns", Roles.Learner);
        using var refused = await learner.GetAsync("/quizzes");
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
    }
}
