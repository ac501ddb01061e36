using StudyQuiz.Generation.Normalizing;
using StudyQuiz.Generation.Structuring;
using StudyQuiz.Generation.Tests.Normalizing;

namespace StudyQuiz.Generation.Tests.Structuring;

public sealed class StructureTests
{
    public static TheoryData<string> Names => [.. SampleText.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_text_has_the_structure_that_was_written_by_hand(string name)
    {
        var expected = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Texts", name + ".tree.txt")).ReplaceLineEndings("\n").Trim();
        Assert.Equal(expected, Tree(Normalizer.Clean(SampleText.Raw(name)).Paragraphs));
    }

    [Theory]
    [InlineData("The garden has four rules: (1) water at dusk, (2) rake the paths, (3) lock the shed, and (4) share the figs. Then it rained.", "water at dusk|rake the paths|lock the shed|share the figs")]
    [InlineData("The garden has three rules: (1) water at dusk; (2) rake the paths; and (3) lock the shed. Then it rained.", "water at dusk|rake the paths|lock the shed")]
    [InlineData("The garden has two rules: (1) water at dusk and (2) rake the paths. Then it rained.", "water at dusk|rake the paths")]
    [InlineData("花园有三条规矩：（1）傍晚浇水、（2）清扫小路和（3）锁好工棚。后来下雨了。", "傍晚浇水|清扫小路|锁好工棚")]
    public void The_last_point_may_stand_after_and(string raw, string headings)
    {
        var (series, at) = Read(raw);
        Assert.Equal(headings.Split('|'), Assert.Single(series).Points.Select(point => at(point.Heading)));
        Assert.True(series[0].Closed);
        Assert.DoesNotContain(series[0].Points.SelectMany(point => point.Body), place => at(place).Trim() is "and" or "和");
    }

    [Fact]
    public void Numbers_that_only_refer_to_points_are_none()
    {
        var (series, at) = Read("The garden has two rules: (1) water at dusk; (2) rake the paths as (1) and (2) and (3) of the book say. Then it rained.");
        Assert.Equal(["water at dusk", "rake the paths as (1) and (2) and (3) of the book say"], Assert.Single(series).Points.Select(point => at(point.Heading)));
    }

    [Theory]
    [InlineData("The garden has four rules: (1) water at dusk; (2) rake the paths; (3) lock the shed. Then it rained.", false)]
    [InlineData("The garden has four rules. First, water at dusk. Second, rake the paths. Finally, lock the shed.", false)]
    [InlineData("花园有四条规矩：一是傍晚浇水；二是清扫小路；三是锁好工棚。后来下雨了。", false)]
    [InlineData("花园有四条规矩。首先，傍晚浇水。其次，清扫小路。最后，锁好工棚。", false)]
    [InlineData("花园立下四条规矩。\n一、傍晚浇水。水要浇透。\n二、清扫小路。\n三、锁好工棚。\n后来，雨下了一夜，花都开了。", false)]
    [InlineData("三个月来，花园立了规矩：一是傍晚浇水；二是清扫小路。后来下雨了。", true)]
    [InlineData("For three years the garden had rules: (1) water at dusk; (2) rake the paths. Then it rained.", true)]
    public void A_series_of_another_length_than_announced_is_open(string raw, bool closed) => Assert.Equal(closed, Assert.Single(Read(raw).Series).Closed);

    [Theory]
    [InlineData("园长指出，要照看好花园。一、傍晚浇水。水要浇透。二、清扫小路。落叶收进堆肥箱。三、锁好工棚。钥匙挂在门后。", "会议强调，花园是大家的。每家都来出力。")]
    [InlineData("园长指出，要照看好花园。一、傍晚浇水。水要浇透。二、清扫小路。落叶收进堆肥箱。三、锁好工棚。钥匙挂在门后。", "他最后要求各家都来出力。")]
    [InlineData("园长指出，要照看好花园。一、傍晚浇水。水要浇透。二、清扫小路。落叶收进堆肥箱。三、锁好工棚。钥匙挂在门后。", "最后，各家都来出力。")]
    [InlineData("园长指出，要照看好花园。第一，傍晚浇水。水要浇透。第二，清扫小路。落叶收进堆肥箱。第三，锁好工棚。钥匙挂在门后。", "谢谢大家！")]
    [InlineData("园长指出，要照看好花园。\n一、傍晚浇水\n水要浇透，每天一次。\n二、清扫小路\n落叶收进堆肥箱，每周一次。\n三、锁好工棚\n钥匙挂在门后，谁用谁登记。", "\n谢谢大家！")]
    [InlineData("园长指出，要照看好花园。\n一、傍晚浇水\n水要浇透，每天一次。\n二、清扫小路\n落叶收进堆肥箱，每周一次。\n三、锁好工棚\n钥匙挂在门后，谁用谁登记。", "\n同志们，花园是大家的。每家都来出力。")]
    [InlineData("园长指出，要照看好花园。首先，傍晚浇水。水要浇透。其次，清扫小路。落叶收进堆肥箱。最后，锁好工棚。钥匙挂在门后。", "需要说明的是，花园是大家的。")]
    [InlineData("园长指出，要照看好花园。首先，傍晚浇水。水要浇透。其次，清扫小路。落叶收进堆肥箱。最后，锁好工棚。钥匙挂在门后。", "此外，花园还收了六百斤杏子。")]
    [InlineData("园长指出，要照看好花园。\n一、傍晚浇水\n水要浇透，每天一次。\n二、清扫小路\n落叶收进堆肥箱，每周一次。\n三、锁好工棚\n钥匙挂在门后，谁用谁登记。", "\n会议还研究了果园的事。每家都来出力。")]
    [InlineData("The garden must be kept. First, water at dusk. Use the can. Second, rake the paths. Use the rake. Third, lock the shed. Use the key.", " Thank you.")]
    public void The_last_point_ends_where_the_speaker_turns_to_the_whole(string points, string rest)
    {
        var (series, at) = Read(points + rest);
        Assert.Equal(3, Assert.Single(series).Points.Count);
        var all = string.Concat(series[0].Points[^1].Body.Select(at));
        Assert.NotEmpty(all);
        Assert.DoesNotContain(rest.Trim()[..5], all, StringComparison.Ordinal);
    }

    [Fact]
    public void A_point_keeps_what_people_in_it_say_where_the_other_points_tell_so_too()
    {
        var (series, at) = Read("要照看好花园。一、傍晚浇水。园长强调，水要浇透。二、清扫小路。园长强调，落叶要收好。三、锁好工棚。园长强调，钥匙要挂好。有的人说，锁不锁都一样。");
        Assert.EndsWith("锁不锁都一样。", string.Concat(Assert.Single(series).Points[^1].Body.Select(at)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_numbered_after_such_a_turn_is_a_series_of_its_own()
    {
        var (series, at) = Read("要照看好花园。一、傍晚浇水。水要浇透。二、清扫小路。落叶收好。会议强调，要管好工棚。一是锁好门，二是挂好钥匙。");
        Assert.Equal(["傍晚浇水|清扫小路", "锁好门|挂好钥匙"], series.Select(one => string.Join('|', one.Points.Select(point => at(point.Heading)))));
        Assert.All(series[0].Points, point => Assert.Empty(point.Inner));
    }

    [Theory]
    [InlineData("去年花园收了六百斤杏子，其中一半送给了邻居。", "")]
    [InlineData("各位街坊：", "")]
    [InlineData("去年花园收了六百斤杏子。今年有三件事。", "今年有三件事。")]
    [InlineData("去年花园收了六百斤杏子。今年这样安排：", "今年这样安排：")]
    [InlineData("去年花园收了六百斤杏子。今年的安排如下。", "今年的安排如下。")]
    [InlineData("去年花园收了六百斤杏子。今年要照看得更好。", "今年要照看得更好。")]
    public void Headings_hang_under_a_sentence_only_when_it_announces_them(string before, string lead)
    {
        var (series, at) = Read($"今天说一说花园，请大家听一听。\n{before}\n（一）傍晚浇水\n水浇透，每天一次。\n（二）清扫小路\n落叶收进堆肥箱，每周一次。\n（三）锁好工棚\n钥匙挂在门后，谁用谁登记。");
        Assert.Equal(lead, Assert.Single(series).Lead is { } place ? at(place) : "");
    }

    [Fact]
    public void What_a_meeting_brings_up_after_the_last_heading_is_a_series_of_its_own()
    {
        var (series, at) = Read("花园要做好以下工作：\n（一）傍晚浇水。水要浇透，每天一次。\n（二）清扫小路。落叶收进堆肥箱，每周一次。\n会议提出：一是锁好门，钥匙挂在门后；二是管好灯，天黑以前点亮。");
        Assert.Equal(["傍晚浇水|清扫小路", "锁好门|管好灯"], series.Select(one => string.Join('|', one.Points.Select(point => at(point.Heading)))));
        Assert.All(series[0].Points, point => Assert.Empty(point.Inner));
    }

    [Fact]
    public void Rules_in_one_line_are_parted_into_chapters_and_articles()
    {
        const string raw = "花园管理办法第一章总则第一条为了照看好花园，制定本办法。第二条花园由街坊共同照看，不得按照第一条以外的理由拆除。第二章照看第三条傍晚浇水。水要浇透。第四条清扫小路。落叶收进堆肥箱。第三章附则第五条本办法自五月一日起施行。";
        var clean = Normalizer.Clean(raw);
        Assert.Equal(["花园管理办法", "第一章总则", "第二章照看", "第三章附则"], clean.Paragraphs.Where(paragraph => paragraph.IsHeading).Select(paragraph => paragraph.Text));
        Assert.Equal(raw, string.Concat(clean.Paragraphs.Select(paragraph => paragraph.Text)));
        Assert.Equal("""
            - series Chapter open lead="花园管理办法"
              1 总则
                - series Article closed lead="第一章总则"
                  1 为了照看好花园，制定本办法
                  2 花园由街坊共同照看
              2 照看
                - series Article closed lead="第二章照看"
                  3 傍晚浇水
                  4 清扫小路
              3 附则
            """.ReplaceLineEndings("\n"), Tree(clean.Paragraphs));
    }

    [Fact]
    public void English_headings_that_run_into_their_sentences_are_parted()
    {
        var clean = Normalizer.Clean("The harbour rules\n\n1. Keep the lamp litThe keeper lights the lamp at dusk and puts it out at dawn.\n2. Keep the pier clearNobody may leave a boat on YouTube Pier overnight.");
        Assert.Equal(["1. Keep the lamp lit", "2. Keep the pier clear"], clean.Paragraphs.Where(paragraph => paragraph.IsHeading).Select(paragraph => paragraph.Text));
        Assert.Equal(2, clean.Repairs.Count(repair => repair.Kind == RepairKind.PartedHeading));
        Assert.DoesNotContain(Normalizer.Clean("The harbour rules\n\n1. Watch the film on YouTube first of all.\n2. Keep the pier clear at night.").Paragraphs, paragraph => paragraph.IsHeading);
    }

    [Theory]
    [InlineData("为了照看好花园，让花开得久，现就浇水的事作如下安排：\n一、傍晚浇水。水要浇透。\n二、清晨松土。土要松软。", "现就浇水的事作如下安排")]
    [InlineData("花园的花开了，要做好以下工作：\n一、傍晚浇水。水要浇透。\n二、清晨松土。土要松软。", "要做好以下工作")]
    public void A_series_goes_by_the_matter_that_its_lead_names(string raw, string topic)
    {
        var clean = Normalizer.Clean(raw);
        var text = new SourceText(clean, StructureReader.Read(clean.Paragraphs));
        Assert.Equal(topic, text.At(Headline.OfLead(text, Assert.Single(text.Structure.Series).Lead!)));
    }

    [Fact]
    public void A_heading_ends_at_its_first_comma()
    {
        var (series, at) = Read("给大家提两条要求：一是每天锻炼一小时，没有好的身体，什么都是空谈；二是每年读书四十本，没有书读，日子就长了。");
        Assert.Equal(["每天锻炼一小时", "每年读书四十本"], Assert.Single(series).Points.Select(point => at(point.Heading)));
    }

    [Fact]
    public void Finally_within_a_closing_paragraph_is_no_further_point()
    {
        var (series, at) = Read("""
            Tonight I want to speak about our harbour, and I have three points to make.

            First, the harbour must stay clean. Nobody may wash a boat with soap inside the pier.

            Second, the harbour must stay open. The lock is worked from five in the morning until midnight.

            Third, the harbour must stay ours. Two companies asked to buy the pier last year, and we refused.

            A town that sells its water sells its children. We ask for one vote in June. Finally, I want to thank the pilots who came tonight.
            """);
        var only = Assert.Single(series);
        Assert.Equal((3, true), (only.Points.Count, only.Closed));
        Assert.All(only.Points, point => Assert.DoesNotContain(point.Body, place => at(place).Contains("vote", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("我讲三点。\n第一点，查对制度是底线。给药以前两人查对。\n第二点，交接制度是关口。交接要在床旁。\n第三点，报告制度是保护。报告的人不受罚。", "查对制度是底线|交接制度是关口|报告制度是保护")]
    [InlineData("想推行午睡，有三句话。第一句话，先量教室再买椅子；第二句话，先问老师再排值班；第三句话，先试一个年级再铺开。", "先量教室再买椅子|先问老师再排值班|先试一个年级再铺开")]
    [InlineData("杏树有三种好处。第一种好处是遮阴，夏天凉快。第二种好处是结果，秋天热闹。第三种好处是挡风。", "遮阴|结果|挡风")]
    [InlineData("修渠分三步。第一步，量地。第二步，挖沟。第三步，引水。", "量地|挖沟|引水")]
    [InlineData("园子靠三样。首先是水源，井要挖深。其次是肥料，堆肥要足。最后是人手，天天有人。", "水源|肥料|人手")]
    [InlineData("种杏一般分四步。先选苗，把弯的挑出来；再挖坑，坑要一尺深；然后浇水，水要浇透；最后培土，土要踩实。", "选苗|挖坑|浇水|培土")]
    [InlineData("修钟有三步。一是拆机芯，摆放整齐；二是校准走时，至少看七天；三是擦净表盘，装回原处。", "拆机芯|校准走时|擦净表盘")]
    [InlineData("老园长说，先要选苗，弯的不要；再要挖坑，坑要一尺深；接着是浇水，水要浇透。", "选苗|挖坑|浇水")]
    [InlineData("店里有两条规矩。第一条是秤要足。第二条是尺要满。后来规矩写在墙上。", "秤要足|尺要满")]
    public void First_point_and_first_sentence_number_points_too(string raw, string headings)
    {
        var (series, at) = Read(raw);
        Assert.Equal(headings.Split('|'), Assert.Single(series).Points.Select(point => at(point.Heading)));
    }

    [Theory]
    [InlineData("第一句话还没有说完，第二句话又来了，第三句话谁也没有听清。")]
    [InlineData("第一项工程去年完工，第二项工程今年开工。")]
    [InlineData("先浇水，再培土，花就活了。")]
    [InlineData("先浇水，傍晚收工。再培土，第二天干。然后，雨下了一夜。最后，花都开了。")]
    [InlineData("先生来了，再见面时，花已经开了；再三看过，都说好；然后散了。")]
    [InlineData("第一个孩子是女儿，第二个孩子是儿子。")]
    public void First_of_something_numbers_no_point(string raw) => Assert.Empty(Read(raw).Series);

    [Fact]
    public void Points_on_one_line_lie_inside_the_last_section()
    {
        var (series, at) = Read("一、看清眼前难处\n山里的路还不通，出门要走两天。\n二、抓好今年几件事\n一是修好桥。桥面要加宽一半。二是通好水。水管要埋到各家。三是点好灯。路灯要亮到天明。\n乡亲们，路要一步一步走。");
        var inner = Assert.Single(Assert.Single(series).Points[1].Inner);
        Assert.Equal(["修好桥", "通好水", "点好灯"], inner.Points.Select(point => at(point.Heading)));
    }

    [Fact]
    public void A_condition_is_named_with_what_holds_under_it()
    {
        var (series, at) = Read("第一条　借书的人应当登记。\n第二条　借书逾期不还的，停借一个月，还书后恢复。\n第三条　弄丢图书的，由借书人照价赔偿。");
        Assert.Equal(["借书的人应当登记", "借书逾期不还的，停借一个月", "弄丢图书的，由借书人照价赔偿"], Assert.Single(series).Points.Select(point => at(point.Heading)));
    }

    private static (IReadOnlyList<Series> Series, Func<Place, string> At) Read(string raw)
    {
        var paragraphs = Normalizer.Clean(raw).Paragraphs;
        return (StructureReader.Read(paragraphs).Series, place => paragraphs[place.Paragraph].Text[place.Start..place.End]);
    }

    /// <summary>The tree as the files of the folder Texts write it.</summary>
    public static string Tree(IReadOnlyList<CleanParagraph> paragraphs)
    {
        var lines = new List<string>();
        foreach (var series in StructureReader.Read(paragraphs).Series) Write(series, "");
        return string.Join('\n', lines);

        void Write(Series series, string indent)
        {
            lines.Add($"{indent}- series {series.Style} {(series.Closed ? "closed" : "open")} lead=\"{(series.Lead is null ? "" : At(series.Lead))}\"");
            foreach (var point in series.Points)
            {
                lines.Add($"{indent}  {point.Number} {At(point.Heading)}");
                foreach (var inner in point.Inner) Write(inner, indent + "    ");
            }
        }

        string At(Place place) => paragraphs[place.Paragraph].Text[place.Start..place.End];
    }
}
