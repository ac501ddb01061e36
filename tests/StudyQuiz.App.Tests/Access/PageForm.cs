using System.Net;
using System.Text.RegularExpressions;

namespace StudyQuiz.App.Tests.Access;

/// <summary>A form as it stands in a page's source.</summary>
/// <param name="Fields">Names with what they would send, in order.</param>
/// <param name="Texts">Names of those that somebody types into.</param>
internal sealed partial record PageForm(string Action, bool IsPost, bool HasFile, IReadOnlyList<(string Name, string Value)> Fields, IReadOnlySet<string> Texts)
{
    public static IEnumerable<PageForm> Of(string path, string html)
    {
        foreach (Match form in Form().Matches(html))
        {
            var (tag, inside) = (form.Groups["tag"].Value, form.Groups["inside"].Value);
            var fields = new List<(string, string)>();
            var texts = new HashSet<string>(StringComparer.Ordinal);
            foreach (Match field in Field().Matches(inside))
            {
                var element = field.Value;
                var name = Attribute(element, "name");
                if (name.Length == 0 || element.Contains(" disabled", StringComparison.Ordinal)) continue;
                var type = field.Groups["kind"].Value is "input" ? Attribute(element, "type") is { Length: > 0 } said ? said : "text" : field.Groups["kind"].Value;
                switch (type)
                {
                    case "checkbox" or "radio" when !element.Contains(" checked", StringComparison.Ordinal):
                    case "file":
                        break;
                    case "button" when fields.Any(one => one.Item1 == name):
                        break;
                    case "select":
                        fields.Add((name, Option().Matches(element) is { Count: > 0 } options ? Attribute((options.FirstOrDefault(option => option.Value.Contains(" selected", StringComparison.Ordinal)) ?? options[0]).Value, "value") : ""));
                        break;
                    default:
                        if (type is "text" or "search" or "url" or "email" or "textarea" or "tel") texts.Add(name);
                        fields.Add((name, Attribute(element, "value")));
                        break;
                }
            }

            var action = Attribute(tag, "action") is { Length: > 0 } given ? given : path;
            yield return new PageForm(action, tag.Contains("method=\"post\"", StringComparison.OrdinalIgnoreCase), tag.Contains("multipart", StringComparison.Ordinal), fields, texts);
        }
    }

    /// <summary>Addresses on this site that a page links to.</summary>
    public static IEnumerable<string> LinksOf(string html) => Link().Matches(html).Select(match => WebUtility.HtmlDecode(match.Groups["to"].Value)).Select(to => to.Split('#')[0]);

    private static string Attribute(string tag, string name) =>
        WebUtility.HtmlDecode(Regex.Match(tag, $"""[\s"]{name}="(?<value>[^"]*)" """.Trim(), RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["value"].Value);

    [GeneratedRegex("""(?<tag><form[^>]*>)(?<inside>.*?)</form>""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();

    [GeneratedRegex("""<(?<kind>input|textarea|button)\b[^>]*>|<(?<kind>select)\b[^>]*>.*?</select>""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Field();

    [GeneratedRegex("<option[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Option();

    [GeneratedRegex("""<a\b[^>]*\shref="(?<to>/[^"]*)" """, RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace, 1000)]
    private static partial Regex Link();
}
