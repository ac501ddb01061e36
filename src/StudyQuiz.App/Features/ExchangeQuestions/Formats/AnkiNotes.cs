using System.Globalization;
using System.Text;
using StudyQuiz.App.Features.ExchangeCards;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Scheduling;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>Questions as Anki's notes: two sides, tags and a name that is theirs for good. A tag tells the type; a note without one is a flashcard.</summary>
internal static class AnkiNotes
{
    private const string Explanation = "解析";
    private const string Reason = "理由";
    private const string Evidence = "依据";

    public static List<QuestionRow> Read(GivenFile file, bool isPackage, DateTimeOffset now)
    {
        var reading = isPackage ? ReadPackage.Of(file.Bytes, file.Name, now) : ReadTable.Of(file.Bytes, file.Name);
        return reading switch
        {
            FileReading.Read read => [.. read.File.Rows.Take(GivenFile.MostRows + 1).Select(Row)],
            FileReading.Refused refused => throw new RefusedFileException("Anki." + refused.Code),
            _ => throw new InvalidOperationException(),
        };
    }

    public static byte[] WritePackage(BankFile bank, DateTimeOffset now) => ExchangeCards.WritePackage.Of(new ExportedDeck(
        bank.Source.Slug, bank.Source.Title, [.. bank.Questions.Select((question, i) => Note(bank, question, i))], new Dictionary<long, NoteMemory>(),
        new StudyCalendar(TimeZoneInfo.TryFindSystemTimeZoneById(LearnerDay.DefaultZone, out var zone) ? zone : TimeZoneInfo.Utc), now));

    public static string WriteText(BankFile bank)
    {
        var text = new StringBuilder("#separator:tab\n#html:false\n#columns:guid\tfront\tback\ttags\n#guid column:1\n#tags column:4\n");
        foreach (var note in bank.Questions.Select((question, i) => Note(bank, question, i))) text.Append(DelimitedText.AnkiLine([note.Guid.ToString(), note.Front, note.Back, string.Join(' ', note.Tags)]));
        return text.ToString();
    }

    private static DeckNote Note(BankFile bank, BankQuestion question, int place)
    {
        var body = question.Body;
        var listed = body switch
        {
            // in an order that gives nothing away and is the same at every export
            Ordering ordering => ordering.Items.Order(StringComparer.Ordinal),
            Matching matching => matching.Pairs.Select(pair => pair.Right).Order(StringComparer.Ordinal),
            _ => Bodies.OptionsOf(body).Select(option => option.Text),
        };
        return new DeckNote(place + 1, new CardGuid(bank.Source.Slug, question.Id, 1), NoteText.Front(body.Stem, [.. listed]), string.Join('\n', Back(body)),
            [.. MachineTags.Of(question, withType: true).Select(tag => string.Join('_', tag.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))]);
    }

    private static IEnumerable<string> Back(Question body)
    {
        foreach (var line in Answer(body)) yield return line;
        foreach (var (i, option) in Bodies.OptionsOf(body).Index())
            if (option.Why is { } why) yield return $"【{Reason}】{RowText.Letter(i)}. {why}";
        if (body.Explanation.Length > 0) yield return $"【{Explanation}】{body.Explanation}";
        foreach (var evidence in body.Evidence) yield return $"【{Evidence}】{EvidenceText.Write(evidence)}";
    }

