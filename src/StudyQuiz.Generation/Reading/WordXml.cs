using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace StudyQuiz.Generation.Reading;

/// <summary>
/// Opens parts of a document for reading from start to end: no tree is built, so that neither depth nor size costs memory. Elements are known by their
/// local names, which the two namespaces of the format share.
/// </summary>
internal static class WordXml
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = WordArchive.LargestInside,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    };

    public static XmlReader Open(OpenXmlPart part) => XmlReader.Create(part.GetStream(FileMode.Open, FileAccess.Read), Settings);

    /// <summary>The attribute of that local name, in whatever namespace; null when there is none.</summary>
    public static string? Attribute(XmlReader reader, string name)
    {
        for (var found = reader.MoveToFirstAttribute(); found; found = reader.MoveToNextAttribute())
        {
            if (reader.LocalName != name) continue;
            var value = reader.Value;
            reader.MoveToElement();
            return value;
        }

        reader.MoveToElement();
        return null;
    }

    public static string? Value(XmlReader reader) => Attribute(reader, "val");

    /// <summary>Whether an element that switches something says on: without a value it does.</summary>
    public static bool IsOn(XmlReader reader) => Value(reader) is not ("0" or "false" or "off");

    public static int? Number(XmlReader reader) =>
        int.TryParse(Value(reader), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
