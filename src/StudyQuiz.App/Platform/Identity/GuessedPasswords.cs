using System.Collections.Frozen;
using System.Text;

namespace StudyQuiz.App.Platform.Identity;

/// <summary>
/// Passwords that guessers try first: those that leaked most often (see the folder LeakedPasswords), one that repeats or counts, and words of this
/// place or one's own name with little beside.
/// </summary>
internal static class GuessedPasswords
{
    /// <summary>So many characters must be left of a password when such words are taken out.</summary>
    private const int EnoughBeside = 5;

    private const int LongestPeriod = 4;

    /// <summary>Words that a pupil here tries for a teacher: what the product and schools are called, and how passwords are made of it.</summary>
    private static readonly string[] _ofThisPlace =
    [
        "studyquiz", "study", "quiz", "school", "teacher", "student", "pupil", "admin", "editor", "learner", "class", "exam", "password", "passwd", "welcome", "letmein", "qwerty",
        "laoshi", "xuesheng", "xuexiao", "xuexi", "kaoshi", "mima", "woaini", "老师", "学生", "学校", "学习", "考试", "管理员", "密码", "我爱你",
    ];

    private static readonly Lazy<FrozenSet<string>> _leaked = new(() =>
    {
        using var lines = new StreamReader(typeof(GuessedPasswords).Assembly.GetManifestResourceStream("leaked-passwords.txt")!, Encoding.UTF8);
        return lines.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet(StringComparer.Ordinal);
    });

    /// <param name="password">As it was typed.</param>
    /// <param name="name">Whose it is to be.</param>
    public static bool Include(string password, string? name)
    {
        var plain = password.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        return _leaked.Value.Contains(plain) || Repeats(plain) || Counts(plain) || Beside(plain, name?.Normalize(NormalizationForm.FormKC).ToLowerInvariant()) < EnoughBeside;
    }

    private static bool Repeats(string password) =>
        Enumerable.Range(1, LongestPeriod).Any(period => password.Index().All(at => at.Index < period || at.Item == password[at.Index - period]));

    private static bool Counts(string password) =>
        new[] { 1, -1 }.Any(step => password.Zip(password.Skip(1)).All(pair => pair.Second - pair.First == step || (pair is ('9', '0') && step == 1) || (pair is ('0', '9') && step == -1)));

    private static int Beside(string password, string? name)
    {
        if (name is { Length: >= 3 }) password = password.Replace(name, "", StringComparison.Ordinal);
        return _ofThisPlace.Aggregate(password, (left, word) => left.Replace(word, "", StringComparison.Ordinal)).Length;
    }
}
