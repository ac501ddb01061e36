using System.Globalization;
using Microsoft.Extensions.Localization;
using Npgsql;
using StudyQuiz.App.Features.GenerateBank;
using StudyQuiz.Domain.Editing;
using StudyQuiz.Generation.Gates;
using Fields = StudyQuiz.App.Features.EditQuestion.QuestionForm.Fields;

namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>What an editor is told while typing: what the form lacks, what the gates find and how to mend it, what asks nearly the same. Nothing is stored.</summary>
internal sealed class CheckQuestion(NpgsqlDataSource db, IStringLocalizer<EditQuestionText> text, IStringLocalizer<GenerateBankText> gates, IStringLocalizer<GateText> says)
{
    private const int MostCharacters = 12_000;

    public async Task<CheckedQuestion> RunAsync(EditedQuestion row, QuestionForm typed, CancellationToken stop)
    {
        await using var connection = await db.OpenConnectionAsync(stop);
        var whole = await row.ParagraphsAsync(connection);
        var (question, errors) = await row.ReadAsync(connection, typed);
        var said = errors.ToDictionary(error => error.Key == Fields.Options || error.Key == Fields.Pairs ? Fields.Answer : error.Key, error => text["Error." + error.Value].Value, StringComparer.Ordinal);
        if (question is null) return new CheckedQuestion(said, [], 0, [], [], [], false);

        // Gates read all of it at each key otherwise; what is saved is checked against the whole text
        var paragraphs = TextWindow.Around(whole, question.Evidence.Select(evidence => evidence.Paragraph), MostCharacters);
        var neighbours = await Neighbours.OfAsync(connection, row, question);
        var (faults, others) = SaveQuestion.Check(row, question, paragraphs);
        var findings = faults.Select(finding => Told(finding, blocks: true)).Concat(others.Select(finding => Told(finding, blocks: false))).ToList();
        findings.AddRange(neighbours.GiveAways(row, question, paragraphs).Where(found => !typed.Enemies.Contains(found.Question.Id)).DistinctBy(found => found.Question.Id).Select(found => GivesAway(found.Question, found.IsGiven, found.Key)));
        return new CheckedQuestion(
            said, findings, BankGates.All.Count - findings.Select(finding => finding.Gate).Distinct(StringComparer.Ordinal).Count(),
            [.. neighbours.Alike(question).Select(near => new NearOne(EditQuestionEndpoints.PathOf(row.BankSlug, near.Question.Id), near.Question.Question.Stem, near.Percent, text[near.SameAnswer ? "Near.SameAnswer" : "Near.OtherAnswer"]))],
            row.IsNew ? [] : [.. Rewording.SignsOf(row.Question, question).Select(sign => text["Sign." + sign].Value)],
            question.Evidence.Count > 0 ? [] : [.. ProposeEvidence.For(question, whole).Select(TypedQuote.Of)],
            paragraphs.Count < whole.Count);
    }

    private CheckedFinding Told(GateFinding finding, bool blocks) =>
        new(finding.Gate, gates["Gate." + finding.Gate], GateText.Say(finding, says), GateFields.Of(finding.Gate), blocks, null);

    private CheckedFinding GivesAway(Neighbour other, bool isGiven, string key) =>
        new("give-aways", gates["Gate.give-aways"], text[isGiven ? "GiveAway.Given" : "GiveAway.Gives", other.Question.Stem, key], Fields.Stem, false,
            new CheckedFix(text["GiveAway.Fix"], other.Id.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>What was found in a form.</summary>
/// <param name="Errors">What it lacks, by field.</param>
/// <param name="Passed">How many gates found nothing; 0 where the form is not whole yet and none was asked.</param>
/// <param name="Meaning">Why the meaning seems to have changed; empty where only the wording did.</param>
/// <param name="Proposed">Sentences that a question without evidence may rest on.</param>
/// <param name="IsPart">The text is long: it was checked against what stands around its evidence only.</param>
internal sealed record CheckedQuestion(
    IReadOnlyDictionary<string, string> Errors, IReadOnlyList<CheckedFinding> Findings, int Passed, IReadOnlyList<NearOne> Near, IReadOnlyList<string> Meaning, IReadOnlyList<TypedQuote> Proposed, bool IsPart);

/// <summary>What a gate found.</summary>
/// <param name="Field">The field that it is told at.</param>
/// <param name="Blocks">It keeps the question from being stored.</param>
/// <param name="Fix">What mends it at a press; null where a person has to.</param>
internal sealed record CheckedFinding(string Gate, string Title, string Message, string Field, bool Blocks, CheckedFix? Fix);

/// <summary>Keeps the question apart from another, by that one's id.</summary>
internal sealed record CheckedFix(string Label, string Enemy);

/// <summary>A question that asks nearly the same.</summary>
internal sealed record NearOne(string Path, string Stem, int Percent, string Says);
