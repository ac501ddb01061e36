using System.Globalization;

namespace StudyQuiz.Domain.Games;

/// <summary>Nicknames that a game makes up: a kind word and a plant, animal or sight, in Chinese or English.</summary>
public static class FriendlyNames
{
    private static readonly string[] _kindWords =
    [
        "晴朗", "安静", "机灵", "温柔", "勇敢", "轻快", "好奇", "认真", "乐观", "从容", "细心", "爽朗", "热心", "灵巧", "沉着", "敏捷",
        "明亮", "自在", "专心", "踏实", "活泼", "谦和", "坚定", "清新", "慷慨", "淡定", "耐心", "坦率", "饱满", "悠然", "蓬勃", "清醒",
    ];

    private static readonly string[] _sights =
    [
        "海豚", "白鹭", "松鼠", "云雀", "麋鹿", "刺猬", "水獭", "海棠", "青竹", "银杏", "芦苇", "白桦", "向日葵", "蒲公英", "山茶", "荷叶",
        "晨雾", "晚霞", "星河", "溪流", "海浪", "雪松", "春风", "秋月", "灯塔", "风筝", "帆船", "彩虹", "萤火虫", "蜻蜓", "小满", "谷雨",
    ];

    private static readonly string[] _englishWords =
    [
        "Bright", "Calm", "Clever", "Gentle", "Brave", "Quick", "Curious", "Steady", "Sunny", "Patient", "Careful", "Cheerful", "Kind", "Nimble", "Quiet", "Swift",
        "Lively", "Honest", "Bold", "Fresh", "Keen", "Merry", "Polite", "Ready", "Warm", "Witty", "Eager", "Fair", "Glad", "Loyal", "Mellow", "Proud",
    ];

    private static readonly string[] _englishSights =
    [
        "Dolphin", "Heron", "Squirrel", "Skylark", "Elk", "Hedgehog", "Otter", "Maple", "Bamboo", "Ginkgo", "Reed", "Birch", "Sunflower", "Clover", "Camellia", "Lotus",
        "Mist", "Sunset", "Comet", "Brook", "Wave", "Cedar", "Breeze", "Moon", "Lighthouse", "Kite", "Sailboat", "Rainbow", "Firefly", "Dragonfly", "Robin", "Harbour",
    ];

    private static readonly HashSet<string> _chinese = [.. _kindWords.SelectMany(word => _sights, (word, sight) => word + sight)];
    private static readonly HashSet<string> _english = [.. _englishWords.SelectMany(word => _englishSights, (word, sight) => $"{word} {sight}")];

    /// <summary>Names that are free; where all words are used up they carry a number.</summary>
    /// <param name="isEnglish">Which language they are in.</param>
    /// <param name="isFree">Whether nobody has a name that looks like this.</param>
    /// <param name="seed">Another seed gives other names.</param>
    public static IReadOnlyList<string> Suggest(bool isEnglish, Func<string, bool> isFree, long seed, int count)
    {
        var names = new List<string>(count);
        var all = _kindWords.Length * _sights.Length;
        var at = (int)(Shuffle.Fraction(seed) * all);
        // An odd step walks through all of a power of two.
        for (var tried = 0; names.Count < count; tried++, at = (at + 389) % all)
        {
            var (word, sight) = (at / _sights.Length, at % _sights.Length);
            var name = isEnglish ? $"{_englishWords[word]} {_englishSights[sight]}" : _kindWords[word] + _sights[sight];
            if (tried >= all) name = string.Create(CultureInfo.InvariantCulture, $"{name} {(tried / all) + 1}");
            if (isFree(name)) names.Add(name);
        }

        return names;
    }

    /// <summary>Whether <see cref="Suggest"/> could have made this name.</summary>
    public static bool IsOne(string name)
    {
        var words = name.TrimEnd("0123456789".ToCharArray()).TrimEnd();
        return _chinese.Contains(words) || _english.Contains(words);
    }
}
