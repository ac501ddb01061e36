using System.Text.Json;
using StudyQuiz.App.Features.ExchangeQuestions.Formats;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ExchangeQuestions;

/// <summary>A bank in another format, and what that format could not carry.</summary>
/// <param name="Written">How many questions are in the file.</param>
/// <param name="Unmarked">How many were not written since they are not published and the format can't say so.</param>
/// <param name="LeftOut">Questions that the format has no room for.</param>
/// <param name="Lost">In how many questions of the file each part is lost.</param>
/// <param name="Altered">Ids of questions that say something else when the file is read again.</param>
internal sealed record QuestionExport(
    QuestionFormat Format, byte[] Bytes, int Written, int Unmarked, IReadOnlyList<(string Id, Why Why)> LeftOut, IReadOnlyDictionary<QuestionParts, int> Lost, IReadOnlyList<string> Altered);

/// <summary>Writes a bank in another format. The file is read again at once: what does not come back as it went is named.</summary>
internal static class ExportQuestions
{
    /// <param name="format">Which.</param>
    /// <param name="exported">The bank.</param>
    /// <param name="all">Also what is not published, where the format can't say so.</param>
    /// <param name="now">Stands in files that have a time.</param>
    public static QuestionExport Of(QuestionFormat format, ExportedBank exported, bool all, DateTimeOffset now)
    {
        var bank = format.Name == QuestionFormat.Yaml ? exported.Importable() : exported.Bank;
        var marked = all ? bank.Questions : [.. bank.Questions.Where(question => question.Status == QuestionStatus.Published || !format.Lost(question).HasFlag(QuestionParts.Status))];
        var leftOut = marked.Select(question => (question.Id, Why: format.LeavesOut(question.Body))).Where(one => one.Why is not null).Select(one => (one.Id, one.Why!)).ToList();
        if (format.Name == QuestionFormat.Yaml) leftOut.AddRange(exported.Bank.Questions.Where(question => question.Body.Evidence.Count == 0).Select(question => (question.Id, new Why("NoEvidence"))));
        var without = leftOut.Select(one => one.Item1).ToHashSet(StringComparer.Ordinal);
        var written = bank with { Questions = [.. marked.Where(question => !without.Contains(question.Id))] };
        var bytes = format.Write(written, now);
        var lost = written.Questions.SelectMany(question => Parts(format.Lost(question) & PartsOfQuestion.Of(question))).CountBy(part => part).ToDictionary();
        return new QuestionExport(format, bytes, written.Questions.Count, bank.Questions.Count - marked.Count, leftOut, lost, Altered(format, written, bytes, now));
    }

    /// <summary>The questions of a file that was written from a bank, each beside the one that it was.</summary>
    public static IEnumerable<(BankQuestion Was, BankQuestion? Is)> ReadBack(QuestionFormat format, BankFile written, byte[] bytes, DateTimeOffset now)
    {
        var rows = ReadQuestions.Of(new GivenFile(bytes, "export" + format.Extension), format.Name, now).Rows;
        var byId = rows.Where(row => row.Question?.Id is not null).GroupBy(row => row.Question!.Id!, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
        foreach (var (i, question) in written.Questions.Index())
        {
            var row = format.Lost(question).HasFlag(QuestionParts.Id) ? rows.ElementAtOrDefault(i) : byId.GetValueOrDefault(question.Id);
            yield return (question, row?.Question is { } read ? Read(read) : null);
        }
    }

    private static BankQuestion Read(RowQuestion read) => new(read.Id ?? "", read.KeyPoint ?? "", read.Origin ?? default, read.Status ?? default, read.Body, read.Enemies ?? []) { Tags = read.Tags ?? [] };

    private static List<string> Altered(QuestionFormat format, BankFile written, byte[] bytes, DateTimeOffset now) => format.Read is null
        ? []
        : [.. ReadBack(format, written, bytes, now).Where(pair => pair.Is is null || !Same(PartsOfQuestion.Without(pair.Was, format.Lost(pair.Was)), PartsOfQuestion.Without(pair.Is, format.Lost(pair.Was)))).Select(pair => pair.Was.Id)];

    private static bool Same(BankQuestion one, BankQuestion other) => JsonSerializer.Serialize(one, DomainJson.Options) == JsonSerializer.Serialize(other, DomainJson.Options);

    private static IEnumerable<QuestionParts> Parts(QuestionParts parts) => Enum.GetValues<QuestionParts>().Where(part => part != QuestionParts.None && parts.HasFlag(part));
}
