using System.Globalization;
using System.Text;
using System.Xml;
using StudyQuiz.App.Features.ExchangeCards;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>Writes Moodle XML: a category a key point, the id as id number, the back of a flashcard as what the grader sees.</summary>
internal static class MoodleWriter
{
    public static byte[] Write(BankFile bank)
    {
        using var file = new MemoryStream();
        using (var xml = XmlWriter.Create(file, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            var headings = bank.AllKeyPoints().ToDictionary(point => point.Id, point => point.Heading, StringComparer.Ordinal);
            string? category = null;
            xml.WriteStartElement("quiz");
            foreach (var question in bank.Questions)
            {
                if (question.KeyPoint != category) Category(xml, GiftWriter.CategoryOf(bank, question.KeyPoint, headings));
                category = question.KeyPoint;
                Write(xml, question, bank.IsChinese());
            }

            xml.WriteEndElement();
        }

        return file.ToArray();
    }

    private static void Category(XmlWriter xml, string path)
    {
        xml.WriteStartElement("question");
        xml.WriteAttributeString("type", "category");
        Text(xml, "category", "$course$/top/" + path);
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, BankQuestion question, bool isChinese)
    {
        var body = question.Body;
        xml.WriteStartElement("question");
        xml.WriteAttributeString("type", TypeOf(body));
        Text(xml, "name", question.Id);
        Html(xml, "questiontext", body.Stem);
        Html(xml, "generalfeedback", body.Explanation);
        xml.WriteElementString("defaultgrade", "1.0000000");
        xml.WriteElementString("penalty", "0.3333333");
        xml.WriteElementString("hidden", "0");
        xml.WriteElementString("idnumber", question.Id);
        Answers(xml, body, isChinese);
        xml.WriteStartElement("tags");
        foreach (var tag in MachineTags.Of(question)) Text(xml, "tag", tag);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static string TypeOf(Question body) => body switch
    {
        TrueFalse => "truefalse",
        Cloze => "shortanswer",
        Ordering => "ordering",
        Matching => "matching",
        Flashcard => "essay",
        _ => "multichoice",
    };

    private static void Answers(XmlWriter xml, Question body, bool isChinese)
    {
        switch (body)
        {
            case TrueFalse statement:
                Answer(xml, "true", statement.Answer ? "100" : "0", null, "moodle_auto_format");
                Answer(xml, "false", statement.Answer ? "0" : "100", null, "moodle_auto_format");
                break;
            case Cloze cloze:
                xml.WriteElementString("usecase", "0");
                foreach (var text in cloze.Accepted) Answer(xml, text, "100", null, "plain_text");
                break;
            case Ordering ordering:
                foreach (var (name, value) in new[] { ("layouttype", "VERTICAL"), ("selecttype", "ALL"), ("selectcount", "0"), ("gradingtype", "ABSOLUTE_POSITION"), ("showgrading", "SHOW"), ("numberingstyle", "none") }) xml.WriteElementString(name, value);
                foreach (var (i, item) in ordering.Items.Index()) Answer(xml, item, string.Create(CultureInfo.InvariantCulture, $"{i + 1}.0000000"), null, "html");
                break;
            case Matching matching:
                xml.WriteElementString("shuffleanswers", "true");
                foreach (var pair in matching.Pairs)
                {
                    xml.WriteStartElement("subquestion");
                    xml.WriteAttributeString("format", "html");
                    xml.WriteElementString("text", AnkiText.ToHtml(pair.Left));
                    Text(xml, "answer", pair.Right);
                    xml.WriteEndElement();
                }

                break;
            case Flashcard card:
                xml.WriteElementString("responseformat", "editor");
                Html(xml, "graderinfo", card.Back);
                break;
            default:
                Choice(xml, Bodies.OptionsOf(body), body is SingleChoice, isChinese);
                break;
        }
    }

    private static void Choice(XmlWriter xml, IReadOnlyList<Option> options, bool isSingle, bool isChinese)
    {
        xml.WriteElementString("single", isSingle ? "true" : "false");
        xml.WriteElementString("shuffleanswers", "true");
        xml.WriteElementString("answernumbering", isChinese ? "ABCD" : "abc");
        var share = isSingle ? "100" : Math.Round(100m / options.Count(option => option.Correct), 5).ToString(CultureInfo.InvariantCulture);
        foreach (var option in options) Answer(xml, option.Text, option.Correct ? share : isSingle ? "0" : "-100", option.Why, "html");
    }

    private static void Answer(XmlWriter xml, string text, string fraction, string? why, string format)
    {
        xml.WriteStartElement("answer");
        xml.WriteAttributeString("fraction", fraction);
        xml.WriteAttributeString("format", format);
        xml.WriteElementString("text", format == "html" ? AnkiText.ToHtml(text) : text);
        if (why is not null) Html(xml, "feedback", why);
        xml.WriteEndElement();
    }

    private static void Html(XmlWriter xml, string name, string text)
    {
        xml.WriteStartElement(name);
        xml.WriteAttributeString("format", "html");
        xml.WriteElementString("text", AnkiText.ToHtml(text));
        xml.WriteEndElement();
    }

    private static void Text(XmlWriter xml, string name, string text)
    {
        xml.WriteStartElement(name);
        xml.WriteElementString("text", text);
        xml.WriteEndElement();
    }
}
