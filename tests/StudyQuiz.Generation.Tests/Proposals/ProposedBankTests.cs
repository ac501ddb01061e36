using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Normalizing;
using StudyQuiz.Generation.Tests.Normalizing;
using static StudyQuiz.Generation.Tests.Proposals.Proposing;

namespace StudyQuiz.Generation.Tests.Proposals;

/// <summary>Proposals pass the gates and the choice of the rules' own questions.</summary>
public sealed class ProposedBankTests
{
    [Fact]
    public void A_good_proposal_is_in_the_bank_as_a_draft_and_in_the_report()
    {
        var candidate = Candidate(Good with { Stem = "学校有一千二百名师生，去年一共用了多少水？" });

        var (bank, report) = Choose(candidate);

        var question = Assert.Single(bank.Questions, question => question.Id == candidate.Question.Id);
        Assert.Equal((QuestionOrigin.Generated, QuestionStatus.Draft), (question.Origin, question.Status));
        Assert.Equal((1, 1, 1), (report.Proposals!.Proposed, report.Proposals.Accepted, report.Proposals.Chosen));
        Assert.DoesNotContain(BankGates.Check(bank), finding => finding.Item == question.Id);
    }

    [Fact]
    public void A_proposal_that_a_gate_refuses_is_not_in_the_bank_and_the_report_names_the_gate()
    {
        var sentence = About("二万六千吨").Context;
        var swapped = Candidate(Good with { Quote = sentence, Right = ["一千二百名师生"], Wrong = ["二万六千吨", "三万六千吨"] });
        var allRight = Candidate(Good with { Quote = sentence, Right = ["二万六千吨", "一千二百名师生", "六十升"], Wrong = [] });
        var keyInStem = Candidate(Good with { Stem = "去年一共用水二万六千吨，是多少？" });

        var (bank, report) = Choose(swapped, allRight, keyInStem);

        Assert.DoesNotContain(bank.Questions, question => question.Id.StartsWith("llm-", StringComparison.Ordinal));
        Assert.Equal(["key in its stem", "right answers", "supported distractors"], report.Proposals!.RefusedByGate.Select(gate => gate.What).Order(StringComparer.Ordinal));
        Assert.Equal((0, 0), (report.Proposals.Accepted, report.Proposals.Chosen));
    }

    [Fact]
    public void Statements_that_would_unbalance_the_bank_are_withheld()
    {
        // each clause of the text as a true statement, many of them far shorter than any false one
        var statements = Offers.SelectMany(offer => offer.Quote.Split('，', '。').Where(clause => clause.Length is > 3 and < 12)
            .Select(clause => Read(Good with { Fact = offer.Id, Type = "true_false", Quote = offer.Quote, Stem = clause + "。", Right = [], Wrong = [], IsTrue = true })))
            .OfType<Generation.Proposals.ReadProposal.Candidate>().Select(read => read.Question).DistinctBy(candidate => candidate.Question.Id, StringComparer.Ordinal).ToList();
        Assert.NotEmpty(statements);

        Assert.True(Choose(statements).Report.Open.Count <= Choose().Report.Open.Count);
    }

    [Fact]
    public void The_same_proposals_give_the_same_bytes() =>
        Assert.Equal(BankFile.Write(Choose(Candidate(Good)).Bank), BankFile.Write(Choose(Candidate(Good)).Bank));

    [Fact]
    public void Without_proposals_the_bank_is_that_of_the_rules()
    {
        var rules = Generator.Generate(Normalizer.Clean(SampleText.Raw("water-saving")), Settings);

        Assert.Null(rules.Report.Proposals);
        Assert.Equal(BankFile.Write(rules.Bank), BankFile.Write(Choose().Bank));
    }

    [Fact]
    public void Facts_are_offered_in_the_same_order_with_ids_of_their_own_and_words_of_the_text()
    {
        Assert.Equal(Offers.Select(offer => (offer.Id, offer.Quote)), Generation.Proposals.FactOffer.Of(Draft).Select(offer => (offer.Id, offer.Quote)));
        Assert.Distinct(Offers.Select(offer => offer.Id));
        Assert.All(Offers, offer => Assert.Contains(offer.Quote, offer.Context, StringComparison.Ordinal));
        Assert.All(Offers, offer => Assert.Contains(offer.Context, Draft.Text.Paragraphs[offer.Place.Paragraph].Text, StringComparison.Ordinal));
    }

    [Fact]
    public void English_texts_take_proposals_too()
    {
        var draft = Generator.Draft(Normalizer.Clean(SampleText.Raw("repair-cafe")), Settings);
        var offer = Generation.Proposals.FactOffer.Of(draft).First(offer => offer.Context.Contains("612 broken things", StringComparison.Ordinal));
        var item = new Generation.Proposals.ProposedItem(
            offer.Id, "single_choice", "612 broken things have come through the door", "How many broken things have come to the café?", ["612"], ["540", "731"], [], null);

        var read = new Generation.Proposals.ProposalReader(draft).Read(item, new Dictionary<string, Generation.Proposals.FactOffer>(StringComparer.Ordinal) { [offer.Id] = offer });

        Assert.Empty(Generator.Faults(draft, [Assert.IsType<Generation.Proposals.ReadProposal.Candidate>(read).Question]));
    }
}
