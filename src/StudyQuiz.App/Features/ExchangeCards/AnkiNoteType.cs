using System.Text;
using System.Text.RegularExpressions;

namespace StudyQuiz.App.Features.ExchangeCards;

/// <summary>What the notes of a kind show on their cards: the fields' names in order, and a template of each card.</summary>
internal sealed partial class AnkiNoteType(IReadOnlyList<string> fields, IReadOnlyList<(string Question, string Answer)> templates)
{
    /// <summary>The places of the fields on a card's front and on its back; what stands on both belongs to the front.</summary>
    /// <param name="card">The card's template from 0. A clozed note has one template for all its cards.</param>
    public (IReadOnlyList<int> Front, IReadOnlyList<int> Back) Sides(int card)
    {
        var (question, answer) = templates.Count == 0 ? ("", "") : templates[card < templates.Count ? card : 0];
        var front = Places(question, IsSaid);
        // A front of our kind has words: where it would have none, such as only a field to type into, the first field stands for it
        if (front.Count == 0) front = [0];
        var back = Places(answer, _ => true).Concat(Places(question, filter => !IsSaid(filter))).Except(front).ToList();
        return (front, back.Count > 0 || templates.Count > 0 ? back : [.. Enumerable.Range(0, fields.Count).Except(front)]);
    }

    /// <summary>The two sides of a template, from the message in which newer collections keep it: its fields 1 and 2.</summary>
    /// <exception cref="FormatException">It is no such message.</exception>
    public static (string Question, string Answer) Template(byte[] message)
    {
        var (question, answer) = ("", "");
        for (var at = 0; at < message.Length;)
        {
            var tag = Number();
            switch (tag & 7)
            {
                case 0: Number(); break;
                case 1: at += 8; break;
                case 5: at += 4; break;
                case 2 when Number() is var length && length <= (ulong)(message.Length - at):
                    if (tag >> 3 == 1) question = Encoding.UTF8.GetString(message, at, (int)length);
                    else if (tag >> 3 == 2) answer = Encoding.UTF8.GetString(message, at, (int)length);
                    at += (int)length;
                    break;
                default: throw new FormatException("A card template is no message that Anki writes.");
            }

            ulong Number()
            {
                ulong number = 0;
                for (var shift = 0; shift < 64 && at < message.Length; shift += 7)
                {
                    var part = message[at++];
                    number |= (ulong)(part & 0x7f) << shift;
                    if (part < 0x80) return number;
                }

                throw new FormatException("A number of a card template does not end.");
            }
        }

        return (question, answer);
    }

    private List<int> Places(string template, Func<string, bool> isWanted) =>
        [.. Tag().Matches(template).Select(tag => tag.Groups["said"].Value.Split(':', StringSplitOptions.TrimEntries))
            .Where(parts => isWanted(parts.Length > 1 ? parts[0] : ""))
            .SelectMany(parts => fields.Index().Where(field => string.Equals(field.Item, parts[^1], StringComparison.OrdinalIgnoreCase)).Take(1))
            .Select(field => field.Index).Distinct()];

    // On a front, a field to type into shows nothing, a hint only who asks for it, and speech is heard
    private static bool IsSaid(string filter) => filter is not ("type" or "hint") && !filter.StartsWith("tts", StringComparison.Ordinal);

    // A field, with its filters before it; conditions and what is Anki's own, such as FrontSide, name no field to show
    [GeneratedRegex(@"\{\{(?<said>[^{}#^/!][^{}]*)\}\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Tag();
}
