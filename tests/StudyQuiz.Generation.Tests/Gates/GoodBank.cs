using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Tests.Gates;

/// <summary>A bank on a short speech with everything that gates look at: people, a quoted formulation, a closed and an open series. It passes all.</summary>
internal static class GoodBank
{
    private const string Yaml = """
        source: {slug: reading, title: 阅读工作会, publisher: 测试社, language: zh-CN, file: sources/reading.txt, sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855}
        paragraphs:
          - {id: P01, text: 青河县县长周明20日在全县阅读工作会上讲话，青河县副县长吴小雨主持会议。}
          - {id: P02, text: 周明指出，建设书香青河要做好三件事。第一，办好乡村书屋。每个村至少有一间书屋，藏书不少于两千册，由村小教师轮流看管。第二，培养领读人。从退休教师和返乡青年中挑选领读人，每年培训两次。第三，用好流动书车。流动书车每周三进山，把新书送到学生手中。}
          - {id: P03, text: 过去一年，“一村一屋、一屋一灯”已经成形，读者增加了四成。}
          - {id: P04, text: 周明强调，今年的重点工作要抓紧。第一，修缮老书库，防潮防火。第二，开设夜间阅览室。}
        key_points:
          - {id: K1, heading: 会议, weight: 1, evidence: [{paragraph: P01, quote: 全县阅读工作会}]}
          - id: K2
            heading: 三件事
            weight: 3
            evidence: [{paragraph: P02, quote: 要做好三件事}]
            points:
              - {id: K2.1, heading: 办好乡村书屋, weight: 3, evidence: [{paragraph: P02, quote: 办好乡村书屋}]}
              - {id: K2.2, heading: 培养领读人, weight: 3, evidence: [{paragraph: P02, quote: 培养领读人}]}
              - {id: K2.3, heading: 用好流动书车, weight: 3, evidence: [{paragraph: P02, quote: 用好流动书车}]}
          - {id: K3, heading: 成效, weight: 2, evidence: [{paragraph: P03, quote: 已经成形}]}
          - id: K4
            heading: 重点工作
            weight: 3
            evidence: [{paragraph: P04, quote: 今年的重点工作}]
            points:
              - {id: K4.1, heading: 修缮老书库, weight: 3, evidence: [{paragraph: P04, quote: 修缮老书库}]}
              - {id: K4.2, heading: 开设夜间阅览室, weight: 3, evidence: [{paragraph: P04, quote: 开设夜间阅览室}]}
        questions:
          - id: keepers
            type: single_choice
            key_point: K2.1
            stem: 乡村书屋由谁轮流看管？
            options: [{text: 退休干部}, {text: 村小教师, correct: true}, {text: 返乡学生}]
            explanation: 由村小教师轮流看管。
            evidence: [{paragraph: P02, quote: 由村小教师轮流看管}]
            difficulty: 1
            origin: generated
            status: published
          - id: readers
            type: single_choice
            key_point: K2.2
            stem: 领读人来自什么人？
            options: [{text: 退休教师和返乡青年, correct: true}, {text: 机关干部和企业职工}, {text: 大学师生和驻村干部}]
            explanation: 从退休教师和返乡青年中挑选。
            evidence: [{paragraph: P02, quote: 从退休教师和返乡青年中挑选领读人}]
            difficulty: 2
            origin: written
            status: published
          - id: dangers
            type: multiple_choice
            key_point: K4.1
            stem: 修缮老书库要注意什么？
            options: [{text: 防潮, correct: true}, {text: 防火, correct: true}, {text: 防盗}]
            explanation: 防潮防火。
            evidence: [{paragraph: P04, quote: 修缮老书库，防潮防火}]
            difficulty: 1
            origin: generated
            status: published
            enemies: [work]
          - id: van
            type: true_false
            key_point: K2.3
            stem: 根据文中内容，流动书车每周三进山送书。
            answer: true
            explanation: 流动书车每周三进山。
            evidence: [{paragraph: P02, quote: 流动书车每周三进山，把新书送到学生手中}]
            difficulty: 1
            origin: written
            status: published
            enemies: [van-cloze, pairs]
          - id: more
            type: true_false
            key_point: K3
            stem: 根据文中内容，读者一年间增加了四成。
            answer: true
            explanation: 读者增加了四成。
            evidence: [{paragraph: P03, quote: 读者增加了四成}]
            difficulty: 1
            origin: written
            status: published
          - id: training
            type: true_false
            key_point: K2.2
            stem: 根据文中内容，领读人每年要培训三次。
            answer: false
            explanation: 每年培训两次。
            evidence: [{paragraph: P02, quote: 每年培训两次}]
            difficulty: 1
            origin: written
            status: published
          - id: books
            type: true_false
            key_point: K2.1
            stem: 根据文中内容，书屋藏书不少于五千册。
            answer: false
            explanation: 藏书不少于两千册。
            evidence: [{paragraph: P02, quote: 藏书不少于两千册}]
            difficulty: 1
            origin: written
            status: published
          - id: van-cloze
            type: cloze
            key_point: K2.3
            stem: ＿＿＿每周三进山，把新书送到学生手中。
            answer: [流动书车]
            explanation: 流动书车。
            evidence: [{paragraph: P02, quote: 流动书车每周三进山，把新书送到学生手中。}]
            difficulty: 1
            origin: generated
            status: published
            enemies: [van, pairs]
          - id: night
            type: cloze
            key_point: K4.2
            stem: 第二，开设＿＿＿。
            answer: [夜间阅览室]
            explanation: 夜间阅览室。
            evidence: [{paragraph: P04, quote: 第二，开设夜间阅览室。}]
            difficulty: 1
            origin: generated
            status: published
          - id: order
            type: ordering
            key_point: K2
            stem: 按文中提出的先后排列要做好的三件事。
            answer: [办好乡村书屋, 培养领读人, 用好流动书车]
            explanation: 依次为第一、第二、第三。
            evidence: [{paragraph: P02, quote: 办好乡村书屋}, {paragraph: P02, quote: 培养领读人}, {paragraph: P02, quote: 用好流动书车}]
            difficulty: 1
            origin: generated
            status: published
          - id: pairs
            type: matching
            key_point: K2
            stem: 把左边的事与它的安排配起来。
            answer: [{left: 领读人, right: 每年培训两次}, {left: 流动书车, right: 每周三进山}]
            explanation: 见第二段。
            evidence: [{paragraph: P02, quote: 挑选领读人，每年培训两次}, {paragraph: P02, quote: 流动书车每周三进山}]
            difficulty: 1
            origin: generated
            status: published
            enemies: [van, van-cloze]
          - id: work
            type: flashcard
            key_point: K4
            stem: 文中提到了哪些今年的重点工作？
            answer: 修缮老书库；开设夜间阅览室
            explanation: 文中提到这些。
            evidence: [{paragraph: P04, quote: 第一，修缮老书库}, {paragraph: P04, quote: 第二，开设夜间阅览室}]
            difficulty: 1
            origin: generated
            status: published
            enemies: [dangers]
          - id: progress
            type: flashcard
            key_point: K3
            stem: “一村一屋、一屋一灯”如今怎样？
            answer: 已经成形
            explanation: 已经成形。
            evidence: [{paragraph: P03, quote: “一村一屋、一屋一灯”已经成形}]
            difficulty: 1
            origin: written
            status: published

        """;

