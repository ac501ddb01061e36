using System.Text;
using System.Xml.Linq;
using StudyQuiz.App.Features.ExchangeCards;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>Reads items of QTI 2.x and 3.0, alone or in a package. The versions differ in how they spell their names, which are compared without prefix, hyphens and case.</summary>
internal static class QtiReader
{
    private const string Manifest = "imsmanifest.xml";
    private static readonly string[] Media = ["img", "object", "audio", "video", "math", "svg", "picture"];

    public static bool IsItem(XElement root) => Is(root, "assessmentitem");

    public static List<QuestionRow> Read(XElement root)
    {
        if (!IsItem(root)) throw new RefusedFileException(new Why(Is(root, "assessmenttest") ? "QtiTest" : "NotQti", root.Name.LocalName), SafeXml.LineOf(root));
        return [new Item(root, null).Row()];
    }

    public static List<QuestionRow> Read(SafeArchive archive)
    {
        var manifest = Load(archive, Manifest) ?? throw new RefusedFileException("NoManifest");
        var rows = new List<QuestionRow>();
        foreach (var resource in manifest.Descendants().Where(element => Is(element, "resource")))
        {
            var kind = Attribute(resource, "type") ?? "";
            if (!kind.Contains("item", StringComparison.OrdinalIgnoreCase) || Attribute(resource, "href") is not { } href) continue;
            if (rows.Count > GivenFile.MostRows) break;
            rows.Add(OfResource(archive, resource, href));
        }

        return rows;
    }

    private static QuestionRow OfResource(SafeArchive archive, XElement resource, string href)
    {
        var line = SafeXml.LineOf(resource);
        try
        {
            if (Load(archive, Uri.UnescapeDataString(href)) is not { } item) return QuestionRow.Refused(line, href, "QtiMissing", RowText.Beginning(href)) with { File = Manifest };
            return IsItem(item) ? new Item(item, resource).Row() with { File = href } : QuestionRow.Refused(SafeXml.LineOf(item), href, "NotQti", item.Name.LocalName) with { File = href };
        }
        catch (RefusedFileException broken) when (broken.Why.Code is "Malformed" or "DeepXml")
        {
            return new QuestionRow(broken.Line, RowText.Beginning(href)) { Refusal = broken.Why, File = href };
        }
    }

    private static XElement? Load(SafeArchive archive, string name) => archive.Has(name) ? SafeXml.Load(() => SafeXml.Open(archive.Read(name)!)) : null;

    private static string NameOf(XName name)
    {
        var plain = name.LocalName.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        return plain.StartsWith("qti", StringComparison.Ordinal) ? plain[3..] : plain;
    }

    private static bool Is(XElement element, string name) => NameOf(element.Name) == name;

    private static string? Attribute(XElement element, string name) => element.Attributes().FirstOrDefault(attribute => NameOf(attribute.Name) == name)?.Value.Trim();

    /// <summary>An item, with what the manifest says of it.</summary>
    private sealed class Item(XElement item, XElement? resource)
    {
        private readonly List<Why> _notes = [];
        private readonly Dictionary<string, string> _back = new(StringComparer.Ordinal);

        public QuestionRow Row()
        {
            var line = SafeXml.LineOf(item);
            var body = item.Elements().FirstOrDefault(element => Is(element, "itembody"));
            var interactions = body?.Descendants().Where(element => NameOf(element.Name).EndsWith("interaction", StringComparison.Ordinal)).ToList() ?? [];
            var shown = body is null ? Attribute(item, "title") ?? "" : Plain(body, null);
            if (body is null || interactions.Count == 0) return QuestionRow.Refused(line, shown, "QtiNothing");
            if (interactions.Count > 1) return QuestionRow.Refused(line, shown, "QtiSeveral", interactions.Count);
            if (body.Descendants().Any(element => Media.Contains(NameOf(element.Name), StringComparer.Ordinal))) _notes.Add(new Why("Media"));
            foreach (var rubric in body.Descendants().Where(element => Is(element, "rubricblock"))) _back["scorer"] = Plain(rubric, null);
            var question = Body(body, interactions[0], out var why);
            if (question is null) return new QuestionRow(line, RowText.Beginning(shown)) { Refusal = why };
            var explanation = string.Join('\n', item.Elements().Where(element => Is(element, "modalfeedback")).Select(element => Plain(element, null)));
            var read = new RowQuestion(question with { Explanation = explanation }) { Id = Attribute(item, "identifier") is { Length: > 0 } id ? id.TrimStart('_') : null };
            if (read.Id is { } given && !IsId(given)) read = read with { Id = null };
            return new QuestionRow(line, RowText.Beginning(question.Stem)) { Question = MachineTags.Read(read, Keywords()), Notes = _notes };
        }

        // What other systems call their items need not be a name of ours
        private static bool IsId(string id) => id.Length <= 100 && id.Length > 0 && char.IsAsciiLetterOrDigit(id[0]) && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');

        private List<string> Keywords() => [.. resource?.Descendants().Where(element => Is(element, "keyword")).Select(element => element.Value.Trim()) ?? []];

