using StudyQuiz.Domain.Games;

namespace StudyQuiz.Domain.Tests.Games;

public sealed class RosterTests
{
    [Fact]
    public void A_pasted_list_is_read_however_its_parts_are_parted() => Assert.Equal(
        [new("王芳", "203", "二班"), new("李雷", "A-17", null), new("韩梅梅", null, "三班"), new("Ann Lee", "5", "Sales"), new("赵一", null, null)],
        Roster.Parse("王芳\t203\t二班\n\n李雷，A-17\r\n韩梅梅 三班\nAnn Lee, 5, Sales\n赵一").Entries);

    [Theory]
    [InlineData("王芳,1\n李雷,2,三班,多了", 2)]
    [InlineData("王芳,1\n\n王芳,1", 3)]
    [InlineData(",1", 1)]
    public void The_first_line_that_cannot_be_read_is_named(string text, int line) => Assert.Equal(line, Roster.Parse(text).BadLine);
}
