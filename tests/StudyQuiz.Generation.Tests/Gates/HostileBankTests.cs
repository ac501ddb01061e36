using CsCheck;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.Generation.Tests.Gates;

/// <summary>Gates judge banks that are wrong in every way: they find faults in them and don't fail.</summary>
public sealed class HostileBankTests
{
    private static readonly string[] _pieces =
        ["", " ", "\0", "\uD840", "\uDC0B", "“", "”", "「", "。", "，", "：", "、", "；", "\n", "＿＿＿", "第", "一", "十", "3", "是", "点", "县长", "书记", "周明", "指出", "强调，", "不", "下列", "以上", "都对", "几", "最后", "青河"];

    private static readonly Gen<string> _text = Gen.Int[0, _pieces.Length - 1].Select(i => _pieces[i]).Array[0, 8].Select(string.Concat);

    [Fact]
    public void No_text_makes_a_gate_fail()
    {
        var good = GoodBank.Create();
        Gen.Select(_text.Array[8], Gen.Int[-3, 60], Gen.Bool).Sample((texts, at, flag) =>
        {
            var evidence = new Evidence(flag ? "P02" : texts[0], texts[1], at < 0 ? null : at);
            var options = new[] { new Option(texts[2], true, texts[3]), new Option(texts[4], flag), new Option(texts[5], false) };
            Question[] bodies =
            [
                new SingleChoice { Stem = texts[6], Options = options, Explanation = texts[7], Evidence = [evidence], Difficulty = 1 },
                new MultipleChoice { Stem = texts[6], Options = options, Explanation = texts[7], Evidence = [evidence], Difficulty = 1 },
                new TrueFalse { Stem = texts[6], Answer = flag, Explanation = texts[7], Evidence = [evidence], Difficulty = 1 },
                new Cloze { Stem = texts[6], Accepted = [texts[2], texts[3]], Explanation = texts[7], Evidence = [evidence], Difficulty = 1 },
                new Ordering { Stem = texts[6], Items = texts[2..6], Explanation = texts[7], Evidence = [evidence], Difficulty = 1 },
                new Matching { Stem = texts[6], Pairs = [new(texts[2], texts[3]), new(texts[4], texts[5])], Explanation = texts[7], Evidence = [evidence], Difficulty = 1 },
                new Flashcard { Stem = texts[6], Back = texts[2], Explanation = texts[7], Evidence = [evidence], Difficulty = 1 },
            ];
            var items = bodies.Select((body, i) => new BankQuestion($"q{i}", "K1", QuestionOrigin.Generated, QuestionStatus.Published, body, [texts[0]]));
            var bank = good with { Paragraphs = [.. good.Paragraphs, new("P05", texts[1] + texts[7])], Questions = [.. good.Questions, .. items] };

            Assert.NotEmpty(GoodBank.Check(bank));
            BankGates.Check(bank);
        });
    }
}
