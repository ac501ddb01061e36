namespace StudyQuiz.Generation.Structuring;

/// <summary>What may number a point; whether it does, only its neighbours tell.</summary>
/// <param name="Number">As written; 0 where the word only says 'next'.</param>
/// <param name="IsLast">The word says that no further point follows.</param>
/// <param name="Place">From the number to the end of the punctuation after it.</param>
internal sealed record Marker(MarkerStyle Style, int Number, bool IsLast, Place Place)
{
    public bool StartsParagraph => Place.Start == 0;

    /// <summary>Whether headings carry markers of this style, and not only clauses of a sentence.</summary>
    public bool IsOfHeadings =>
        Style.IsWithoutNumber() || Style is MarkerStyle.Chapter or MarkerStyle.Article or MarkerStyle.NumberComma or MarkerStyle.NumberInBrackets or MarkerStyle.Digit or MarkerStyle.DigitInBrackets;
}
