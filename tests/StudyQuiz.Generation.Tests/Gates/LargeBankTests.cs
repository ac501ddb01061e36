using System.Diagnostics;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.Generation.Tests.Gates;

/// <summary>A bank of thousands of questions is checked while one waits: no gate compares each question with each.</summary>
public sealed class LargeBankTests(ITestOutputHelper output)
{
    [Fact]
    public void Five_thousand_questions()
    {
        var bank = Create(5000);
        foreach (var gate in BankGates.All)
        {
            var clock = Stopwatch.StartNew();
            var found = gate.Check(bank).Count();
            output.WriteLine($"{gate.Name}: {found} found in {clock.ElapsedMilliseconds} ms");
        }

        var whole = Stopwatch.StartNew();
        BankGates.Check(bank);
        output.WriteLine($"all: {whole.ElapsedMilliseconds} ms");
        Assert.InRange(whole.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    // 250 paragraphs of 10 sentences each, and two items of different types on each sentence, worded from a vocabulary of 300 words
    private static BankFile Create(int count)
    {
        var random = new Random(1);
        string Words(int n) => string.Concat(Enumerable.Range(0, n).Select(_ => Word(random.Next(300))));
        var sentences = Enumerable.Range(0, count / 2).Select(_ => (Subject: Words(3), Deed: Words(2), Object: Words(3))).ToList();
        var paragraphs = sentences.Chunk(10).Select((chunk, i) => new BankParagraph($"P{i}", string.Concat(chunk.Select(Sentence)))).ToList();
        var items = Enumerable.Range(0, count).Select(i => new BankQuestion(
            $"q{i}", $"K{i / 20}", QuestionOrigin.Generated, QuestionStatus.Published, Body(i, sentences[i / 2], new Evidence($"P{i / 20}", Sentence(sentences[i / 2])), Words), []));
        return GoodBank.Create() with
        {
            Paragraphs = paragraphs,
            KeyPoints = [.. paragraphs.Select((paragraph, i) => new BankKeyPoint($"K{i}", paragraph.Text[..8], 3, [new(paragraph.Id, paragraph.Text[..8])], []))],
            Questions = [.. items],
        };
    }

    private static string Sentence((string Subject, string Deed, string Object) sentence) => $"{sentence.Subject}要{sentence.Deed}，以便{sentence.Object}。";

    private static string Word(int number) => string.Concat((char)('\u4e00' + (number * 37)), (char)('\u4e00' + (number * 53)));

    private static Question Body(int i, (string Subject, string Deed, string Object) sentence, Evidence evidence, Func<int, string> words) => (i % 6) switch
    {
        0 => new SingleChoice { Stem = $"文中要求{sentence.Subject}怎么做？", Options = [.. Enumerable.Range(0, 4).Select(o => new Option(o == i / 6 % 4 ? sentence.Deed : words(2), o == i / 6 % 4))], Explanation = "", Evidence = [evidence], Difficulty = 1 },
        1 => new MultipleChoice { Stem = $"谁要{sentence.Deed}，为了什么？", Options = [new(sentence.Subject, true), new(sentence.Object, true), new(words(3), false)], Explanation = "", Evidence = [evidence], Difficulty = 1 },
        2 => new TrueFalse { Stem = $"根据文中内容，{sentence.Subject}要{(i % 12 == 2 ? sentence.Deed : words(2))}。", Answer = i % 12 == 2, Explanation = "", Evidence = [evidence], Difficulty = 1 },
        3 => new Cloze { Stem = $"{sentence.Subject}要{Cloze.Blank}，以便{sentence.Object}。", Accepted = [sentence.Deed], Explanation = "", Evidence = [evidence], Difficulty = 1 },
        4 => new Matching { Stem = $"把与{sentence.Subject}有关的各项配起来。", Pairs = [new(sentence.Deed, sentence.Object), new(sentence.Subject, "以便")], Explanation = "", Evidence = [evidence], Difficulty = 1 },
        _ => new Flashcard { Stem = $"文中要求{sentence.Subject}怎么做？", Back = sentence.Deed, Explanation = "", Evidence = [evidence], Difficulty = 1 },
    };
}