        private Question? Body(XElement body, XElement interaction, out Why? why)
        {
            why = null;
            var declaration = item.Elements().FirstOrDefault(element => Is(element, "responsedeclaration") && Attribute(element, "identifier") == Attribute(interaction, "responseidentifier"));
            var correct = declaration?.Elements().Where(element => Is(element, "correctresponse")).Descendants().Where(element => Is(element, "value")).Select(element => element.Value.Trim()).ToList() ?? [];
            var stem = Plain(body, interaction);
            switch (NameOf(interaction.Name))
            {
                case "choiceinteraction": return Choice(interaction, declaration, correct, stem, out why);
                case "textentryinteraction": return Bodies.Cloze(RowText.Blanks(stem) == 1 ? stem : RowText.WithBlanks(stem), [.. correct.Concat(Mapped(declaration)).Distinct(StringComparer.Ordinal)]);
                case "orderinteraction":
                    var items = Choices(interaction, "simplechoice");
                    if (correct.Count == 0 || correct.Exists(id => !items.ContainsKey(id))) why = new Why("QtiCorrect");
                    return why is null ? Bodies.Ordering(stem, [.. correct.Select(id => items[id].Text)]) : null;
                case "matchinteraction" or "associateinteraction": return Paired(interaction, correct, stem, out why);
                case "extendedtextinteraction":
                    var back = _back.GetValueOrDefault("scorer") ?? string.Join('\n', correct);
                    if (back.Length == 0) why = new Why("QtiEssay");
                    return why is null ? Bodies.Flashcard(stem, back) : null;
                default:
                    why = new Why("QtiInteraction", interaction.Name.LocalName);
                    return null;
            }
        }

        // Further wordings that count in full
        private static IEnumerable<string> Mapped(XElement? declaration)
        {
            var entries = declaration?.Descendants().Where(element => Is(element, "mapentry")).Select(element => (Key: Attribute(element, "mapkey") ?? "", Value: decimal.TryParse(Attribute(element, "mappedvalue"), System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : 0)).ToList() ?? [];
            var most = entries.Select(entry => entry.Value).DefaultIfEmpty().Max();
            return entries.Where(entry => entry.Value > 0 && entry.Value == most).Select(entry => entry.Key);
        }

        private static Question? Choice(XElement interaction, XElement? declaration, List<string> correct, string stem, out Why? why)
        {
            var choices = Choices(interaction, "simplechoice");
            why = correct.Count == 0 || correct.Exists(id => !choices.ContainsKey(id)) ? new Why("QtiCorrect") : null;
            if (why is not null) return null;
            var isMultiple = declaration is not null && Attribute(declaration, "cardinality") == "multiple" && correct.Count > 1;
            if (choices.Count == 2 && correct.Count == 1 && choices.Keys.All(id => id is "true" or "false")) return Bodies.TrueFalse(stem, correct[0] == "true");
            if (choices.Count == 2 && correct.Count == 1 && choices.Values.Select(choice => RowText.Judgement(choice.Text)).ToList() is [{ } first, { } second] && first != second) return Bodies.TrueFalse(stem, RowText.Judgement(choices[correct[0]].Text)!.Value);
            return Bodies.Choice(stem, [.. choices.Select(choice => new Option(choice.Value.Text, correct.Contains(choice.Key), choice.Value.Why))], isMultiple);
        }

        private static Question? Paired(XElement interaction, List<string> correct, string stem, out Why? why)
        {
            why = null;
            var choices = Choices(interaction, "simpleassociablechoice");
            var pairs = new List<MatchPair>();
            foreach (var pair in correct)
            {
                if (pair.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var left, var right] && choices.TryGetValue(left, out var one) && choices.TryGetValue(right, out var other)) pairs.Add(new MatchPair(one.Text, other.Text));
                else why = new Why("QtiCorrect");
            }

            return why is null ? Bodies.Matching(stem, pairs) : null;
        }

        private static Dictionary<string, (string Text, string? Why)> Choices(XElement interaction, string name)
        {
            var choices = new Dictionary<string, (string, string?)>(StringComparer.Ordinal);
            foreach (var choice in interaction.Descendants().Where(element => Is(element, name)))
            {
                var why = choice.Descendants().FirstOrDefault(element => Is(element, "feedbackinline"));
                choices.TryAdd(Attribute(choice, "identifier") ?? "", (Plain(choice, null), why is null ? null : Plain(why, null, isFeedback: true)));
            }

            return choices;
        }

        /// <summary>What an element says; an interaction for typing is a blank, any other leaves its prompt.</summary>
        private static string Plain(XElement element, XElement? interaction, bool isFeedback = false)
        {
            var text = new StringBuilder();
            Append(element, isTop: true);
            return AnkiText.Tidy(text.ToString());

            void Append(XElement within, bool isTop)
            {
                var name = NameOf(within.Name);
                if (!isTop && !isFeedback && name is "feedbackinline" or "rubricblock" or "stylesheet") return;
                if (name == "textentryinteraction") text.Append(Cloze.Blank);
                var isInteraction = name.EndsWith("interaction", StringComparison.Ordinal);
                var isBlock = name is "p" or "div" or "li" or "br" or "tr" or "prompt" or "blockquote" or "h1" or "h2" or "h3" or "pre" || (isInteraction && name != "textentryinteraction");
                if (isBlock) text.Append('\n');
                foreach (var node in within.Nodes())
                {
                    if (node is XText words) text.Append(Spaces(words.Value, within));
                    else if (node is XElement child && (!isInteraction || Is(child, "prompt"))) Append(child, isTop: false);
                }

                if (isBlock) text.Append('\n');
            }
        }

        // White space that only sets the file in order
        private static string Spaces(string text, XElement within) => NameOf(within.Name) == "pre" || within.Attribute(XNamespace.Xml + "space")?.Value == "preserve"
            ? text
            : string.Join(' ', text.Split(['\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries).Select((line, i) => i == 0 ? line : line.TrimStart()).Where(line => !string.IsNullOrWhiteSpace(line)));
    }
}
