using System.Text;
using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>Aiken: a stem, lettered options, <c>ANSWER: A</c>. As Moodle does, a file with a mistake is refused as a whole, each mistake by its line.</summary>
internal static partial class Aiken
{
    public static List<QuestionRow> Read(string text)
    {
        var rows = new List<QuestionRow>();
        var (line, start) = (0, 0);
        var (stem, options) = (new List<string>(), new List<string>());
        foreach (var one in text.Split('\n'))
        {
            line++;
            var trimmed = one.Trim();
            if (trimmed.Length == 0) continue;
            if (rows.Count > GivenFile.MostRows) return rows;
            if (Answer().Match(trimmed) is { Success: true } answer)
            {
                rows.Add(Row(start == 0 ? line : start, line, stem, options, answer.Groups["letter"].Value.Trim()));
                (stem, options, start) = ([], [], 0);
            }
            else if (LetteredOption().Match(trimmed) is { Success: true } option && stem.Count > 0)
            {
                if (option.Groups["letter"].Value[0] == 'A' + options.Count) options.Add(option.Groups["text"].Value.Trim());
                else rows.Add(QuestionRow.Refused(line, trimmed, "AikenLetter", RowText.Letter(options.Count)));
            }
            else if (options.Count > 0)
            {
                rows.Add(QuestionRow.Refused(line, trimmed, "AikenNoAnswer"));
                (stem, options, start) = ([trimmed], [], line);
            }
            else
            {
                if (start == 0) start = line;
                stem.Add(trimmed);
            }
        }

        if (stem.Count > 0 || options.Count > 0) rows.Add(QuestionRow.Refused(start == 0 ? line : start, string.Join(' ', stem), "AikenEnd"));
        return rows;
    }

    private static QuestionRow Row(int start, int line, List<string> stem, List<string> options, string letter)
    {
        var shown = string.Join('\n', stem);
        if (stem.Count == 0) return QuestionRow.Refused(line, letter, "AikenNoStem");
        if (options.Count < 2) return QuestionRow.Refused(line, shown, "AikenOptions");
        if (letter.Length != 1 || letter[0] < 'A' || letter[0] >= 'A' + options.Count) return QuestionRow.Refused(line, shown, "AikenLetterUnknown", letter);
        var right = letter[0] - 'A';
        // two options that say true and false are what this format has for a judgement
        var body = options.Count == 2 && RowText.Judgement(options[0]) is { } first && RowText.Judgement(options[1]) == !first
            ? Bodies.TrueFalse(shown, right == 0 ? first : !first)
            : Bodies.Choice(shown, [.. options.Select((text, i) => new Option(text, i == right))], isMultiple: false);
        return new QuestionRow(start, RowText.Beginning(shown)) { Question = new RowQuestion(body) };
    }

    public static string Write(BankFile bank)
    {
        var aiken = new StringBuilder();
        foreach (var question in bank.Questions)
        {
            var options = question.Body is TrueFalse statement
                ? [new Option(bank.IsChinese() ? "对" : "True", statement.Answer), new Option(bank.IsChinese() ? "错" : "False", !statement.Answer)]
                : Bodies.OptionsOf(question.Body);
            aiken.Append(OneLine(question.Body.Stem)).Append('\n');
            for (var i = 0; i < options.Count; i++) aiken.Append(RowText.Letter(i)).Append(". ").Append(OneLine(options[i].Text)).Append('\n');
            aiken.Append("ANSWER: ").Append(RowText.Letter(options.Index().First(option => option.Item.Correct).Index)).Append("\n\n");
        }

        return aiken.ToString();
    }

    private static string OneLine(string text) => text.Replace('\n', ' ');

    [GeneratedRegex("^(?<letter>[A-Z])[.)](?<text>.*)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex LetteredOption();

    [GeneratedRegex("^ANSWER:(?<letter>.*)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Answer();
}
