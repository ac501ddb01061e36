using System.Text.Json;
using System.Text.RegularExpressions;
using StudyQuiz.App.Features.EditQuestion;
using StudyQuiz.App.Features.ExchangeCards;
using StudyQuiz.App.Features.ExchangeQuestions.Formats;
using StudyQuiz.App.Features.ImportBank;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.App.Features.ExchangeQuestions;

/// <summary>
/// Compares a file's rows with a bank. A question of the bank is found by its id, by the id that an earlier import gave it, or by its type, the words
/// that ask and what is chosen among; what the file does not say of it stays. An id counts only where the two are alike: every table numbers its rows from 1.
/// </summary>
internal sealed partial class MatchQuestions
{
    // So much of what is chosen among, or of the words, two share that are the same question changed
    private const double SameOptions = 0.5;
    private const double SameWords = 0.35;

    /// <summary>Of the key point that new questions get which name none.</summary>
    public const string ImportedKeyPoint = "imported";

    private readonly ChosenBank _bank;
    private readonly ILookup<string, StoredQuestion> _byWords;
    private readonly NearDuplicates _near = new();
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    private MatchQuestions(ChosenBank bank, QuestionFile file)
    {
        _bank = bank;
        _byWords = bank.Questions.Values.ToLookup(question => RowIdentity.Asking(question.Question), StringComparer.Ordinal);
        foreach (var question in bank.Questions.Values.Where(question => question.Status != "retired")) _near.Add(question.Slug, 0, question.Question);
        _ids.UnionWith(bank.Questions.Keys);
        _ids.UnionWith(file.Rows.Select(row => row.Question?.Id).OfType<string>());
    }

    public static IReadOnlyList<MatchedQuestion> Of(QuestionFile file, ChosenBank bank)
    {
        var match = new MatchQuestions(bank, file);
        return [.. file.Rows.Select(match.Row)];
    }

    /// <summary>The name of a question that came from elsewhere: the same whenever the same comes again.</summary>
    public static string SlugOf(RowQuestion question) => question.Id ?? "imported-" + CardLog.IdOf("note", question.Key ?? RowIdentity.WordsOf(question.Body)).ToString("n")[..20];

    private MatchedQuestion Row(QuestionRow row)
    {
        if (row.Question is not { } question) return Refused(row, row.Refusal!);
        var slug = SlugOf(question);
        var stored = _bank.Questions.GetValueOrDefault(slug);
        var isDoubtful = stored is not null && question.Id is not null && !AreAlike(stored.Question, question.Body);
        if (isDoubtful && Counted().IsMatch(slug))
        {
            // the number of a row of another table
            (question, isDoubtful) = (question with { Id = null }, false);
            slug = SlugOf(question);
            stored = _bank.Questions.GetValueOrDefault(slug);
        }

        var isByWords = stored is null && question.Id is null;
        if (isByWords)
        {
            var same = _byWords[RowIdentity.Asking(question.Body)].Select(one => (Question: one, Shared: RowIdentity.Shared(one.Question, question.Body))).Where(one => one.Shared >= SameOptions).OrderByDescending(one => one.Shared).ToList();
            if (same.Count > 1 && same[0].Shared <= same[1].Shared) return Refused(row, new Why("Ambiguous"));
            stored = same.FirstOrDefault().Question;
        }

        // two rows can be the same question by different ways
        if (!_taken.Add(stored?.Slug ?? slug)) return Refused(row, new Why("RepeatedQuestion", stored?.Slug ?? slug));
        return stored is null ? New(row, question, slug) : Known(row, question, stored, isDoubtful, isByWords);
    }

    private static bool AreAlike(Question one, Question other)
    {
        if (AnkiText.Normal(one.Stem) == AnkiText.Normal(other.Stem)) return true;
        if (RowIdentity.PartsOf(one).Count > 0 && RowIdentity.PartsOf(other).Count > 0 && RowIdentity.Shared(one, other) >= SameOptions) return true;
        var (pairs, others) = (Bigrams.Of(AnkiText.Normal(one.Stem)), Bigrams.Of(AnkiText.Normal(other.Stem)));
        return 2.0 * pairs.Count(others.Contains) >= SameWords * (pairs.Count + others.Count);
    }

