using StudyQuiz.Domain.People;

namespace StudyQuiz.Domain.Tests.People;

public sealed class RosterPlanTests
{
    private static readonly Guid _top = new("00000000-0000-0000-0000-000000000001");
    private static readonly Guid _one = new("00000000-0000-0000-0000-000000000002");
    private static readonly Guid _two = new("00000000-0000-0000-0000-000000000003");
    private static readonly IReadOnlyList<KnownGroup> _groups = [new(_top, null, "秋季班"), new(_one, _top, "一班"), new(_two, _top, "二班")];

    [Fact]
    public void Lines_are_read_with_their_numbers_and_each_fault_is_named()
    {
        var lines = RosterLines.Read("姓名\t学号\t班级\n\n王芳\t203\t二班\n李雷，204，三班\n韩梅梅\t\t二班\n林涛\t0205\n\t9\t二班\n王芳\t203\t一班\na\tb\tc\td\n" + new string('长', 21) + "\n=HYPERLINK(1)\t7\n吴敏\t206\t初一/三班\n");
        Assert.Equal(
            [
                (3, "王芳", "203", "二班", null), (4, "李雷", "204", "三班", null), (5, "韩梅梅", null, "二班", null), (6, "林涛", "0205", "", null), (7, "\u2026", null, "", LineRefusal.NoName),
                (8, "王芳", "203", "一班", LineRefusal.Twice), (9, "a", null, "", LineRefusal.ManyParts), (10, new string('长', 21), null, "", LineRefusal.Unfit), (11, "=HYPERLINK(1)", null, "", LineRefusal.Unfit), (12, "吴敏", "206", "初一/三班", null),
            ],
            lines.Select(line => (line.Number, line.Name.Length == 0 ? "\u2026" : line.Name, line.Code, line.Unit, line.Refusal)));
    }

    [Theory]
    [InlineData("韩梅梅 二班", null, "二班")]
    [InlineData("韩梅梅 0205", "0205", "")]
    [InlineData("韩梅梅，初三2班", null, "初三2班")]
    [InlineData("韩梅梅;0205;一班", "0205", "一班")]
    [InlineData("二班,韩梅梅", null, "韩梅梅")]
    public void Without_headers_a_part_with_digits_is_the_number(string text, string? code, string unit)
    {
        var line = Assert.Single(RosterLines.Read(text));
        Assert.Equal((code, unit, null), (line.Code, line.Unit, line.Refusal));
    }

    [Theory]
    [InlineData("七年级花名册\n序号\t姓名\t性别\t学号\t年级\t班级\n1\t甲一\t男\t0401\t七年级\t一班", "甲一", "0401", "七年级/一班")]
    [InlineData("姓 名（必填）\t学号\t单位\t部门\n王 芳\t7\t一中\t教务处\n姓 名（必填）\t学号\t单位\t部门", "王芳", "7", "一中/教务处")]
    [InlineData("姓名,年级,班级\n甲,七年级,七年级/一班", "甲", null, "七年级/一班")]
    [InlineData("3、庚三", "庚三", null, "")]
    [InlineData("0030 孙 八 二班", "孙八", "0030", "二班")]
    [InlineData("王芳，二班，203", "王芳", "203", "二班")]
    [InlineData("0401\t己一\t一班", "己一", "0401", "一班")]
    [InlineData("1. 庚一 0402", "庚一", "0402", "")]
    public void Lists_as_schools_have_them(string text, string name, string? code, string unit)
    {
        var line = Assert.Single(RosterLines.Read(text));
        Assert.Equal((name, code, unit, null), (line.Name, line.Code, line.Unit, line.Refusal));
    }

