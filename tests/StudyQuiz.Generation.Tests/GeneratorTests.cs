using CsCheck;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Normalizing;
using StudyQuiz.Generation.Tests.Normalizing;

namespace StudyQuiz.Generation.Tests;

public sealed class GeneratorTests
{
    private static readonly string FirstSource =
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "questions", "sources", "yangtze-delta-symposium-2020.txt"));

    public static TheoryData<string> Names => [.. SampleText.Names];

    [Fact]
    public void The_first_source_gives_a_whole_bank()
    {
        var (bank, report) = Generate(FirstSource);
        Assert.Equal(10, bank.Paragraphs.Count);
        Assert.Empty(BankGates.Check(bank));
        Assert.Empty(report.Open);
        Assert.InRange(bank.Questions.Count, 22, 140);
        Assert.All(QuestionTypes.All, type => Assert.Contains(bank.Questions, question => QuestionTypes.Of(question.Body) == type));
        Assert.All(report.Coverage.Where(point => point.Weight == 3), point => Assert.True(point.Questions > 0, point.Heading));
        var second = report.Coverage.Where(point => point.Weight == 2).ToList();
        Assert.True(second.Count(point => point.Questions > 0) >= 0.6 * second.Count);
        Assert.True(report.Series.Single(line => line.Text.Contains("两个关键词", StringComparison.Ordinal)).IsOpen);
        Assert.Equal(2, report.Series.Count(line => line.Number == 0 && !line.IsOpen));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_text_of_any_kind_gives_drafts_that_pass_all_gates(string name)
    {
        var (bank, report) = Generate(SampleText.Raw(name));
        Assert.True(bank.Questions.Count >= 7, $"only {bank.Questions.Count}");
        Assert.Empty(BankGates.Check(bank));
        Assert.All(bank.Questions, question => Assert.Equal((QuestionOrigin.Generated, QuestionStatus.Draft), (question.Origin, question.Status)));
        Assert.Equal(bank.Questions.Count, report.Types.Sum(type => type.Chosen));
    }

    // where nearly every sentence is a key point of its own, each gets its one question in whatever way it can be asked
    public static TheoryData<string> Texts => [FirstSource, .. SampleText.Names.Where(name => name is not ("county-figures" or "phone-rules")).Select(SampleText.Raw)];

    [Theory]
    [MemberData(nameof(Texts))]
    public void No_way_of_asking_fills_a_bank(string raw)
    {
        var drafted = Generator.Draft(Normalizer.Clean(raw), Settings());
        var chosen = Generator.Choose(drafted, proposals: null).Bank.Questions.ToDictionary(question => question.Id, question => question.KeyPoint, StringComparer.Ordinal);
        // the only question on a key point is asked in whatever way it can be
        var alone = chosen.GroupBy(question => question.Value, StringComparer.Ordinal).Where(point => point.Count() == 1).Select(point => point.Single().Key).ToHashSet(StringComparer.Ordinal);
        foreach (var type in drafted.Candidates.GroupBy(candidate => candidate.Type, StringComparer.Ordinal).Where(type => type.DistinctBy(candidate => candidate.Form).Count() > 1))
        {
            var forms = type.Where(candidate => chosen.ContainsKey(candidate.Question.Id)).GroupBy(candidate => candidate.Form, StringComparer.Ordinal)
                .Select(form => (Count: form.Count(), Alone: form.Count(candidate => alone.Contains(candidate.Question.Id)))).OrderByDescending(form => form.Count).ToList();
            var next = forms.Skip(1).FirstOrDefault().Count;
            Assert.True(forms.Count == 0 || forms[0].Count - forms[0].Alone <= Math.Max(2, Math.Max(next + 1, Math.Ceiling(chosen.Count / 4.0))), $"{type.Key}: {string.Join(", ", forms)}");
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_stem_is_asked_once_whatever_the_type(string raw)
    {
        var stems = Generate(raw).Bank.Questions.Select(question => question.Body.Stem).ToList();
        Assert.Equal(stems.Distinct(StringComparer.Ordinal), stems);
    }

    [Fact]
    public void A_fact_that_only_two_questions_of_one_stem_are_on_gets_one_of_them()
    {
        var bank = Generate("馆长说，读书会办了三年，街坊从五个人来到了五十个人。志愿者从窗口搬来旧书架，靠着北墙摆成了一排。孩子们放学以后坐在台阶上，等着老人讲从前的故事。").Bank;
        Assert.Contains(bank.Questions, question => question.Body.Stem.Contains("原文紧接着写的是什么", StringComparison.Ordinal));
        Assert.Equal(bank.Questions.Count, bank.Questions.DistinctBy(question => question.Body.Stem).Count());
    }

    [Fact]
    public void The_same_text_and_seed_give_the_same_bytes_and_another_seed_others()
    {
        var first = BankFile.Write(Generate(FirstSource, seed: 7).Bank);
        Assert.Equal(first, BankFile.Write(Generate(FirstSource, seed: 7).Bank));
        var other = Generate(FirstSource, seed: 8).Bank;
        Assert.NotEqual(first, BankFile.Write(other));
        Assert.Empty(BankGates.Check(other));
    }

    [Fact]
    public void A_question_keeps_its_id_when_the_text_around_it_grows()
    {
        static HashSet<string> Ids(string raw) => Generator.Draft(Normalizer.Clean(raw), Settings()).Candidates.Select(draft => draft.Question.Id).ToHashSet(StringComparer.Ordinal);
        // all that was drafted before is drafted again; which of it is chosen follows from how much there is
        var grown = Ids(FirstSource + "\n会场外，一只白鹭飞过湖面，落在芦苇丛里。\n");
        Assert.All(Ids(FirstSource), id => Assert.Contains(id, grown));
    }

    [Fact]
    public void Nothing_is_asked_about_a_broken_clause_or_about_members_that_the_text_does_not_name()
    {
        var (bank, _) = Generate(FirstSource);
        Assert.All(bank.Questions, question => Assert.DoesNotContain("加大对推进重大项目建设", BankFile.Write(bank with { Questions = [question], Paragraphs = [], KeyPoints = [] }), StringComparison.Ordinal));
        // the text names these and never says what they are made of
        Assert.DoesNotContain(bank.Questions, question => question.Body is Flashcard card && card.Stem.Contains("“六稳”", StringComparison.Ordinal) && card.Back.Contains('、'));
    }

    [Fact]
    public void A_text_without_any_numbering_is_read_sentence_by_sentence()
    {
        const string Text = """
            春天到了，图书馆的院子里开满了海棠花，读者坐在树下看书，馆员把新书推到窗前。
            今年馆里要添置童书、画册、地图、词典等新书，让每个孩子都能借到喜欢的读物。
            馆长把阅览室作为最安静的房间，请大家进门以前关上手机，出门的时候带走纸屑。
            志愿者不仅要整理书架，更要给低年级的孩子讲故事。全年一共要办48场故事会，每场不超过30人。
            """;
        var (bank, report) = Generate(Text);
        Assert.Empty(report.Series);
        Assert.True(bank.Questions.Count >= 6, $"only {bank.Questions.Count}");
        Assert.Empty(BankGates.CheckForImport(bank));
    }

    [Fact]
    public void Greetings_and_thanks_are_no_key_points()
    {
        var (bank, _) = Generate("各位街坊：\n今天说一说花园里的三件事。\n（一）傍晚浇水\n水要浇透浇匀，每天浇一次。\n（二）清扫小路\n落叶收进堆肥箱，每周扫一次。\n（三）锁好工棚\n钥匙挂在门后，谁用谁登记。\n谢谢大家！");
        Assert.Equal(["今天说一说花园里的三件事"], bank.KeyPoints.Select(point => point.Heading));
        Assert.DoesNotContain(bank.Questions, question => question.Body.Stem.Contains("谢谢", StringComparison.Ordinal) || question.Body.Explanation.Contains("谢谢", StringComparison.Ordinal));
    }

    [Fact]
    public void The_numbers_of_points_are_not_asked_for()
    {
        var (bank, _) = Generate("""
            The garden club met in the old barn on Sunday evening and stayed until dark.

            The garden has four rules this year: (1) water the young trees at dusk, (2) rake the gravel paths every Friday, (3) lock the tool shed at night, and (4) share the figs with the neighbours.

            Everyone who came to the barn took a copy of the rules home and promised to keep them.
            """);
        Assert.Contains(bank.Questions, question => question.Body is Ordering { Items.Count: 4 });
        Assert.DoesNotContain(bank.Questions, question => question.Body is Cloze { Accepted: ["1" or "2" or "3" or "4"] });
        Assert.DoesNotContain(bank.Questions, question => question.Body.Stem.Contains("(＿", StringComparison.Ordinal));
        Assert.DoesNotContain(bank.Questions, question => question.Body is TrueFalse && question.Body.Stem.Contains('('));
    }

    [Fact]
    public void Fewer_questions_may_be_asked_for()
    {
        var bank = Generate(FirstSource, most: 24).Bank;
        Assert.Equal(24, bank.Questions.Count);
        Assert.Empty(BankGates.Check(bank));
    }

    [Fact]
    public void No_text_makes_it_fail_or_break_a_rule_that_grades()
    {
        string[] pieces = ["第一，", "第二，", "一是", "二是", "三是", "（一）", "1.", "——", "首先，", "最后，", "要加强水利建设", "不能乱倒垃圾", "以河流为界", "“两个坚持”",
            "清水、活水、好水等", "不仅要种树，更要护树", "他指出，", "2019年5月", "35%", "。", "，", "；", "：", "\n", "\n\n", "”", "“", "（", "这说明", "总之，", "春天的田野上有人播种", " ", "abc def. ", "\U00020000"];
        Gen.Int[0, pieces.Length - 1].Array[0, 120].Select(parts => string.Concat(parts.Select(part => pieces[part]))).Sample(raw =>
        {
            var clean = Normalizer.Clean(raw);
            var (bank, _) = Generator.Generate(clean, new GenerationSettings("random", "sources/random.txt", "00", 3));
            Assert.Empty(BankGates.CheckForImport(bank));
        }, iter: 300);
    }

    private static GeneratedBank Generate(string raw, long seed = 1, int? most = null) =>
        Generator.Generate(Normalizer.Clean(raw), Settings(seed) with { MostQuestions = most });

    private static GenerationSettings Settings(long seed = 1) => new("sample", "sources/sample.txt", "00", seed) { Title = "样本", Publisher = "本社" };
}
