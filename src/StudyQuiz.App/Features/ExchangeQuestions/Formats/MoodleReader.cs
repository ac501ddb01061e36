using System.Globalization;
using System.Xml.Linq;
using StudyQuiz.App.Features.ExchangeCards;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>Reads Moodle XML. Its texts are HTML: what they say is taken, pictures and sounds stay behind.</summary>
internal static class MoodleReader
{
    public static List<QuestionRow> Read(XElement quiz)
    {
        if (quiz.Name.LocalName != "quiz") throw new RefusedFileException(new Why("NotMoodle", quiz.Name.LocalName), SafeXml.LineOf(quiz));
        var rows = new List<QuestionRow>();
        string? category = null;
        foreach (var question in quiz.Elements("question").Take(GivenFile.MostRows + 1))
        {
            if (question.Attribute("type")?.Value == "category") category = question.Element("category")?.Element("text")?.Value.Trim();
            else rows.Add(new Entry(question, category).Row());
        }

        return rows;
    }

    private sealed class Entry(XElement question, string? category)
    {
        private readonly List<Why> _notes = [];
        private readonly string _stem = Plain(question.Element("questiontext"));

        public QuestionRow Row()
        {
            if (question.Descendants("file").Any() || AnkiText.HasMedia(question.Element("questiontext")?.Element("text")?.Value ?? "")) _notes.Add(new Why("Media"));
            var body = Body(out var why);
            if (body is null) return new QuestionRow(SafeXml.LineOf(question), RowText.Beginning(_stem.Length > 0 ? _stem : question.Element("name")?.Element("text")?.Value ?? "")) { Refusal = why };
            var explanation = Plain(question.Element("generalfeedback"));
            var read = new RowQuestion(body with { Explanation = explanation })
            {
                Id = question.Element("idnumber")?.Value.Trim() is { Length: > 0 } id ? id : null,
                KeyPoint = GiftReader.KeyPointOf(category),
            };
            read = MachineTags.Read(read, [.. question.Element("tags")?.Elements("tag").Select(tag => tag.Element("text")?.Value ?? "") ?? []]);
            return new QuestionRow(SafeXml.LineOf(question), RowText.Beginning(_stem)) { Question = read, Notes = _notes };
        }

        private Question? Body(out Why? why)
        {
            why = null;
            switch (question.Attribute("type")?.Value)
            {
                case "multichoice": return Choice();
                case "truefalse": return Judged(out why);
                case "shortanswer": return Typed(out why);
                case "numerical": return Numerical(out why);
                case "ordering": return Bodies.Ordering(_stem, [.. question.Elements("answer").Select(Plain)]);
                case "matching": return Bodies.Matching(_stem, [.. question.Elements("subquestion").Select(sub => new MatchPair(Plain(sub), Plain(sub.Element("answer")))).Where(pair => Keep(pair))]);
                case "essay": return Essay(out why);
                case "description": why = new Why("MoodleDescription"); return null;
                default: why = new Why("MoodleType", question.Attribute("type")?.Value ?? ""); return null;
            }
        }

        // A right side without a left one is there to mislead, which ours can't have
        private bool Keep(MatchPair pair)
        {
            if (pair.Left.Length > 0) return true;
            _notes.Add(new Why("ExtraRight"));
            return false;
        }

        private Question Choice()
        {
            var answers = question.Elements("answer").Select(answer => (Text: Plain(answer), Share: Fraction(answer), Why: Plain(answer.Element("feedback")))).ToList();
            // Moodle's own word for a single choice is that one answer has all the credit
            var isMultiple = question.Element("single")?.Value.Trim() is "false" or "0";
            var positive = answers.Where(answer => answer.Share > 0).ToList();
            if (isMultiple ? positive.Select(answer => answer.Share).Distinct().Count() > 1 : positive.Exists(answer => answer.Share < 100)) _notes.Add(new Why("Weights"));
            return Bodies.Choice(_stem, [.. answers.Select(answer => new Option(answer.Text, isMultiple ? answer.Share > 0 : answer.Share >= 100, answer.Why.Length > 0 ? answer.Why : null))], isMultiple && positive.Count != 1);
        }

        private Question? Judged(out Why? why)
        {
            var right = question.Elements("answer").FirstOrDefault(answer => Fraction(answer) >= 100);
            if (question.Elements("answer").Any(answer => Plain(answer.Element("feedback")).Length > 0)) _notes.Add(new Why("TrueFalseFeedback"));
            var judgement = right is null ? null : RowText.Judgement(Plain(right));
            why = judgement is null ? new Why("NoneRight") : null;
            return judgement is { } answer ? Bodies.TrueFalse(_stem, answer) : null;
        }

        private Question? Typed(out Why? why)
        {
            var answers = question.Elements("answer").ToList();
            why = answers.Exists(answer => Plain(answer).Contains('*', StringComparison.Ordinal)) ? new Why("Wildcard") : null;
            if (why is not null) return null;
            NoteWhatIsLost(answers);
            return Bodies.Cloze(Gapped(), [.. answers.Where(answer => Fraction(answer) >= 100).Select(Plain).Distinct(StringComparer.Ordinal)]);
        }

        private Question? Numerical(out Why? why)
        {
            NoteWhatIsLost([.. question.Elements("answer")]);
            var answers = question.Elements("answer").Where(answer => Fraction(answer) >= 100).ToList();
            why = answers.Exists(answer => Number(answer.Element("tolerance")?.Value) != 0) ? new Why("Tolerance") : null;
            return why is null ? Bodies.Cloze(Gapped(), [.. answers.Select(Plain)]) : null;
        }

        private void NoteWhatIsLost(List<XElement> answers)
        {
            if (answers.Exists(answer => Fraction(answer) is > 0 and < 100)) _notes.Add(new Why("Weights"));
            if (answers.Exists(answer => Plain(answer.Element("feedback")).Length > 0)) _notes.Add(new Why("AnswerFeedback"));
        }

        private Question? Essay(out Why? why)
        {
            var back = Plain(question.Element("graderinfo"));
            why = back.Length == 0 ? new Why("MoodleEssay") : null;
            return why is null ? Bodies.Flashcard(_stem, back) : null;
        }

        private string Gapped() => RowText.Blanks(RowText.WithBlanks(_stem)) > 0 ? RowText.WithBlanks(_stem) : _stem + Cloze.Blank;

        private static decimal Fraction(XElement answer) => Number(answer.Attribute("fraction")?.Value);

        private static decimal Number(string? text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;

        private static string Plain(XElement? element)
        {
            var text = element?.Element("text")?.Value ?? (element?.HasElements == false ? element.Value : "");
            return element?.Attribute("format")?.Value is "plain_text" or "markdown" ? AnkiText.Tidy(text) : AnkiText.ToPlain(text);
        }
    }
}
