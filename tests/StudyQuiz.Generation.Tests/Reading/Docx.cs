using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace StudyQuiz.Generation.Tests.Reading;

/// <summary>Makes .docx files, good and bad.</summary>
internal static class Docx
{
    private const string Namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    /// <summary>A document with this body and, if given, numbering definitions and styles, all as XML.</summary>
    public static byte[] Of(string body, string? numbering = null, string? styles = null)
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = document.AddMainDocumentPart();
            Write(main, $"""<w:document xmlns:w="{Namespace}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>{body}</w:body></w:document>""");
            if (numbering is not null) Write(main.AddNewPart<NumberingDefinitionsPart>(), $"""<w:numbering xmlns:w="{Namespace}">{numbering}</w:numbering>""");
            if (styles is not null) Write(main.AddNewPart<StyleDefinitionsPart>(), $"""<w:styles xmlns:w="{Namespace}">{styles}</w:styles>""");
            main.AddNewPart<HeaderPart>().Header = new Header(new Paragraph(new Run(new Text("页眉"))));
            main.AddNewPart<FootnotesPart>().Footnotes = new Footnotes(new Footnote(new Paragraph(new Run(new Text("脚注")))));
        }

        return stream.ToArray();
    }

    public static string Paragraph(string text, string properties = "") => $"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>";

    /// <summary>The same document with one of its files replaced.</summary>
    public static byte[] WithEntry(byte[] docx, string name, Action<Stream> write)
    {
        using var stream = new MemoryStream();
        stream.Write(docx);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            archive.GetEntry(name)?.Delete();
            using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
            write(entry);
        }

        return stream.ToArray();
    }

    private static void Write(OpenXmlPart part, string xml)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(xml));
        part.FeedData(stream);
    }
}
