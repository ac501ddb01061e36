using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>A cloze's stem around its blank. Marks that touch the blank stay with it when the line breaks.</summary>
internal static class ClozeStem
{
    private const string Openings = "“‘「『《（(\"";
    private const string Closings = "”’」』》）)\"，。、；：！？";

    public static (string Before, string Opening, string Closing, string After) Split(string stem)
    {
        var blank = stem.IndexOf(Cloze.Blank, StringComparison.Ordinal);
        if (blank < 0) return (stem, "", "", "");
        var start = blank;
        while (start > 0 && Openings.Contains(stem[start - 1], StringComparison.Ordinal)) start--;
        var end = blank + Cloze.Blank.Length;
        var stop = end;
        while (stop < stem.Length && Closings.Contains(stem[stop], StringComparison.Ordinal)) stop++;
        return (stem[..start], stem[start..blank], stem[end..stop], stem[stop..]);
    }
}
