using Dapper;
using Npgsql;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.GenerateBank;

/// <summary>The paragraphs that a question under review rests on, with the facts that its key point and the ones beside it ask about.</summary>
public sealed record FactsInText(IReadOnlyList<FactParagraph> Paragraphs)
{
    // More beside a paragraph nobody reads
    private const int MostFacts = 40;

    internal static async Task<FactsInText> OfAsync(NpgsqlConnection connection, long source, ReviewedItem item)
    {
        var labels = item.Question.Evidence.Select(evidence => evidence.Paragraph).Distinct(StringComparer.Ordinal).ToArray();
        if (labels.Length == 0) return new FactsInText([]);
        var facts = (await connection.QueryAsync<Row>(
            """
            select e->>'paragraph' as paragraph, e->>'quote' as quote, (e->>'at')::int as at, q.id as question, q.status
            from key_point own
            join key_point k on k.source_id = own.source_id and (k.id = own.id or k.parent_id = own.id or k.id = own.parent_id or k.parent_id = own.parent_id)
            join question q on q.key_point_id = k.id and q.status <> 'retired'
            join question_version v on v.id = q.current_version_id and v.source_version_id = @Text,
            jsonb_array_elements(v.body->'evidence') e
            where own.id = @KeyPoint and own.source_id = @source and e->>'paragraph' = any(@labels)
            order by q.id limit 500
            """,
            new { source, item.Row.KeyPoint, item.Row.Text, labels })).AsList();
        var unasked = (await connection.QueryAsync<string>(
            """
            select s->>'quote' from generation g, jsonb_array_elements(g.report->'shortfalls') s
            where g.id = (select id from generation where source_id = @source order by made_at desc limit 1) and s->>'keyPoint' = @KeyPointLabel limit 40
            """,
            new { source, item.Row.KeyPointLabel })).AsList();
        return new FactsInText([.. labels.Where(item.Paragraphs.ContainsKey).Select(label => Paragraph(label, item.Paragraphs[label], item, [.. facts.Where(fact => fact.Paragraph == label)], unasked))]);
    }

    private static FactParagraph Paragraph(string label, string text, ReviewedItem item, IReadOnlyList<Row> rows, IReadOnlyList<string> unasked)
    {
        var own = item.Question.Evidence.Where(evidence => evidence.Paragraph == label).Select(evidence => Place(text, evidence)).OfType<TextRange>().ToHashSet();
        var facts = rows.Select(row => (Row: row, Range: Place(text, new Evidence(label, row.Quote, row.At)))).Where(fact => fact.Range is not null)
            .GroupBy(fact => fact.Range!, fact => fact.Row)
            .Select(fact => new Fact(fact.Key, fact.Select(row => row.Question).Distinct().Count(), fact.First().Question, own.Contains(fact.Key)))
            .Concat(unasked.Select(quote => Place(text, new Evidence(label, quote))).OfType<TextRange>().Select(range => new Fact(range, 0, null, false)))
            .OrderBy(fact => fact.Range.Start).ThenBy(fact => fact.Range.End).DistinctBy(fact => fact.Range).Take(MostFacts).ToList();
        return new FactParagraph(label, TextRuns.Cut(text, [.. facts.Select(fact => fact.Range)]), facts, text);
    }

    // A quote that does not stand there, or not where it says, is a gate's to tell
    private static TextRange? Place(string text, Evidence evidence)
    {
        try
        {
            return EvidenceContext.Locate(text, evidence);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private sealed record Row(string Paragraph, string Quote, int? At, long Question, string Status);
}

/// <summary>A paragraph cut where facts begin and end.</summary>
public sealed record FactParagraph(string Label, IReadOnlyList<TextRun> Runs, IReadOnlyList<Fact> Facts, string Text)
{
    /// <summary>Whether a run belongs to a fact that the question at hand asks about.</summary>
    public bool IsOn(TextRun run) => run.Ranges.Any(i => Facts[i].IsOn);

    /// <summary>How a fact begins.</summary>
    public string Words(Fact fact)
    {
        const int longest = 18;
        var words = Text[fact.Range.Start..fact.Range.End];
        return words.Length <= longest ? words : words[..longest] + "…";
    }
}

/// <summary>Words of the text that questions rest on.</summary>
/// <param name="Questions">How many; 0 for what the generation found and did not ask about.</param>
/// <param name="First">One of them.</param>
/// <param name="IsOn">The question at hand is among them.</param>
public sealed record Fact(TextRange Range, int Questions, long? First, bool IsOn);