    public static BankFile Create() => Sample.Read(Yaml);

    /// <summary>The text's structure, built by hand: three closed points in P02, an open series in P04.</summary>
    public static TextStructure Structure(BankFile bank)
    {
        Place Of(int paragraph, string words)
        {
            var start = bank.Paragraphs[paragraph].Text.IndexOf(words, StringComparison.Ordinal);
            return new Place(paragraph, start, start + words.Length);
        }

        SeriesPoint Point(int number, int paragraph, string marker, string heading, params string[] body) =>
            new(number, Of(paragraph, marker), Of(paragraph, heading), [.. body.Select(words => Of(paragraph, words))], []);

        return new TextStructure([],
        [
            new Series(MarkerStyle.OrdinalWord, Of(1, "周明指出，建设书香青河要做好三件事。"),
            [
                Point(1, 1, "第一，", "办好乡村书屋", "每个村至少有一间书屋，藏书不少于两千册，由村小教师轮流看管。"),
                Point(2, 1, "第二，", "培养领读人", "从退休教师和返乡青年中挑选领读人，每年培训两次。"),
                Point(3, 1, "第三，", "用好流动书车", "流动书车每周三进山，把新书送到学生手中。"),
            ], Closed: true),
            new Series(MarkerStyle.OrdinalWord, Of(3, "周明强调，今年的重点工作要抓紧。"),
            [
                Point(1, 3, "第一，", "修缮老书库", "防潮防火。"),
                Point(2, 3, "第二，", "开设夜间阅览室"),
            ], Closed: false),
        ]);
    }

    /// <summary>All gates; those that need the structure get it from here, so that what they find does not depend on how it is read.</summary>
    public static IReadOnlyList<GateFinding> Check(BankFile bank)
    {
        var structure = Structure(bank);
        return BankGates.Check(bank, BankGates.All.Select(gate => gate.Name switch
        {
            "open series" => gate with { Rule = bank => SeriesGates.OpenSeries(bank, structure) },
            "ordinals" => gate with { Rule = bank => SeriesGates.Ordinals(bank, structure) },
            "statements on points" => gate with { Rule = bank => PointGates.Statements(bank, structure) },
            _ => gate,
        }));
    }
}
