using System.Globalization;

namespace StudyQuiz.Generation.Banks;

/// <summary>
/// The fields of one map. Each reading method takes a field off; what is wrong is noted and a stand-in returned, so that one
/// pass finds every error.
/// </summary>
internal sealed class BankFields(YamlMap map, string item, string path, List<BankError> errors)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>What errors call this map; the id once it is known.</summary>
    public string Item { get; private set; } = item;

    public int Line => map.Line;

    /// <summary>Reads the id, by which later errors call this item.</summary>
    /// <param name="taken">Ids of its kind so far; this one is added.</param>
    public string Id(string field, HashSet<string> taken)
    {
        var id = Text(field);
        if (id.Length == 0) return id;
        if (!taken.Add(id)) Wrong(field, $"'{id}' is already the id of another: give each its own.");
        if (id.Length > 100 || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_') || !char.IsAsciiLetterOrDigit(id[0]))
            Wrong(field, $"'{id}' can't be used as an id: take up to 100 letters a to z, digits, '-', '.' and '_', beginning with a letter or digit.");
        else Item = id;
        return id;
    }

    /// <summary>A text that must be there and say something.</summary>
    public string Text(string field)
    {
        var text = OptionalText(field);
        if (string.IsNullOrWhiteSpace(text) && errors.LastOrDefault()?.Field != path + field) Wrong(field, "is missing: give it a text.");
        return text ?? "";
    }

    /// <summary>A text, or null where the field is absent or empty.</summary>
    public string? OptionalText(string field) => Take(field) switch
    {
        YamlText text => text.Value,
        null => null,
        var other => Wrong(field, "must be one text, not a list or map.", other) ? "" : null,
    };

    public int Number(string field, int least, int most)
    {
        var text = OptionalText(field);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Wrong(field, $"must be a whole number from {least} to {most}{(text is null ? "" : $", not '{text}'")}.");
        return least;
    }

    /// <param name="whenAbsent">Null where the field must be there.</param>
    public bool Flag(string field, bool? whenAbsent = null)
    {
        switch (Take(field))
        {
            case null when whenAbsent is { } value: return value;
            case YamlText { Plain: true, Value: "true" }: return true;
            case YamlText { Plain: true, Value: "false" }: return false;
            default:
                Wrong(field, "must be true or false, without quotes.");
                return false;
        }
    }

    /// <summary>One of an enumeration's names in lower case.</summary>
    public T OneOf<T>(string field) where T : struct, Enum
    {
        var text = OptionalText(field);
        foreach (var value in Enum.GetValues<T>())
            if (text == Names.Of(value)) return value;
        Wrong(field, $"must be one of {string.Join(", ", Enum.GetValues<T>().Select(Names.Of))}{(text is null ? "" : $", not '{text}'")}.");
        return default;
    }

    /// <summary>A list of texts; empty where the field is absent.</summary>
    public IReadOnlyList<string> Texts(string field)
    {
        var texts = new List<string>();
        foreach (var node in Nodes(field))
        {
            if (node is YamlText { Value: var text } && !string.IsNullOrWhiteSpace(text)) texts.Add(text);
            else Wrong(field, "every entry must be a text.", node);
        }

        return texts;
    }

    /// <summary>A list of maps; empty where the field is absent.</summary>
    /// <param name="named">The maps have ids of their own; else errors name them by their place under this item.</param>
    public IEnumerable<BankFields> Maps(string field, bool named = false)
    {
        var position = 0;
        foreach (var node in Nodes(field))
        {
            position++;
            var place = string.Create(CultureInfo.InvariantCulture, $"{path}{field}[{position}]");
            if (node is not YamlMap entry) Wrong(field, "every entry must be a map.", node);
            else yield return named ? new BankFields(entry, place, "", errors) : new BankFields(entry, Item, place + ".", errors);
        }
    }

    /// <summary>A map that must be there.</summary>
    public BankFields Map(string field)
    {
        if (Take(field) is YamlMap found) return new BankFields(found, field, "", errors);
        Wrong(field, "is missing: it must be a map of fields.");
        return new BankFields(new YamlMap(map.Line, new Dictionary<string, YamlNode>(StringComparer.Ordinal)), field, "", errors);
    }

    /// <summary>Notes every field that nothing has read.</summary>
    public void NothingElse()
    {
        foreach (var (field, node) in map.Fields)
            if (!_read.Contains(field)) Wrong(field, "is not a field of this item: check its spelling, or take it out.", node);
    }

    /// <summary>Notes an error of a field. Always true, so that it can stand in an expression.</summary>
    public bool Wrong(string field, string message, YamlNode? at = null)
    {
        var line = (at ?? map.Fields.GetValueOrDefault(field) ?? map).Line;
        if (errors.Count < BankReading.MostErrors) errors.Add(new BankError(line, Item, path + field, message));
        return true;
    }

    private IReadOnlyList<YamlNode> Nodes(string field)
    {
        switch (Take(field))
        {
            case null: return [];
            case YamlList list: return list.Items;
            default:
                Wrong(field, "must be a list.");
                return [];
        }
    }

    private YamlNode? Take(string field)
    {
        _read.Add(field);
        return map.Fields.GetValueOrDefault(field) is YamlText { Plain: true, Value: "" or "~" or "null" } ? null : map.Fields.GetValueOrDefault(field);
    }
}
