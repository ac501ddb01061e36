namespace StudyQuiz.Domain.Questions;

/// <summary>A picture that a question shows above its stem.</summary>
/// <param name="Hash">SHA-256 of its bytes in lower-case hexadecimal: its name, and what it is stored under.</param>
/// <param name="Alt">What it shows, for whoever can't see it.</param>
/// <param name="Width">In pixels, so that a page leaves room for it.</param>
public sealed record Picture(string Hash, string Alt, int Width, int Height)
{
    /// <summary>The most characters of <see cref="Alt"/>.</summary>
    public const int LongestAlt = 300;

    /// <summary>Where it is served, for as long as it is kept anywhere.</summary>
    public static string PathOf(string hash) => "/pictures/" + hash;
}
