using StudyQuiz.Domain.Editing;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Tests.Editing;

public sealed class MergedQuestionTests
{
    private static readonly SingleChoice _found = new()
    {
        Stem = "题干",
        Explanation = "解析",
        Evidence = [new Evidence("P1", "甲"), new Evidence("P2", "乙")],
        Difficulty = 1,
        Options = [new Option("一", false, "因一"), new Option("二", true), new Option("三", false), new Option("四", false)],
    };

    [Fact]
    public void What_only_one_changed_or_both_alike_merges_by_itself()
    {
        var mine = _found with { Stem = "我的题干", Difficulty = 2, Options = Reworded(0, option => option with { Text = "一一" }) };
        var theirs = _found with { Explanation = "别人的解析", Difficulty = 2, Options = Reworded(0, option => option with { Why = "另因" }) };
        var merged = MergedQuestion.Of(_found, mine, theirs);
        Assert.False(merged.HasConflict);
        Assert.Equal(("我的题干", MergeState.Mine), (merged.Stem.Value, merged.Stem.State));
        Assert.Equal(("别人的解析", MergeState.Theirs), (merged.Explanation.Value, merged.Explanation.State));
        Assert.Equal(("2", MergeState.Alike), (merged.Difficulty.Value, merged.Difficulty.State));
        Assert.Equal(("一一", "另因"), (merged.Rows[0].First.Value, merged.Rows[0].Second.Value));
        Assert.Equal(("1", MergeState.Untouched), (merged.Key.Value, merged.Key.State));
    }

    [Fact]
    public void What_both_changed_otherwise_waits_for_a_person()
    {
        var merged = MergedQuestion.Of(_found, _found with { Options = Reworded(2, option => option with { Text = "三甲" }) }, _found with { Options = Reworded(2, option => option with { Text = "三乙" }) });
        Assert.Equal(new MergedField("三", "三甲", "三乙"), merged.Rows[2].First);
        Assert.Equal(MergeState.Conflict, Assert.Single(merged.Fields, field => field.State != MergeState.Untouched).State);
        // two keys that a person would have to choose between are not put together to two right options
        var keyed = MergedQuestion.Of(_found, Keyed(0), Keyed(3));
        Assert.Equal(new MergedField("1", "0", "3"), keyed.Key);
        Assert.Equal(MergeState.Conflict, keyed.Key.State);
    }

    [Fact]
    public void Options_are_followed_where_they_are_moved_taken_out_and_added()
    {
        var moved = _found with { Options = [_found.Options[3], .. _found.Options.Take(3)] };
        var changed = _found with { Options = [_found.Options[0], _found.Options[1] with { Text = "二新" }, _found.Options[3], new Option("五", false)] };
        foreach (var (mine, theirs) in new[] { (moved, changed), (changed, moved) })
        {
            var merged = MergedQuestion.Of(_found, mine, theirs);
            Assert.False(merged.HasConflict);
            Assert.Equal(["四", "一", "二新", "五"], merged.Rows.Select(row => row.First.Value));
            Assert.Equal("二新", merged.Rows[int.Parse(merged.Key.Value, System.Globalization.CultureInfo.InvariantCulture)].First.Value);
        }

        // what one takes out and the other rewords is not lost unseen
        var gone = MergedQuestion.Of(_found, _found with { Options = [.. _found.Options.Take(3)] }, _found with { Options = Reworded(3, option => option with { Text = "四新" }) });
        Assert.Equal(new MergedField("四", "", "四新"), gone.Rows[3].First);
    }

    [Fact]
    public void Quotes_of_both_are_kept_and_taken_out_by_either()
    {
        var mine = _found with { Evidence = [_found.Evidence[1], new Evidence("P3", "丙")] };
        var theirs = _found with { Evidence = [.. _found.Evidence, new Evidence("P4", "丁")] };
        var merged = MergedQuestion.Of(_found, mine, theirs);
        Assert.Equal(["乙", "丁", "丙"], merged.Evidence.Select(quote => quote.Quote));
        Assert.Equal(MergeState.Alike, merged.EvidenceState);
    }

    [Fact]
    public void Pairs_and_answers_merge_too()
    {
        var pairs = new Matching { Stem = "配", Explanation = "", Evidence = [], Difficulty = 1, Pairs = [new MatchPair("甲", "一"), new MatchPair("乙", "二")] };
        var merged = MergedQuestion.Of(pairs, pairs with { Pairs = [new MatchPair("甲", "壹"), pairs.Pairs[1]] }, pairs with { Pairs = [.. pairs.Pairs, new MatchPair("丙", "三")] });
        Assert.False(merged.HasConflict);
        Assert.Equal(["甲壹", "乙二", "丙三"], merged.Rows.Select(row => row.First.Value + row.Second.Value));
        var cloze = new Cloze { Stem = "＿＿＿", Explanation = "", Evidence = [], Difficulty = 1, Accepted = ["答"] };
        var typed = MergedQuestion.Of(cloze, cloze with { Accepted = ["答", "复"] }, cloze with { AnyOrder = true });
        Assert.Equal(("答\n复", "true"), (typed.Answer.Value, typed.AnyOrder.Value));
    }

    private static SingleChoice Keyed(int right) => _found with { Options = [.. _found.Options.Select((option, at) => option with { Correct = at == right })] };

    private static IReadOnlyList<Option> Reworded(int at, Func<Option, Option> change) => [.. _found.Options.Select((option, i) => i == at ? change(option) : option)];
}
