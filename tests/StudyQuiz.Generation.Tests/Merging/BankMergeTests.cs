using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Merging;
using StudyQuiz.Generation.Normalizing;
using StudyQuiz.Generation.Tests.Normalizing;

namespace StudyQuiz.Generation.Tests.Merging;

public sealed class BankMergeTests
{
    private static readonly string Raw = SampleText.Raw("reading-plan");
    private readonly BankFile _generated = Generate(Raw);

    [Fact]
    public void Merging_the_same_generation_changes_nothing() =>
        Assert.Equal(BankFile.Write(_generated), BankFile.Write(BankMerge.Merge(_generated, _generated).Bank));

    [Fact]
    public void Edited_and_written_questions_stay_word_for_word()
    {
        var edited = _generated.Questions[0] with { Origin = QuestionOrigin.Edited, Status = QuestionStatus.Published, Body = _generated.Questions[0].Body with { Explanation = "改过的说明。" } };
        var written = _generated.Questions[1] with { Id = "by-hand", Origin = QuestionOrigin.Written, Enemies = [], Body = new Flashcard { Stem = "这次讲话在哪里办的？", Back = "见原文", Explanation = "自己写的。", Evidence = _generated.Questions[1].Body.Evidence, Difficulty = 1 } };
        var merged = BankMerge.Merge(_generated with { Questions = [edited, written, .. _generated.Questions.Skip(1)] }, _generated);
        Assert.Equal(edited.Body.Explanation, Find(merged.Bank, edited.Id).Body.Explanation);
        Assert.Equal(QuestionStatus.Published, Find(merged.Bank, edited.Id).Status);
        Assert.Equal(written.Body.Stem, Find(merged.Bank, "by-hand").Body.Stem);
        Assert.Equal(["by-hand", edited.Id], merged.Kept.Order(StringComparer.Ordinal));
        Assert.Empty(merged.Conflicts);
    }

    [Fact]
    public void A_refused_question_stays_refused_and_an_accepted_one_accepted()
    {
        var questions = _generated.Questions.ToList();
        questions[0] = questions[0] with { Status = QuestionStatus.Retired };
        questions[1] = questions[1] with { Status = QuestionStatus.Published, Tags = ["必考"] };
        var merged = BankMerge.Merge(_generated with { Questions = questions }, _generated).Bank;
        Assert.Equal(QuestionStatus.Retired, Find(merged, questions[0].Id).Status);
        Assert.Equal(QuestionStatus.Published, Find(merged, questions[1].Id).Status);
        Assert.Equal(["必考"], Find(merged, questions[1].Id).Tags);
    }

    [Fact]
    public void Drafts_that_are_no_longer_generated_go_and_reviewed_ones_stay()
    {
        var draft = _generated.Questions[2] with { Id = "single-0000000000" };
        var accepted = _generated.Questions[3] with { Id = "single-1111111111", Status = QuestionStatus.Published };
        var fewer = _generated with { Questions = [.. _generated.Questions.Where(question => question.Id != _generated.Questions[2].Id && question.Id != _generated.Questions[3].Id)] };
        var merged = BankMerge.Merge(_generated with { Questions = [draft, accepted, .. fewer.Questions] }, fewer);
        Assert.Equal(["single-0000000000"], merged.Removed);
        Assert.Equal(["single-1111111111"], merged.Kept);
        Assert.DoesNotContain(merged.Bank.Questions, question => question.Id == "single-0000000000");
    }

    [Fact]
    public void A_question_that_the_generator_rewords_keeps_its_enemies()
    {
        var (one, other) = (_generated.Questions[0], _generated.Questions[^1]);
        var older = _generated with
        {
            Questions = [.. _generated.Questions.Select(question =>
            question.Id == one.Id ? one with { Enemies = [.. one.Enemies, other.Id], Body = one.Body with { Explanation = "从前的说明。" } }
            : question.Id == other.Id ? other with { Origin = QuestionOrigin.Edited, Enemies = [.. other.Enemies, one.Id] } : question)]
        };
        var merged = BankMerge.Merge(older, _generated);
        Assert.Equal([one.Id], merged.Updated);
        Assert.Contains(other.Id, Find(merged.Bank, one.Id).Enemies);
        Assert.Empty(merged.Conflicts);
    }

    [Fact]
    public void A_draft_with_the_stem_of_a_question_of_another_type_is_left_out()
    {
        var single = _generated.Questions.First(question => question.Body is SingleChoice);
        var card = single with { Id = "by-hand", Origin = QuestionOrigin.Written, Enemies = [], Body = new Flashcard { Stem = single.Body.Stem, Back = "见原文", Explanation = "自己写的。", Evidence = single.Body.Evidence, Difficulty = 1 } };
        var merged = BankMerge.Merge(_generated with { Questions = [card, .. _generated.Questions.Where(question => question.Id != single.Id)] }, _generated);
        Assert.DoesNotContain(merged.Bank.Questions, question => question.Id == single.Id);
        Assert.Equal([(single.Id, "like stems")], merged.Conflicts.Select(conflict => (conflict.Item, conflict.Gate)));
    }

    [Fact]
    public void New_questions_are_added_and_name_their_enemies_both_ways()
    {
        var older = _generated with { Questions = [.. _generated.Questions.Where((_, at) => at % 3 != 0).Select(question => question with { Enemies = [] })] };
        var merged = BankMerge.Merge(older, _generated);
        Assert.NotEmpty(merged.Added);
        Assert.Empty(BankGates.Check(merged.Bank, BankGates.All.Where(gate => gate.Name is "enemies" or "give-aways" or "evidence")));
    }

    [Fact]
    public void A_question_whose_words_have_left_the_text_is_a_conflict_and_stays()
    {
        var question = _generated.Questions.First(question => question.Body.Evidence.Any(quote => quote.Quote.Contains("书屋", StringComparison.Ordinal)));
        var edited = question with { Origin = QuestionOrigin.Edited };
        var merged = BankMerge.Merge(_generated with { Questions = [edited, .. _generated.Questions.Where(other => other != question)] }, Generate(Raw.Replace("书屋", "书房", StringComparison.Ordinal)));
        Assert.Contains(merged.Conflicts, finding => finding.Item == edited.Id && finding.Gate == "evidence");
        Assert.Equal(edited.Body.Stem, Find(merged.Bank, edited.Id).Body.Stem);
    }

    [Fact]
    public void Key_points_keep_the_names_that_people_gave_them()
    {
        var named = _generated with { KeyPoints = [_generated.KeyPoints[0] with { Id = "OPENING", Heading = "开场" }, .. _generated.KeyPoints.Skip(1)], Questions = [] };
        var merged = BankMerge.Merge(named, _generated);
        Assert.Equal("开场", merged.Bank.KeyPoints[0].Heading);
        Assert.DoesNotContain(merged.Bank.Questions, question => question.KeyPoint == _generated.KeyPoints[0].Id);
        Assert.All(merged.Bank.Questions, question => Assert.Contains(merged.Bank.AllKeyPoints(), point => point.Id == question.KeyPoint));
    }

    private static BankQuestion Find(BankFile bank, string id) => bank.Questions.Single(question => question.Id == id);

    private static BankFile Generate(string raw) => Generator.Generate(Normalizer.Clean(raw), new GenerationSettings("reading-plan", "sources/reading-plan.txt", "00", 1)).Bank;
}
