using System.Text.Json;
using System.Text.Json.Serialization;

namespace StudyQuiz.Generation.Proposals;

/// <summary>A question as a language model proposes it. Nothing in it is trusted.</summary>
/// <param name="Fact">Id of the fact that it asks about, one of those offered.</param>
/// <param name="Type">As bank files write it.</param>
/// <param name="Quote">The words of the text that prove the key.</param>
/// <param name="Stem">What is asked; a statement to judge; a sentence of the text with a blank; a card's front.</param>
/// <param name="Right">The right options, the answer of the blank, the items in order, the right sides, or the parts of a card's back.</param>
/// <param name="Wrong">The wrong options of a choice.</param>
/// <param name="Left">The left sides of what is to be matched, in the order of <paramref name="Right"/>.</param>
/// <param name="IsTrue">Of a statement; null for all other types.</param>
public sealed record ProposedItem(
    string Fact, string Type, string Quote, string Stem, IReadOnlyList<string> Right, IReadOnlyList<string> Wrong, IReadOnlyList<string> Left, bool? IsTrue)
{
    private static readonly JsonSerializerOptions _strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
        MaxDepth = 4,
    };

    /// <summary>The JSON schema of a whole reply, for servers that hold a model to one.</summary>
    public const string ReplySchema = """
        {
          "type": "object",
          "additionalProperties": false,
          "required": ["items"],
          "properties": {
            "items": {
              "type": "array",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["fact", "type", "quote", "stem", "right", "wrong", "left", "is_true"],
                "properties": {
                  "fact": {"type": "string"},
                  "type": {"type": "string", "enum": ["single_choice", "multiple_choice", "true_false", "cloze", "ordering", "matching", "flashcard"]},
                  "quote": {"type": "string"},
                  "stem": {"type": "string"},
                  "right": {"type": "array", "items": {"type": "string"}},
                  "wrong": {"type": "array", "items": {"type": "string"}},
                  "left": {"type": "array", "items": {"type": "string"}},
                  "is_true": {"type": ["boolean", "null"]}
                }
              }
            }
          }
        }
        """;

    /// <summary>Everything in it that a learner might come to read.</summary>
    public IEnumerable<string> Texts => [Stem, .. Right, .. Wrong, .. Left];

    /// <summary>
    /// The items of a reply: a JSON object with <c>items</c> and nothing else, before it or behind it. An item that is not as
    /// <see cref="ReplySchema"/> says is null.
    /// </summary>
    /// <returns>Null where the reply as a whole is not as asked.</returns>
    public static IReadOnlyList<ProposedItem?>? Read(string reply)
    {
        try
        {
            using var json = JsonDocument.Parse(reply, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
            if (json.RootElement.ValueKind != JsonValueKind.Object) return null;
            var members = json.RootElement.EnumerateObject().ToList();
            return members is [{ Name: "items", Value.ValueKind: JsonValueKind.Array } items] ? [.. items.Value.EnumerateArray().Select(Item)] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ProposedItem? Item(JsonElement json)
    {
        try
        {
            var item = json.Deserialize<ProposedItem>(_strict);
            return item is null || item.Texts.Any(text => text is null) ? null : item;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: half of a surrogate pair, escaped
            return null;
        }
    }
}
