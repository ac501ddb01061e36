using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Sources;

namespace StudyQuiz.App.Features.KeepBank;

/// <summary>What a newer text does to the quotes of a bank.</summary>
/// <param name="Paragraphs">Of the newer text.</param>
/// <param name="IsSame">It says what the text says that is there.</param>
/// <param name="Exact">Questions whose quotes all stand in it word for word.</param>
/// <param name="Near">Those whose quotes stand in it, some of them nearly.</param>
/// <param name="Lost">Those of which a quote was not found.</param>
/// <param name="Points">Key points with the quotes that were found.</param>
/// <param name="LostOfPoints">How many of theirs were not.</param>
/// <param name="Proposals">Versions that wait beside what is served, with their quotes; those of which one was not found are left out.</param>
/// <param name="LostProposals">How many these are.</param>
public sealed record TextChange(
    IReadOnlyList<(string Label, string Text)> Paragraphs, bool IsSame, IReadOnlyList<AnchoredQuestion> Exact, IReadOnlyList<AnchoredQuestion> Near, IReadOnlyList<AnchoredQuestion> Lost,
    IReadOnlyList<(long Id, IReadOnlyList<Evidence> Evidence)> Points, int LostOfPoints, IReadOnlyList<(long Version, IReadOnlyList<Evidence> Evidence)> Proposals, int LostProposals)
{
    /// <summary>Reckons it; nothing is stored.</summary>
    internal static async Task<TextChange> OfAsync(NpgsqlConnection connection, long source, IReadOnlyList<(string Label, string Text)> paragraphs)
    {
        var texts = (await connection.QueryAsync<(long Text, string Label, string Words)>(
            """
            select p.source_version_id, p.label, p.text from paragraph p join source_version v on v.id = p.source_version_id
            where v.source_id = @source order by v.version, p.position
            """,
            new { source })).ToLookup(row => row.Text, row => (row.Label, row.Words));
        var current = await connection.QuerySingleAsync<long>("select current_version_id from source where id = @source", new { source });
        // Each question quotes the text that it was written for, which may be an older one than the last
        var byText = texts.ToDictionary(text => text.Key, text => new Reanchoring(text.ToDictionary(p => p.Label, p => p.Words, StringComparer.Ordinal), paragraphs));
        var questions = await connection.QueryAsync<(long Id, string Status, long Text, string Body)>(
            """
            select q.id, q.status, v.source_version_id, coalesce(c.body, v.body)::text
            from question q join question_version v on v.id = q.current_version_id left join key_correction c on c.question_version_id = v.id
            where q.source_id = @source and q.status <> 'private' and v.body -> 'evidence' <> '[]' order by q.id
            """,
            new { source },
            commandTimeout: 120);
        List<AnchoredQuestion> exact = [], near = [], lost = [];
        foreach (var (id, status, text, body) in questions)
        {
            var question = JsonSerializer.Deserialize<Question>(body, DomainJson.Options)!;
            var found = byText.GetValueOrDefault(text)?.Of(question);
            (found is null ? lost : found.Value.IsExact ? exact : near).Add(new AnchoredQuestion(id, question.Stem, status == "published", question.Evidence, found?.Evidence));
        }

        // Of what has to be merged already, a person sees to it
        var waiting = (await connection.QueryAsync<(long Version, long Text, string Body)>(
            """
            select v.id, v.source_version_id, v.body::text from question_proposal p join question q on q.id = p.question_id join question_version v on v.id = p.version_id
            where q.source_id = @source and p.from_version_id = q.current_version_id and v.body -> 'evidence' <> '[]' order by v.id
            """,
            new { source })).Select(row => (row.Version, Found: byText.GetValueOrDefault(row.Text)?.Of(JsonSerializer.Deserialize<Question>(row.Body, DomainJson.Options)!))).ToList();
        var proposals = waiting.Where(row => row.Found is not null).Select(row => (row.Version, row.Found!.Value.Evidence)).ToList();
        var points = (await connection.QueryAsync<(long Id, string Evidence)>("select id, evidence::text from key_point where source_id = @source and evidence <> '[]'", new { source }))
            .Select(row => (row.Id, Quotes: JsonSerializer.Deserialize<Evidence[]>(row.Evidence, DomainJson.Options)!)).ToList();
        var anchored = points.Select(point => (point.Id, (IReadOnlyList<Evidence>)[.. point.Quotes.Select(byText[current].Of).OfType<Anchor>().Select(anchor => anchor.Evidence)])).ToList();
        return new TextChange(
            paragraphs, texts[current].Select(p => p.Words).SequenceEqual(paragraphs.Select(p => p.Text)), exact, near, lost,
            anchored, points.Sum(point => point.Quotes.Length) - anchored.Sum(point => point.Item2.Count), proposals, waiting.Count - proposals.Count);
    }
}

/// <summary>A question and its quotes in a newer text.</summary>
/// <param name="After">Null where one of them was not found.</param>
public sealed record AnchoredQuestion(long Id, string Stem, bool IsPublished, IReadOnlyList<Evidence> Before, IReadOnlyList<Evidence>? After);
