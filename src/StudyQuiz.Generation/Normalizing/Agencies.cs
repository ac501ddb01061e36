using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>Names of those who publish news, known by how they end.</summary>
internal static class Agencies
{
    public const string Ending = "(网|报|社|台|刊|客户端|公众号|融媒体中心|融媒|在线|频道|News|Times|Daily|Post)";

    private static readonly Regex Name = new($"^[^，。：:；、！？ ]{{1,16}}{Ending}$|^([A-Z][A-Za-z]* ){{1,4}}(News|Times|Daily|Post)$", Pattern.Options);

    public static bool IsName(string words) => words.Length <= 40 && Name.IsMatch(words);
}
