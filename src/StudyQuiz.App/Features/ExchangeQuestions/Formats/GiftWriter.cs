using System.Globalization;
using System.Text;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>Writes GIFT for Moodle: a category a key point, id and tags in the comment before a question.</summary>
internal static class GiftWriter
{
    public static string Write(BankFile bank)
    {
        var gift = new StringBuilder();
        var headings = bank.AllKeyPoints().ToDictionary(point => point.Id, point => point.Heading, StringComparer.Ordinal);
        string? category = null;
        foreach (var question in bank.Questions)
        {
            if (question.KeyPoint != category) gift.Append("$CATEGORY: ").Append(CategoryOf(bank, question.KeyPoint, headings)).Append("\n\n");
            category = question.KeyPoint;
            gift.Append("// [id:").Append(question.Id).Append(']');
            foreach (var tag in MachineTags.Of(question)) gift.Append(" [tag:").Append(tag.Replace(']', '］')).Append(']');
            gift.Append("\n::").Append(Escaped(question.Id)).Append("::[plain]").Append(Asked(question.Body)).Append("\n\n");
        }

        return gift.ToString();
    }

    /// <summary>A key point's category: below one of the bank's title, named by its label and heading.</summary>
    public static string CategoryOf(BankFile bank, string keyPoint, Dictionary<string, string> headings) => $"{Step(bank.Source.Title)}/{keyPoint} {Step(headings.GetValueOrDefault(keyPoint) ?? "")}".TrimEnd();

    // slashes part the steps of a path
    private static string Step(string text) => text.Replace("/", "／", StringComparison.Ordinal).Replace('\n', ' ');

    private static string Asked(Question body)
    {
        if (body is Cloze cloze)
        {
            var sides = body.Stem.Split(Cloze.Blank);
            return $"{Escaped(sides[0])}{{{string.Concat(cloze.Accepted.Select(text => "=" + Answer(text)))}{General(body)}}}{Escaped(sides[^1])}";
        }

        return $"{Escaped(body.Stem)}{{{Answers(body)}}}";
    }

    private static string Answers(Question body) => body switch
    {
        Flashcard card => "####" + Escaped(card.Back),
        TrueFalse statement => (statement.Answer ? "TRUE" : "FALSE") + General(body),
        SingleChoice single => string.Concat(single.Options.Select(option => $"\n{(option.Correct ? '=' : '~')}{Answer(option.Text)}{Reason(option)}")) + General(body) + "\n",
        MultipleChoice multiple => Weighted(multiple.Options) + General(body) + "\n",
        Ordering ordering => ">0 ALL VERTICAL ABSOLUTE_POSITION SHOW\n" + string.Concat(ordering.Items.Select(item => Escaped(item) + "\n")) + General(body),
        Matching matching => string.Concat(matching.Pairs.Select(pair => $"\n={Answer(pair.Left)} -> {Escaped(pair.Right)}")) + General(body) + "\n",
        _ => throw new ArgumentOutOfRangeException(nameof(body), body, "Not one of the seven types."),
    };

    // All right ones together make 100 per cent, a wrong one takes everything
    private static string Weighted(IReadOnlyList<Option> options)
    {
        var share = Math.Round(100m / options.Count(option => option.Correct), 5).ToString(CultureInfo.InvariantCulture);
        return string.Concat(options.Select(option => $"\n~%{(option.Correct ? share : "-100")}%{Escaped(option.Text)}{Reason(option)}"));
    }

    private static string Reason(Option option) => option.Why is null ? "" : "#" + Escaped(option.Why);

    private static string General(Question body) => body.Explanation.Length == 0 ? "" : "####" + Escaped(body.Explanation);

    // A text that begins like a weight would be taken for one
    private static string Answer(string text) => (text.StartsWith('%') ? "%100%" : "") + Escaped(text);

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '~' or '=' or '#' or '{' or '}' or ':' or '\\') escaped.Append('\\');
            escaped.Append(c == '\n' ? "\\n" : c.ToString());
        }

        return escaped.ToString();
    }
}