    // 1, 2, 3 or item1, item2: what files count by
    [GeneratedRegex("^[A-Za-z]{0,10}[-_.]?[0-9]{1,6}$", RegexOptions.NonBacktracking)]
    private static partial Regex Counted();

    private static MatchedQuestion Refused(QuestionRow row, Why why) => new(row, RowState.Refused, null, null, "") { Refusal = why };

    private MatchedQuestion New(QuestionRow row, RowQuestion question, string slug)
    {
        var notes = new List<Why>(row.Notes);
        var found = question.Body.Evidence.Count == 0 ? FindEvidence.Of(question.Body, _bank.Paragraphs) : null;
        var body = found is null ? question.Body : question.Body with { Evidence = [found] };
        var made = new BankQuestion(slug, KeyPointOf(question, notes) ?? ImportedKeyPoint, question.Origin ?? QuestionOrigin.Written, QuestionStatus.Draft, body, EnemiesOf(question, notes) ?? []) { Tags = question.Tags ?? [] };
        if (_bank.Paragraphs.Count > 0 && body.Evidence.Count > 0 && EvidenceGates.QuestionEvidence(_bank.With(made)).Any()) return Refused(row, EvidenceFault(body.Evidence));
        made = made with { Status = StatusOf(question, made, notes) };
        var near = _near.Of(body);
        _near.Add(null, row.Line, body);
        return new MatchedQuestion(row, RowState.New, made, null, HashOf(question)) { Notes = notes, Near = near, FoundEvidence = found is not null };
    }

    private Why EvidenceFault(IReadOnlyList<Evidence> evidence)
    {
        var texts = _bank.Paragraphs.ToDictionary(paragraph => paragraph.Id, paragraph => paragraph.Text, StringComparer.Ordinal);
        if (evidence.FirstOrDefault(quote => !texts.ContainsKey(quote.Paragraph)) is { } nowhere) return new Why("EvidenceParagraph", nowhere.Paragraph);
        return evidence.FirstOrDefault(quote => !texts[quote.Paragraph].Contains(quote.Quote, StringComparison.Ordinal)) is { } other
            ? new Why("EvidenceQuote", other.Paragraph, RowText.Beginning(other.Quote))
            : new Why("EvidencePlace");
    }

    // What learners meet has its proof and passes the gates; anything else waits for an editor
    private QuestionStatus StatusOf(RowQuestion question, BankQuestion made, List<Why> notes)
    {
        if (question.Status is null or QuestionStatus.Draft) return QuestionStatus.Draft;
        if (question.Status == QuestionStatus.Retired) return QuestionStatus.Retired;
        if (_bank.Paragraphs.Count == 0) return question.Status.Value;
        var finding = made.Body.Evidence.Count == 0 ? null : BankGates.CheckForImport(_bank.With(made)).FirstOrDefault(finding => finding.Item == made.Id);
        if (made.Body.Evidence.Count > 0 && finding is null) return question.Status.Value;
        notes.Add(finding is null ? new Why("DraftForEvidence") : new Why(WhyText.Gate + "Draft", finding.Gate, finding.Message));
        return QuestionStatus.Draft;
    }

    private MatchedQuestion Known(QuestionRow row, RowQuestion question, StoredQuestion stored, bool isDoubtful, bool isByWords)
    {
        if (QuestionTypes.Of(stored.Question) != QuestionTypes.Of(question.Body)) return Refused(row, new Why("TypeOther"));
        var notes = new List<Why>(row.Notes);
        var (enemies, tags) = (stored.Enemies?.Split(' ') ?? [], stored.Tags?.Split('\n') ?? []);
        var body = Merged(stored.Question, question);
        var result = new BankQuestion(
            stored.Slug, KeyPointOf(question, notes) ?? stored.KeyPoint, Enum.Parse<QuestionOrigin>(stored.Origin, ignoreCase: true), Enum.Parse<QuestionStatus>(stored.Status, ignoreCase: true), body,
            EnemiesOf(question, notes) ?? enemies)
        {
            Tags = question.Tags ?? tags,
        };
        var hash = HashOf(question);
        var same = Json(body) == Json(stored.Question) && result.KeyPoint == stored.KeyPoint && result.Tags.ToHashSet(StringComparer.Ordinal).SetEquals(tags) && result.Enemies.ToHashSet(StringComparer.Ordinal).SetEquals(enemies);
        if (same || hash == stored.ImportedHash) return new MatchedQuestion(row, RowState.Unchanged, result, stored, hash) { Notes = notes };
        if (stored.IsTrashed) return Refused(row, new Why("InTrash"));
        if (Json(body) != Json(stored.Question) && result.Origin == QuestionOrigin.Generated) result = result with { Origin = QuestionOrigin.Edited };
        // A question that only asks in the same words, and has another key, may be another one: somebody has to say so
        var isOther = isDoubtful || (question.Id is null && (isByWords || result.Status is QuestionStatus.Published or QuestionStatus.Review) && QuestionForm.ChangesKey(stored.Question, body));
        if (result.Status is QuestionStatus.Published or QuestionStatus.Review && Worse(stored, result) is { } gate) return Refused(row, gate);
        if (isOther) notes.Add(new Why("MayBeAnother"));
        return new MatchedQuestion(row, !isOther && stored.VersionId == stored.ImportedVersionId ? RowState.Changed : RowState.Conflict, result, stored, hash) { Notes = notes };
    }

