using System.Text.Json;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Tests;

/// <summary>A small bank with one question of each type that passes every gate, and ways to change it.</summary>
internal static class Sample
{
    public const string Yaml = """
        source:
          slug: river
          title: 河流
          publisher: 测试社
          published: "2024-05-01"
          language: zh-CN
          file: sources/river.txt
          sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855

        paragraphs:
          - id: P01
            text: 河水清，河水急。春天涨水，夏天行船，秋天捕鱼。
          - id: P02
            text: 船夫敬畏大河，渔民依靠大河。

        key_points:
          - id: K1
            heading: 河水
            weight: 3
            evidence:
              - {paragraph: P01, quote: 河水清}
            points:
              - id: K1.1
                heading: 四季
                weight: 2
                evidence:
                  - {paragraph: P01, quote: 河水, at: 4}

        questions:
          - id: single
            type: single_choice
            key_point: K1.1
            stem: 哪个季节行船？
            options:
              - {text: 春, why: 涨水的季节。}
              - {text: 夏, correct: true}
              - {text: 秋}
            explanation: 夏天行船。
            evidence:
              - {paragraph: P01, quote: 夏天行船}
            difficulty: 1
            origin: written
            status: published
            enemies: [ordering]

          - id: multiple
            type: multiple_choice
            key_point: K1
            stem: 文中怎样形容这条河？
            options:
              - {text: 清, correct: true}
              - {text: 急, correct: true}
              - {text: 浊}
            explanation: 河水清，河水急。
            evidence:
              - {paragraph: P01, quote: 河水清，河水急}
            difficulty: 1
            origin: generated
            status: review

          - id: statement
            type: true_false
            key_point: K1
            stem: 渔民离开大河。
            answer: false
            explanation: 渔民依靠大河。
            evidence:
              - {paragraph: P02, quote: 渔民依靠大河}
            difficulty: 2
            origin: edited
            status: draft

          - id: cloze
            type: cloze
            key_point: K1
            stem: 船夫＿＿＿大河
            answer: [敬畏, 敬重]
            explanation: 船夫敬畏大河。
            evidence:
              - {paragraph: P02, quote: 船夫敬畏大河}
            difficulty: 2
            origin: written
            status: published
            enemies: [matching]

          - id: ordering
            type: ordering
            key_point: K1.1
            stem: 按季节排列。
            answer:
              - 涨水
              - 行船
              - 捕鱼
            explanation: 春、夏、秋。
            evidence:
              - {paragraph: P01, quote: 春天涨水，夏天行船，秋天捕鱼}
            difficulty: 2
            origin: written
            status: retired
            enemies: [single]

          - id: matching
            type: matching
            key_point: K1
            stem: 把人与态度配起来。
            answer:
              - {left: 船夫, right: 敬畏}
              - {left: 渔民, right: 依靠}
            explanation: 见第二段。
            evidence:
              - {paragraph: P02, quote: 船夫敬畏大河，渔民依靠大河}
            difficulty: 3
            origin: written
            status: published
            enemies: [cloze]

          - id: card
            type: flashcard
            key_point: K1
            stem: 渔民靠什么？
            answer: 大河
            explanation: 渔民依靠大河。
            evidence:
              - {paragraph: P02, quote: 渔民依靠大河}
            difficulty: 1
            origin: written
            status: published
            tags: [生计, 必考]

        """;

    public static BankFile Bank() => Read(Yaml);

    public static BankFile Shipped() => Read(ShippedYaml());

    public static string ShippedYaml() => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "questions", "yangtze-delta-symposium-2020.yaml"));

    public static BankFile Read(string yaml)
    {
        var reading = BankFile.Read(yaml);
        Assert.Empty(reading.Errors);
        return reading.Bank!;
    }

    /// <summary>Everything that a bank holds, for comparing two: records hold lists, which compare by reference.</summary>
    public static string Content(BankFile bank) => JsonSerializer.Serialize(bank, DomainJson.Options);

    public static BankFile With(this BankFile bank, string id, Func<BankQuestion, BankQuestion> change) =>
        bank with { Questions = [.. bank.Questions.Select(question => question.Id == id ? change(question) : question)] };

    public static BankFile WithBody<T>(this BankFile bank, string id, Func<T, Question> change) where T : Question =>
        bank.With(id, question => question with { Body = change((T)question.Body) });
}
