using System.CommandLine;
using System.Globalization;
using Dapper;
using StudyQuiz.App.Features.KeepBank;
using StudyQuiz.Domain.Statistics;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.Load;

/// <summary><c>banks</c>: times on the server every list, filter, order and search of a bank of 100,000 questions, each with all that its page asks for.</summary>
internal static class BanksCommand
{
    private const double Budget = 50;

    private static readonly Option<int> _runs = new("--runs") { Description = "How often each is run", DefaultValueFactory = _ => 300 };
    private static readonly Option<int> _warm = new("--warm") { Description = "How many rounds go before and are not counted", DefaultValueFactory = _ => 10 };
    private static readonly Option<bool> _plans = new("--plans") { Description = "Print what each statement took, and the plans of the slowest run of each" };

    public static Command Create()
    {
        var command = new Command("banks", "A bank of 100,000 questions: time on the server of every list, filter, order and search") { _runs, _warm, _plans };
        foreach (var option in StudiedDatabase.Options) command.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        await using var database = await StudiedDatabase.OpenAsync(parsed, stop);
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        await LargeBank.AddAsync(connection);
        var bank = (await KeptBank.FindAsync(connection, LargeBank.Slug))!;
        var words = (await connection.QueryAsync<string>("select word from vocabulary order by k")).AsList();
        var points = (await connection.QueryAsync<(long Id, bool IsTop)>("select id, parent_id is null from key_point where source_id = @Id order by id", new { bank.Id })).AsList();
        var (first, authors) = (await connection.QuerySingleAsync<long>("select min(id) from question where source_id = @Id", new { bank.Id }), (await ShowBank.ChoicesAsync(connection)).Authors);
        var times = new OperationTimes(await ExecutedStatements.ListenAsync(connection), "question", "question_version", "question_words", "question_tag");
        var warming = parsed.GetValue(_warm);
        for (var run = -warming; run < parsed.GetValue(_runs); run++)
        {
            if (run == 0) times.Clear();
            stop.ThrowIfCancellationRequested();
            times.Skip();
            await ListBanks.PageAsync(connection, null);
            times.Note("all banks, counted", Budget);
            foreach (var (what, filter, after) in Pages(Math.Abs(run), words, points, authors, first))
            {
                await ShowBank.LoadAsync(connection, bank, filter, after);
                times.Note(what, Budget);
            }
        }

        return times.Write(parsed.GetValue(_plans));
    }

    // Another place, point, tag and word each time
    private static IEnumerable<(string What, QuestionFilter Filter, ListPlace? After)> Pages(int run, List<string> words, List<(long Id, bool IsTop)> points, IReadOnlyList<(Guid Id, string Name)> authors, long first)
    {
        var all = new QuestionFilter("", null, null, null, null, null, null, QuestionFilter.Sorts[0]);
        foreach (var sort in QuestionFilter.Sorts) yield return ($"order: {sort}", all with { Sort = sort }, null);
        var deep = first + (run * 331 % (LargeBank.Questions - 100));
        yield return ("order: order, from the middle on", all, new ListPlace("", deep));
        yield return ("order: facility, from the middle on", all with { Sort = "facility" }, new ListPlace(Text(run % 97 / 97.0), deep));
        foreach (var status in QuestionFilter.Statuses) yield return ($"status: {status}", all with { Status = status }, null);
        yield return ("type: true_false, by discrimination", all with { Type = "true_false", Sort = "discrimination" }, null);
        yield return ("a key point of ten below it", all with { Point = points.Where(point => point.IsTop).ElementAt(run % 10).Id, Sort = "changed" }, null);
        yield return ("a key point", all with { Point = points.Where(point => !point.IsTop).ElementAt(run % 100).Id, Sort = "facility" }, null);
        yield return ("a tag", all with { Tag = $"标签{run % 40}", Sort = "answers" }, null);
        yield return ("an author", all with { Author = authors[run % authors.Count].Id, Sort = "changed" }, null);
        foreach (var flag in new[] { QuestionFilter.AnyFlag, ItemFlags.Negative, QuestionFilter.Behind, QuestionFilter.NoEvidence, QuestionFilter.Appeals, QuestionFilter.Reports }) yield return ($"flag: {flag}", all with { Flag = flag, Sort = "concern" }, null);
        yield return ("six filters at once", all with { Type = "single_choice", Status = "review", Tag = $"标签{run % 40}", Flag = QuestionFilter.AnyFlag, Author = authors[run % authors.Count].Id, Sort = "changed" }, null);
        var (rare, common) = (words[^(1 + (run * 7 % 1500))], words[run % 20]);
        yield return ("search: a rare word", all with { Words = rare }, null);
        yield return ("search: a common word, by facility", all with { Words = common, Sort = "facility" }, null);
        yield return ("search: one letter", all with { Words = rare[..1], Sort = "changed" }, null);
        yield return ("search: two words", all with { Words = $"{rare} {common}" }, null);
        yield return ("search: two words side by side", all with { Words = common + words[run % 7] }, null);
        yield return ("search: a common word, drafts, a tag", all with { Words = common, Status = "draft", Tag = $"标签{run % 40}", Sort = "changed" }, null);
        yield return ("search: what nobody says", all with { Words = common + words[(run + 3) % 20] + "〇" + rare }, null);
        yield return ("search: a word with a wrong letter", all with { Words = words[run % 300] + "鑫" + words[(run + 1) % 300] }, null);
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
