using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace StudyQuiz.Generation.Banks;

/// <summary>A YAML document as text, lists and maps with their lines; nothing in it can name a type or refer to another node.</summary>
internal abstract record YamlNode(int Line);

/// <param name="Plain">Written without quotes, so that <c>true</c>, <c>3</c> or nothing at all may be meant.</param>
internal sealed record YamlText(int Line, string Value, bool Plain) : YamlNode(Line);

internal sealed record YamlList(int Line, IReadOnlyList<YamlNode> Items) : YamlNode(Line);

internal sealed record YamlMap(int Line, IReadOnlyDictionary<string, YamlNode> Fields) : YamlNode(Line);

/// <summary>Parses by events, so that a hostile file is refused at its first alias or its first level too deep, before it costs anything.</summary>
internal sealed class YamlTree
{
    // a key point tree takes two levels a generation
    private const int DeepestLevel = 32;
    private readonly Parser _parser;

    private YamlTree(string yaml) => _parser = new Parser(new StringReader(yaml));

    /// <exception cref="YamlException">Not YAML, or YAML that a bank must not hold; the message and the mark say what and where.</exception>
    public static YamlNode Parse(string yaml)
    {
        var tree = new YamlTree(yaml);
        tree._parser.Consume<StreamStart>();
        if (tree._parser.TryConsume<StreamEnd>(out _)) return new YamlText(1, "", Plain: true);
        tree._parser.Consume<DocumentStart>();
        var root = tree.Node(DeepestLevel);
        tree._parser.Consume<DocumentEnd>();
        if (!tree._parser.Accept<StreamEnd>(out _)) throw Refusal(tree._parser.Current!, "A second document begins: a bank file holds one.");
        return root;
    }

    private YamlNode Node(int levelsLeft)
    {
        var start = _parser.Consume<ParsingEvent>();
        if (levelsLeft == 0) throw Refusal(start, "The file is nested too deeply.");
        if (start is NodeEvent { Anchor.IsEmpty: false } or AnchorAlias) throw Refusal(start, "Anchors (&) and aliases (*) are not allowed: write the text out, or put it in quotes.");
        if (start is NodeEvent { Tag: { IsEmpty: false, IsNonSpecific: false } }) throw Refusal(start, "Tags (!) are not allowed: put the text in quotes.");
        return start switch
        {
            Scalar scalar => new YamlText(Line(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain),
            SequenceStart => new YamlList(Line(start), Items(levelsLeft - 1)),
            MappingStart => new YamlMap(Line(start), Fields(levelsLeft - 1)),
            _ => throw Refusal(start, "Nothing stands here."),
        };
    }

    private List<YamlNode> Items(int levelsLeft)
    {
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(Node(levelsLeft));
        return items;
    }

    private Dictionary<string, YamlNode> Fields(int levelsLeft)
    {
        var fields = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var at = _parser.Current!;
            if (Node(levelsLeft) is not YamlText key) throw Refusal(at, "A field's name must be text.");
            if (!fields.TryAdd(key.Value, Node(levelsLeft))) throw Refusal(at, $"The field '{key.Value}' stands here twice: keep one.");
        }

        return fields;
    }

    private static int Line(ParsingEvent at) => int.CreateSaturating(at.Start.Line);

    private static YamlException Refusal(ParsingEvent at, string message)
    {
        var (start, end) = (at.Start, at.End);
        return new YamlException(start, end, message);
    }
}