    private static IEnumerable<string> Answer(Question body) => body switch
    {
        TrueFalse statement => [statement.Answer ? "√" : "×"],
        Cloze cloze => cloze.Accepted,
        Ordering ordering => ordering.Items.Select((item, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {item}")),
        Matching matching => matching.Pairs.Select(pair => $"{pair.Left} {AskedText.Arrow} {pair.Right}"),
        Flashcard card => [card.Back],
        _ => Bodies.OptionsOf(body).Index().Where(option => option.Item.Correct).Select(option => $"{RowText.Letter(option.Index)}. {option.Item.Text}"),
    };

    private static QuestionRow Row(ImportedRow row)
    {
        if (row.Refusal is { } code) return QuestionRow.Refused(row.Line, row.Front, "Anki.Row." + code);
        var side = new Sides(row);
        var body = side.Body(MachineTags.TypeOf(row.Tags), out var why);
        if (body is null) return new QuestionRow(row.Line, RowText.Beginning(row.Front)) { Refusal = why };
        var read = new RowQuestion(body with { Explanation = string.Join('\n', side.Explanation), Evidence = EvidenceText.Read(side.Evidence) ?? [] })
        {
            Id = CardGuid.Read(row.Guid)?.Question,
            Key = row.Guid.Length > 0 ? row.Guid : null,
        };
        return new QuestionRow(row.Line, RowText.Beginning(body.Stem)) { Question = MachineTags.Read(read, row.Tags), Notes = [.. Notes(row)] };
    }

    private static IEnumerable<Why> Notes(ImportedRow row)
    {
        if (row.LosesMedia) yield return new Why("Media");
        if (row.OtherCards > 0) yield return new Why("OtherCards", row.OtherCards);
    }

    /// <summary>A note's sides, taken apart.</summary>
    private sealed class Sides
    {
        private readonly string _front;
        private readonly List<string> _answer = [];
        private readonly Dictionary<int, string> _reasons = [];

        public Sides(ImportedRow row)
        {
            _front = row.Front;
            string? field = null;
            foreach (var line in RowText.Lines(row.Back))
            {
                var (mark, text) = PaperMarks.FieldOf(line) is { } marked && line[0] == '【' ? marked : (null, line);
                field = mark ?? field;
                if (field is "reason" && mark is not null && text.Length > 2 && text[1] == '.') _reasons[text[0] - 'A'] = text[2..].Trim();
                else (field switch { "explanation" => Explanation, "evidence" => Evidence, "reason" => [], _ => _answer }).Add(text);
            }
        }

        public List<string> Explanation { get; } = [];
        public List<string> Evidence { get; } = [];

        public Question? Body(string? type, out Why? why)
        {
            why = null;
            var (stem, listed) = Listed();
            switch (type)
            {
                case QuestionTypes.TrueFalse when RowText.Judgement(string.Concat(_answer)) is { } answer: return Bodies.TrueFalse(_front, answer);
                case QuestionTypes.Cloze: return Bodies.Cloze(_front, _answer);
                case QuestionTypes.Ordering: return Bodies.Ordering(stem, [.. _answer.Select(Numbered)]);
                case QuestionTypes.Matching:
                    var pairs = _answer.Select(line => line.Split($" {AskedText.Arrow} ")).ToList();
                    why = pairs.TrueForAll(sides => sides.Length == 2) ? null : new Why("PairForm", RowText.Beginning(string.Join('\n', _answer)));
                    return why is null ? Bodies.Matching(stem, [.. pairs.Select(sides => new MatchPair(sides[0], sides[1]))]) : null;
                case QuestionTypes.SingleChoice or QuestionTypes.MultipleChoice:
                    var right = _answer.Where(line => line.Length > 0).Select(line => line[0] - 'A').ToHashSet();
                    return Bodies.Choice(stem, [.. listed.Select((text, i) => new Option(text, right.Contains(i), _reasons.GetValueOrDefault(i)))], type == QuestionTypes.MultipleChoice);
                default: return Bodies.Flashcard(_front, string.Join('\n', _answer));
            }
        }

        // The stem, and what is lettered below it; an option may go on over several lines
        private (string Stem, List<string> Listed) Listed()
        {
            var (stem, listed) = (new List<string>(), new List<string>());
            foreach (var line in _front.Split('\n'))
            {
                if (line.Length > 2 && line[0] == 'A' + listed.Count && line[1] == '.' && stem.Count > 0) listed.Add(line[2..].Trim());
                else if (listed.Count > 0) listed[^1] += "\n" + line;
                else stem.Add(line);
            }

            return (string.Join('\n', stem), listed);
        }

        private static string Numbered(string line) => line.IndexOf(". ", StringComparison.Ordinal) is > 0 and < 4 and var dot ? line[(dot + 2)..] : line;
    }
}