    // As for an editor's change: whoever mends one thing need not mend all
    private Why? Worse(StoredQuestion stored, BankQuestion result)
    {
        if (stored.TextVersion != _bank.TextVersion) return null;
        var before = BankGates.CheckForImport(_bank.With(result with { Body = stored.Question })).CountBy(finding => finding.Gate, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var worse = BankGates.CheckForImport(_bank.With(result)).GroupBy(finding => finding.Gate, StringComparer.Ordinal).FirstOrDefault(gate => gate.Count() > before.GetValueOrDefault(gate.Key));
        return worse is null ? null : new Why(WhyText.Gate + "Change", worse.Key, worse.First().Message);
    }

    private static Question Merged(Question stored, RowQuestion row)
    {
        var body = row.Body;
        if (body.Explanation.Length == 0) body = body with { Explanation = stored.Explanation };
        if (body.Evidence.Count == 0) body = body with { Evidence = stored.Evidence };
        // no format carries one
        body = body with { Difficulty = row.Difficulty ?? stored.Difficulty, Picture = stored.Picture };
        body = (body, stored) switch
        {
            (SingleChoice single, SingleChoice old) => single with { Options = WithReasons(single.Options, old.Options) },
            (MultipleChoice multiple, MultipleChoice old) => multiple with { Options = WithReasons(multiple.Options, old.Options) },
            (Cloze cloze, Cloze old) => cloze with { AnyOrder = row.AnyOrder ?? old.AnyOrder },
            _ => body,
        };
        // What was accepted on appeal names places: with other options or another key it would name others
        return stored.AlsoCounts is not null && KeyAmendment.SamePositions(stored, body) && !QuestionForm.ChangesKey(stored, body) ? body with { AlsoCounts = stored.AlsoCounts } : body;
    }

    private static IReadOnlyList<Option> WithReasons(IReadOnlyList<Option> options, IReadOnlyList<Option> stored) =>
        [.. options.Select(option => option.Why is null ? option with { Why = stored.FirstOrDefault(old => old.Text == option.Text && old.Correct == option.Correct)?.Why } : option)];

    // What other systems call their categories need not be a key point of this bank
    private string? KeyPointOf(RowQuestion question, List<Why> notes)
    {
        if (question.KeyPoint is not { } label || _bank.KeyPoints.ContainsKey(label) || _bank == ChosenBank.None) return question.KeyPoint;
        if (label != ImportedKeyPoint) notes.Add(new Why("KeyPointUnknown", RowText.Beginning(label)));
        return null;
    }

    private IReadOnlyList<string>? EnemiesOf(RowQuestion question, List<Why> notes)
    {
        foreach (var unknown in question.Enemies?.Where(enemy => !_ids.Contains(enemy)) ?? []) notes.Add(new Why("EnemyUnknown", RowText.Beginning(unknown)));
        return question.Enemies is { } enemies ? [.. enemies.Where(enemy => _ids.Contains(enemy) && enemy != question.Id).Distinct(StringComparer.Ordinal)] : null;
    }

    private static string HashOf(RowQuestion question) => ItemHash.OfRow(question);

    private static string Json(Question question) => JsonSerializer.Serialize(question, DomainJson.Options);
}
