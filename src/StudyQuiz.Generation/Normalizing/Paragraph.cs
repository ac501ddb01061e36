namespace StudyQuiz.Generation.Normalizing;

/// <summary>A paragraph on its way to the clean text.</summary>
internal sealed record Paragraph(Traced Words, bool IsHeading)
{
    public string Text => Words.Text;

    /// <summary>Of a heading that the text marks as one, how deep it is; else null.</summary>
    public int? Level { get; init; }
}
