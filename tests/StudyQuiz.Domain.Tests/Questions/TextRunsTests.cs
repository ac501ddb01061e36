using CsCheck;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Tests.Questions;

public sealed class TextRunsTests
{
    [Fact]
    public void Overlapping_and_nested_ranges_are_cut_where_they_begin_and_end()
    {
        var runs = TextRuns.Cut("0123456789", [new(2, 6), new(4, 8), new(4, 5)]);
        Assert.Equal(["01", "23", "4", "5", "67", "89"], runs.Select(run => run.Text));
        Assert.Equal([[], [0], [0, 1, 2], [0, 1], [1], []], runs.Select(run => run.Ranges));
    }

    [Fact]
    public void Text_without_ranges_is_one_run() => Assert.Equal("abc", Assert.Single(TextRuns.Cut("abc", [])).Text);

    [Fact]
    public void An_empty_text_has_no_runs() => Assert.Empty(TextRuns.Cut("", [new(0, 0), new(0, 3)]));

    [Fact]
    public void Runs_are_the_text_and_each_range_is_covered_exactly() =>
        Gen.Select(Gen.Int[0, 30], Gen.Select(Gen.Int[-3, 33], Gen.Int[-3, 33]).Array[0, 8]).Sample((length, ends) =>
        {
            var text = new string([.. Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26)))]);
            var ranges = ends.Select(e => new TextRange(Math.Min(e.Item1, e.Item2), Math.Max(e.Item1, e.Item2))).ToList();
            var runs = TextRuns.Cut(text, ranges);

            Assert.Equal(text, string.Concat(runs.Select(run => run.Text)));
            Assert.All(runs, run => Assert.Equal(run.Text, text.Substring(run.Start, run.Text.Length)));
            Assert.DoesNotContain("", runs.Select(run => run.Text));
            for (var i = 0; i < ranges.Count; i++)
            {
                var (start, end) = (Math.Clamp(ranges[i].Start, 0, length), Math.Clamp(ranges[i].End, 0, length));
                Assert.Equal(text[start..end], string.Concat(runs.Where(run => run.Ranges.Contains(i)).Select(run => run.Text)));
            }
        });
}
