using System.Globalization;
using StudyQuiz.Domain.Questions;
using YamlDotNet.Core;

namespace StudyQuiz.Generation.Banks;

/// <summary>Turns YAML into a bank.</summary>
internal static class BankReader
{
    public static BankReading Read(string yaml)
    {
        if (yaml.Length > BankReading.LongestFile)
            return Refused(1, $"The file is longer than {BankReading.LongestFile} characters: split the bank by source.");
        try
        {
            return YamlTree.Parse(yaml) is YamlMap map ? Bank(map) : Refused(1, "A bank file begins with 'source:', 'paragraphs:', 'key_points:' and 'questions:'.");
        }
        catch (YamlException wrong)
        {
            return Refused(int.CreateSaturating(wrong.Start.Line), wrong.Message);
        }
        catch (Exception wrong) when (wrong is ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            // the YAML library lets these out on rare malformed input, without a place
            return Refused(1, "This is not valid YAML: " + wrong.Message);
        }
    }

    private static BankReading Refused(int line, string message) => new(null, [new BankError(Math.Max(line, 1), "file", "", message)]);

    private static BankReading Bank(YamlMap map)
    {
        var errors = new List<BankError>();
        var fields = new BankFields(map, "file", "", errors);
        var source = Source(fields.Map("source"));
        var paragraphIds = new HashSet<string>(StringComparer.Ordinal);
        var keyPointIds = new HashSet<string>(StringComparer.Ordinal);
        var questionIds = new HashSet<string>(StringComparer.Ordinal);
        var paragraphs = fields.Maps("paragraphs", named: true).Select(entry => Paragraph(entry, paragraphIds)).ToList();
        var keyPoints = fields.Maps("key_points", named: true).Select(entry => KeyPoint(entry, keyPointIds)).ToList();
        var questions = fields.Maps("questions", named: true).Select(entry => (Fields: entry, Question: BankQuestionReader.Read(entry, questionIds))).ToList();
        fields.NothingElse();
        if (paragraphs.Count == 0) fields.Wrong("paragraphs", "is missing: a bank needs the text that its questions rest on.");

        var bank = new BankFile(source, paragraphs, keyPoints, [.. questions.Select(q => q.Question).OfType<BankQuestion>()]);
        foreach (var (entry, question) in questions)
            if (question is { KeyPoint.Length: > 0 } && !keyPointIds.Contains(question.KeyPoint))
                entry.Wrong("key_point", $"there is no key point '{question.KeyPoint}' in this file: correct it, or add the key point.");

        return errors.Count == 0 ? new BankReading(bank, []) : new BankReading(null, [.. errors.OrderBy(error => error.Line)]);
    }

    private static BankSource Source(BankFields fields)
    {
        var slug = fields.Id("slug", new(StringComparer.Ordinal));
        var published = fields.OptionalText("published");
        var day = default(DateOnly);
        if (published is not null && !DateOnly.TryParseExact(published, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
            fields.Wrong("published", $"'{published}' is not a day: write it as 2020-08-22.");
        var source = new BankSource(
            slug, fields.Text("title"), fields.Text("publisher"), published is null ? null : day,
            fields.Text("language"), fields.Text("file"), fields.Text("sha256"));
        if (source.Sha256.Length > 0 && (source.Sha256.Length != 64 || !source.Sha256.All(char.IsAsciiHexDigitLower)))
            fields.Wrong("sha256", "must be 64 hexadecimal digits in lower case, as 'sha256sum' prints them.");
        fields.NothingElse();
        return source;
    }

    private static BankParagraph Paragraph(BankFields fields, HashSet<string> taken)
    {
        var paragraph = new BankParagraph(fields.Id("id", taken), fields.Text("text"));
        fields.NothingElse();
        return paragraph;
    }

    private static BankKeyPoint KeyPoint(BankFields fields, HashSet<string> taken)
    {
        var point = new BankKeyPoint(
            fields.Id("id", taken), fields.Text("heading"), fields.Number("weight", 1, 3), Evidence(fields),
            [.. fields.Maps("points", named: true).Select(entry => KeyPoint(entry, taken))]);
        fields.NothingElse();
        return point;
    }

    /// <summary>Whether a quote is right is the gates' business; here it only has to be one.</summary>
    public static IReadOnlyList<Evidence> Evidence(BankFields fields)
    {
        var evidence = new List<Evidence>();
        foreach (var entry in fields.Maps("evidence"))
        {
            var at = entry.OptionalText("at") is null ? (int?)null : entry.Number("at", 0, BankReading.LongestFile);
            evidence.Add(new Evidence(entry.Text("paragraph"), entry.Text("quote"), at));
            entry.NothingElse();
        }

        return evidence;
    }
}