    [Fact]
    public void What_would_be_somebody_else_is_refused()
    {
        var lines = RosterLines.Read("名册\n前人\t1\n姓名\t学号\n甲\t2.02301E+11\n乙\t202301010101.0");
        Assert.Equal([(2, LineRefusal.AboveHeaders), (4, LineRefusal.DamagedNumber), (5, LineRefusal.DamagedNumber)], lines.Select(line => (line.Number, line.Refusal!.Value)));
        Assert.Equal([LineRefusal.ManyParts, LineRefusal.NoName], RosterLines.Read("辛一、辛二、辛三\n0031").Select(line => line.Refusal!.Value));
    }

    [Fact]
    public void Headers_in_any_order_say_what_stands_where()
    {
        var line = Assert.Single(RosterLines.Read("班级,学号,姓名\n一班,12,王芳"));
        Assert.Equal((2, "王芳", "12", "一班"), (line.Number, line.Name, line.Code, line.Unit));
    }

    [Fact]
    public void A_list_says_who_is_new_who_moves_and_who_stays_and_given_again_changes_nothing()
    {
        Guid[] ids = [.. Enumerable.Range(10, 4).Select(n => new Guid(n, 0, 0, new byte[8]))];
        KnownMember[] known = [new(ids[0], _one, "王芳", "203"), new(ids[1], _two, "李雷", null), new(ids[2], _two, "青石", "205"), new(ids[3], _one, "同名", null)];
        var lines = RosterLines.Read("王芳\t203\t二班\n李雷\t204\t二班\n何处\t205\t二班\n白露\t213\n竹里\t214\t三班\n王芳\t220\t一班\n青石\t205\n同名\t\t一班");
        var plan = RosterPlan.Of(lines, _top, _groups, known);
        Assert.Equal(
            [LineFate.Moved, LineFate.Numbered, LineFate.Refused, LineFate.New, LineFate.New, LineFate.New, LineFate.Refused, LineFate.Unchanged], plan.Select(line => line.Fate));
        Assert.Equal((LineRefusal.NumberTaken, "青石"), (plan[2].Refusal, plan[2].Other));
        Assert.Equal(LineRefusal.Twice, plan[6].Refusal);
        Assert.Equal([_two, _two, null, _top, null, _one], plan.Take(6).Select(line => line.Group));

        var three = Guid.NewGuid();
        var after = plan.Select(line => line.Fate switch
        {
            LineFate.New => new KnownMember(Guid.NewGuid(), line.Group ?? three, line.Line.Name, line.Line.Code),
            LineFate.Moved or LineFate.Numbered => new KnownMember(line.Member!.Value, line.Group!.Value, line.Line.Name, line.Line.Code),
            _ => null,
        }).OfType<KnownMember>().ToList();
        var again = RosterPlan.Of(lines, _top, [.. _groups, new KnownGroup(three, _top, "三班")], [.. known.Where(one => after.All(other => other.Id != one.Id)), .. after]);
        Assert.All(again, line => Assert.True(line.Fate is LineFate.Unchanged or LineFate.Refused, $"{line.Line.Number} {line.Fate}"));
        // For the class itself its own name is no group below it
        Assert.Equal((LineFate.Unchanged, _two), (RosterPlan.Of(RosterLines.Read("青石\t205\t二班"), _two, _groups, known)[0].Fate, RosterPlan.Of(RosterLines.Read("新\t1\t二班"), _two, _groups, known)[0].Group));
        // What tells the tree above too is known, and a stroke in a group's name parts nothing
        Assert.Equal([_two, _two], RosterPlan.Of(RosterLines.Read("甲\t1\t秋季班/二班\n王 明\t\t"), _two, _groups, []).Select(line => line.Group));
        Assert.Equal(_one, RosterPlan.Of(RosterLines.Read("甲\t1\t初三/2班"), _top, [_groups[0], new(_one, _top, "初三/2班")], [])[0].Group);
        Assert.Equal(LineRefusal.Deep, RosterPlan.Of(RosterLines.Read("深\t1\ta/b/c/d/e/f"), _top, _groups, known)[0].Refusal);
    }
}
