using System.Globalization;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Generation.Banks;

/// <summary>Writes a bank with one fact a line, so that a diff shows what changed and nothing else.</summary>
internal static class BankWriter
{
    public static string Write(BankFile bank)
    {
        var yaml = new YamlTextWriter();
        var source = bank.Source;
        yaml.Line(0, "source:");
        yaml.Field(1, "slug", source.Slug);
        yaml.Field(1, "title", source.Title);
        yaml.Field(1, "publisher", source.Publisher);
        if (source.Published is { } day) yaml.Field(1, "published", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        yaml.Field(1, "language", source.Language);
        yaml.Field(1, "file", source.File);
        yaml.Field(1, "sha256", source.Sha256);
        yaml.Line(0, "");
        yaml.Line(0, "paragraphs:");
        foreach (var paragraph in bank.Paragraphs)
        {
            yaml.Field(1, "- id", paragraph.Id);
            yaml.Field(2, "text", paragraph.Text);
        }

        yaml.Line(0, "");
        if (bank.KeyPoints.Count == 0) yaml.Line(0, "key_points: []");
        else KeyPoints(yaml, 0, "key_points", bank.KeyPoints);
        yaml.Line(0, "");
        yaml.Line(0, bank.Questions.Count == 0 ? "questions: []" : "questions:");
        for (var i = 0; i < bank.Questions.Count; i++)
        {
            if (i > 0) yaml.Line(0, "");
            Question(yaml, bank.Questions[i]);
        }

        return yaml.ToString();
    }

    private static void KeyPoints(YamlTextWriter yaml, int level, string name, IReadOnlyList<BankKeyPoint> points)
    {
        if (points.Count == 0) return;
        yaml.Line(level, name + ":");
        foreach (var point in points)
        {
            yaml.Field(level + 1, "- id", point.Id);
            yaml.Field(level + 2, "heading", point.Heading);
            yaml.Number(level + 2, "weight", point.Weight);
            Evidence(yaml, level + 2, point.Evidence);
            KeyPoints(yaml, level + 2, "points", point.Points);
        }
    }

    private static void Question(YamlTextWriter yaml, BankQuestion question)
    {
        var body = question.Body;
        yaml.Field(1, "- id", question.Id);
        yaml.Field(2, "type", QuestionTypes.Of(body));
        yaml.Field(2, "key_point", question.KeyPoint);
        yaml.Field(2, "stem", body.Stem);
        Answer(yaml, body);
        yaml.Field(2, "explanation", body.Explanation);
        Evidence(yaml, 2, body.Evidence);
        yaml.Number(2, "difficulty", body.Difficulty);
        yaml.Field(2, "origin", Names.Of(question.Origin));
        yaml.Field(2, "status", Names.Of(question.Status));
        if (question.Tags.Count > 0) yaml.FlowList(2, "tags", question.Tags);
        if (question.Enemies.Count > 0) yaml.FlowList(2, "enemies", question.Enemies);
    }

    private static void Answer(YamlTextWriter yaml, Question body)
    {
        switch (body)
        {
            case SingleChoice single: Options(yaml, single.Options); break;
            case MultipleChoice multiple: Options(yaml, multiple.Options); break;
            case TrueFalse statement: yaml.Line(2, statement.Answer ? "answer: true" : "answer: false"); break;
            case Cloze cloze:
                yaml.FlowList(2, "answer", cloze.Accepted);
                if (cloze.AnyOrder) yaml.Line(2, "any_order: true");
                break;
            case Ordering ordering: yaml.BlockList(2, "answer", ordering.Items); break;
            case Flashcard card: yaml.Field(2, "answer", card.Back); break;
            case Matching matching:
                yaml.Maps(2, "answer", matching.Pairs.Select(pair => new[] { ("left", YamlTextWriter.InMap(pair.Left)), ("right", YamlTextWriter.InMap(pair.Right)) }));
                break;
            default: throw new ArgumentOutOfRangeException(nameof(body), body, "Not one of the seven types.");
        }
    }

    private static void Options(YamlTextWriter yaml, IReadOnlyList<Option> options) =>
        yaml.Maps(2, "options", options.Select(option => new[]
        {
            ("text", YamlTextWriter.InMap(option.Text)),
            ("correct", option.Correct ? "true" : null),
            ("why", YamlTextWriter.InMap(option.Why)),
        }));

    private static void Evidence(YamlTextWriter yaml, int level, IReadOnlyList<Evidence> evidence) =>
        yaml.Maps(level, "evidence", evidence.Select(quote => new[]
        {
            ("paragraph", YamlTextWriter.InMap(quote.Paragraph)),
            ("quote", YamlTextWriter.InMap(quote.Quote)),
            ("at", quote.At?.ToString(CultureInfo.InvariantCulture)),
        }));
}
