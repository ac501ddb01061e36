using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>Names of those who publish news, known by how they end.</summary>
internal static class Agencies
{
    public const string Ending = "(网|报|社|台|刊|客户端|公众号|融媒体中心|融媒|在线|频道|News|Times|Daily|Post)";

    private static readonly Regex Name = Pattern.Of($"^[^，。：:；、！？ ]{{1,16}}{Ending}$|^([A-Z][A-Za-z]* ){{1,4}}(News|Times|Daily|Post)$");

    /// <summary>本报 and the like name nobody to a reader elsewhere.</summary>
    public static bool IsUnnamed(string name) => name.StartsWith('本') && name.Length == 2;

    public static bool IsName(string words) => words.Length <= 40 && Name.IsMatch(words);
}
