using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>Writes a package of QTI items, 2.1 or 3.0. What an item has no place for, the key point, the difficulty and the tags, are keywords of the manifest.</summary>
internal sealed class QtiWriter(XmlWriter xml, bool isThree, bool isChinese)
{
    private const string Response = "RESPONSE";
    private const string Feedback = "FEEDBACK";
    private const string Explained = "EXPLANATION";

    public static byte[] Write(BankFile bank, bool isThree)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(zip, "imsmanifest.xml", xml => Manifest(xml, bank, isThree));
            foreach (var question in bank.Questions) Part(zip, PathOf(question), xml => new QtiWriter(xml, isThree, bank.IsChinese()).Item(question, bank.Source.Language));
        }

        return file.ToArray();
    }

    private static void Part(ZipArchive zip, string name, Action<XmlWriter> write)
    {
        using var entry = zip.CreateEntry(name).Open();
        using var xml = XmlWriter.Create(entry, new XmlWriterSettings { Encoding = new UTF8Encoding(false), NewLineChars = "\n" });
        write(xml);
    }

    private static string PathOf(BankQuestion question) => $"items/{question.Id}.xml";

    // The name of an item must begin with a letter or a low line, ours may begin with a digit
    private static string IdentifierOf(string id) => char.IsAsciiLetter(id[0]) ? id : "_" + id;

    private static void Manifest(XmlWriter xml, BankFile bank, bool isThree)
    {
        var space = isThree ? "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" : "http://www.imsglobal.org/xsd/imscp_v1p1";
        xml.WriteStartElement("manifest", space);
        xml.WriteAttributeString("identifier", "M-" + bank.Source.Slug);
        xml.WriteStartElement("metadata", space);
        xml.WriteElementString("schema", space, isThree ? "QTI Package" : "QTIv2.1 Package");
        xml.WriteElementString("schemaversion", space, isThree ? "3.0.0" : "1.0.0");
        xml.WriteEndElement();
        xml.WriteElementString("organizations", space, "");
        xml.WriteStartElement("resources", space);
        foreach (var question in bank.Questions)
        {
            xml.WriteStartElement("resource", space);
            xml.WriteAttributeString("identifier", "R-" + question.Id);
            xml.WriteAttributeString("type", isThree ? "imsqti_item_xmlv3p0" : "imsqti_item_xmlv2p1");
            xml.WriteAttributeString("href", PathOf(question));
            xml.WriteStartElement("metadata", space);
            Lom(xml, question, bank.Source.Language);
            xml.WriteEndElement();
            xml.WriteStartElement("file", space);
            xml.WriteAttributeString("href", PathOf(question));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Lom(XmlWriter xml, BankQuestion question, string language)
    {
        const string space = "http://ltsc.ieee.org/xsd/LOM";
        xml.WriteStartElement("lom", space);
        xml.WriteStartElement("general", space);
        foreach (var tag in MachineTags.Of(question))
        {
            xml.WriteStartElement("keyword", space);
            xml.WriteStartElement("string", space);
            xml.WriteAttributeString("language", language);
            xml.WriteString(tag);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void Item(BankQuestion question, string language)
    {
        var body = question.Body;
        Start("assessmentItem");
        Attributes(("identifier", IdentifierOf(question.Id)), ("title", question.Id), ("adaptive", "false"), ("timeDependent", "false"));
        xml.WriteAttributeString("xml", "lang", null, language);
        Declaration(body);
        Start("outcomeDeclaration", ("identifier", "SCORE"), ("cardinality", "single"), ("baseType", "float"));
        xml.WriteEndElement();
        if (body.Explanation.Length > 0 || Bodies.OptionsOf(body).Any(option => option.Why is not null))
        {
            Start("outcomeDeclaration", ("identifier", Feedback), ("cardinality", "multiple"), ("baseType", "identifier"));
            xml.WriteEndElement();
        }

        Start("itemBody");
        Asked(body);
        xml.WriteEndElement();
        Start("responseProcessing", ("template", isThree
            ? "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"
            : "http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"));
        xml.WriteEndElement();
        if (body.Explanation.Length > 0)
        {
            Start("modalFeedback", ("outcomeIdentifier", Feedback), ("identifier", Explained), ("showHide", "show"));
            if (isThree) Start("contentBody");
            Paragraphs(body.Explanation);
            if (isThree) xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void Declaration(Question body)
    {
        var (cardinality, type, values) = body switch
        {
            TrueFalse statement => ("single", "identifier", [statement.Answer ? "true" : "false"]),
            Cloze cloze => ("single", "string", cloze.Accepted.Take(1)),
            Ordering ordering => ("ordered", "identifier", ordering.Items.Select((_, i) => RowText.Letter(i))),
            Matching matching => ("multiple", "directedPair", matching.Pairs.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"L{i + 1} R{i + 1}"))),
            Flashcard => ("single", "string", Enumerable.Empty<string>()),
            _ => (body is SingleChoice ? "single" : "multiple", "identifier", Bodies.OptionsOf(body).Index().Where(option => option.Item.Correct).Select(option => RowText.Letter(option.Index))),
        };
        Start("responseDeclaration", ("identifier", Response), ("cardinality", cardinality), ("baseType", type));
        if (body is not Flashcard)
        {
            Start("correctResponse");
            foreach (var value in values)
            {
                Start("value");
                xml.WriteString(value);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        if (body is Cloze { Accepted.Count: > 1 } typed)
        {
            Start("mapping", ("defaultValue", "0"));
            foreach (var text in typed.Accepted)
            {
                Start("mapEntry", ("mapKey", text), ("mappedValue", "1"), ("caseSensitive", "false"));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void Asked(Question body)
    {
        switch (body)
        {
            case Cloze:
                xml.WriteStartElement("p", Space);
                foreach (var (i, part) in body.Stem.Split(Cloze.Blank).Index())
                {
                    if (i > 0)
                    {
                        Start("textEntryInteraction", ("responseIdentifier", Response));
                        xml.WriteEndElement();
                    }

                    Lines(part);
                }

                xml.WriteEndElement();
                break;
            case TrueFalse:
                Interaction("choiceInteraction", body.Stem, ("shuffle", "false"), ("maxChoices", "1"));
                Choice("simpleChoice", "true", isChinese ? "对" : "True", null);
                Choice("simpleChoice", "false", isChinese ? "错" : "False", null);
                xml.WriteEndElement();
                break;
            case Ordering ordering:
                Interaction("orderInteraction", body.Stem, ("shuffle", "true"));
                foreach (var (i, item) in ordering.Items.Index()) Choice("simpleChoice", RowText.Letter(i), item, null);
                xml.WriteEndElement();
                break;
            case Matching matching:
                Interaction("matchInteraction", body.Stem, ("shuffle", "true"), ("maxAssociations", matching.Pairs.Count.ToString(CultureInfo.InvariantCulture)));
                Sides(matching.Pairs.Select(pair => pair.Left), "L");
                Sides(matching.Pairs.Select(pair => pair.Right), "R");
                xml.WriteEndElement();
                break;
            case Flashcard card:
                Interaction("extendedTextInteraction", body.Stem);
                xml.WriteEndElement();
                Start("rubricBlock", ("view", "scorer"));
                if (isThree) Attributes(("use", "scoring"));
                if (isThree) Start("contentBody");
                Paragraphs(card.Back);
                if (isThree) xml.WriteEndElement();
                xml.WriteEndElement();
                break;
            default:
                Interaction("choiceInteraction", body.Stem, ("shuffle", "true"), ("maxChoices", body is SingleChoice ? "1" : "0"));
                foreach (var (i, option) in Bodies.OptionsOf(body).Index()) Choice("simpleChoice", RowText.Letter(i), option.Text, option.Why);
                xml.WriteEndElement();
                break;
        }
    }

    private void Sides(IEnumerable<string> texts, string letter)
    {
        Start("simpleMatchSet");
        foreach (var (i, text) in texts.Index())
        {
            Start("simpleAssociableChoice", ("identifier", string.Create(CultureInfo.InvariantCulture, $"{letter}{i + 1}")), ("matchMax", "1"));
            Lines(text);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void Choice(string element, string identifier, string text, string? why)
    {
        Start(element, ("identifier", identifier));
        Lines(text);
        if (why is not null)
        {
            Start("feedbackInline", ("outcomeIdentifier", Feedback), ("identifier", identifier), ("showHide", "show"));
            Lines(why);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void Interaction(string name, string prompt, params (string Name, string Value)[] attributes)
    {
        Start(name, [("responseIdentifier", Response), .. attributes]);
        Start("prompt");
        Lines(prompt);
        xml.WriteEndElement();
    }

    private void Paragraphs(string text)
    {
        foreach (var line in text.Split('\n')) xml.WriteElementString("p", Space, line);
    }

    private void Lines(string text)
    {
        foreach (var (i, line) in text.Split('\n').Index())
        {
            if (i > 0) xml.WriteElementString("br", Space, "");
            xml.WriteString(line);
        }
    }

    private string Space => isThree ? "http://www.imsglobal.org/xsd/imsqtiasi_v3p0" : "http://www.imsglobal.org/xsd/imsqti_v2p1";

    private void Start(string name, params (string Name, string Value)[] attributes)
    {
        xml.WriteStartElement(isThree ? "qti-" + Hyphened(name) : name, Space);
        Attributes(attributes);
    }

    private void Attributes(params (string Name, string Value)[] attributes)
    {
        foreach (var (name, value) in attributes) xml.WriteAttributeString(isThree ? Hyphened(name) : name, value);
    }

    // choiceInteraction is choice-interaction in 3.0
    private static string Hyphened(string name) => string.Concat(name.Select(c => char.IsAsciiLetterUpper(c) ? "-" + char.ToLowerInvariant(c) : c.ToString()));
}
