using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using StudyQuiz.App.Components;
using StudyQuiz.App.Features.ExchangeCards;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ReadReports;

/// <summary>A report as files: people in rows as CSV, polls as another; people, questions and polls as xlsx; all of it as JSON.</summary>
internal sealed class ReportFiles(Report report, IStringLocalizer<ReportText> text, IStringLocalizer<QuestionText> words)
{
    public IResult Csv() => Csv(People(), "report");

    public IResult PollsCsv() => Csv(Polls(), "polls");

    public IResult GroupsCsv() => Csv(Groups(), "groups");

    private IResult Csv(IReadOnlyList<IReadOnlyList<object?>> rows, string name)
    {
        var lines = new StringBuilder();
        foreach (var row in rows) lines.Append(DelimitedText.CsvLine(row.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "")));
        // Without its mark Excel reads Chinese as something else
        return Results.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(lines.ToString())], "text/csv; charset=utf-8", Name("csv", name));
    }

    public IResult Xlsx() => Results.File(
        Spreadsheet.Write([(text["Sheet.People"], People()), (text["Sheet.Questions"], Questions()), .. report.Groups.Count == 0 ? [] : new (string, IReadOnlyList<IReadOnlyList<object?>>)[] { (text["Groups"], Groups()) }, .. report.Polls.Count == 0 ? [] : new (string, IReadOnlyList<IReadOnlyList<object?>>)[] { (text["Polls"], Polls()) }]), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Name("xlsx"));

    public IResult Json() => Results.File(
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                report.Id,
                report.Title,
                report.Host,
                kind = report.IsGame ? "game" : "assignment",
                report.From,
                report.To,
                report.Full,
                report.PassMark,
                report.Answers,
                questions = report.Questions.Select(question => new
                {
                    question.Number,
                    type = QuestionTypes.Of(question.Question),
                    question.Question.Stem,
                    question.Facility,
                    question.Discrimination,
                    medianSeconds = question.Median?.TotalSeconds,
                    options = OptionsOf(question).Select(option => new { option.Text, option.Count, option.IsKey }),
                    right = question.Of(Outcome.Right),
                    partial = question.Of(Outcome.Partial),
                    wrong = question.Of(Outcome.Wrong),
                    unanswered = question.Of(Outcome.Unanswered),
                    question.IsCorrected,
                    question.IsHostsKey,
                }),
                leftOut = report.LeftOut,
                teams = report.Teams.Select(team => new { team.Rank, team.Name, team.Size, team.Points }),
                groups = report.Groups.Select(group => new { group.Name, took = group.Took.Count, absent = group.Absent.Count, group.Mean, passed = report.PassMark is null ? (int?)null : group.Took.Count(report.Passes), absentees = group.Absent }),
                polls = report.Polls.Select(poll => new { poll.Round, poll.Title, poll.Answers, poll.Options }),
                people = report.People.Select(person => new
                {
                    person.Rank,
                    person.Name,
                    person.Unit,
                    person.Team,
                    person.Score,
                    before = person.Before,
                    person.Points,
                    seconds = person.Took?.TotalSeconds,
                    passed = report.PassMark is null ? (bool?)null : report.Passes(person),
                    person.Outcomes,
                }),
            },
            DomainJson.Options),
        "application/json; charset=utf-8", Name("json"));

    private IReadOnlyList<IReadOnlyList<object?>> People() =>
    [
        [
            text["Rank"].Value, text["Name"].Value, text["Unit"].Value, .. report.Teams.Count == 0 ? [] : new[] { text["Team"].Value }, text[report.CountsRights ? "RightOnes" : "Score"].Value, text["BeforeColumn"].Value, text["PodiumPoints"].Value, text["TookColumn"].Value, text["Verdict"].Value,
            .. report.Questions.Select(question => question.Number.ToString(CultureInfo.InvariantCulture)),
        ],
        .. report.People.Select(person => (IReadOnlyList<object?>)
        [
            person.Rank == 0 ? null : person.Rank, person.Name, person.Unit, .. report.Teams.Count == 0 ? [] : new object?[] { person.Team }, Plain(person.Score), Plain(person.Before), person.Points, person.Took is { } took ? Math.Round((decimal)took.TotalSeconds, 1) : null,
            report.PassMark is null ? null : text[report.Passes(person) ? "Pass" : "Fail"].Value,
            .. person.Outcomes.Select(outcome => outcome is { } known ? text["Outcome." + known].Value : null),
        ]),
    ];

    private IReadOnlyList<IReadOnlyList<object?>> Questions() =>
    [
        [
            "#", text["TypeColumn"].Value, text["Stem"].Value, text["Facility"].Value, text["Discrimination"].Value, text["MedianColumn"].Value, text["Outcome.Right"].Value, text["Outcome.Partial"].Value, text["Outcome.Wrong"].Value,
            text["Outcome.Unanswered"].Value, text["Picks"].Value, text["Key"].Value, text["Remarks"].Value,
        ],
        .. report.Questions.Select(question => (IReadOnlyList<object?>)
        [
            question.Number, words["Type." + QuestionTypes.Of(question.Question)].Value, question.Question.Stem, Rounded(question.Facility), Rounded(question.Discrimination), question.Median is { } median ? Math.Round((decimal)median.TotalSeconds, 1) : null,
            question.Of(Outcome.Right), question.Of(Outcome.Partial), question.Of(Outcome.Wrong), question.Of(Outcome.Unanswered),
            string.Join('\n', OptionsOf(question).Select(option => $"{option.Text}  {option.Count}")), string.Join('\n', OptionsOf(question).Where(option => option.IsKey).Select(option => option.Text)),
            question.IsHostsKey ? text["Flag.HostsKey"].Value : question.IsCorrected ? text["Flag.Corrected"].Value : null,
        ]),
        .. report.LeftOut.Select(round => (IReadOnlyList<object?>)[round.Round, null, round.Stem, null, null, null, null, null, null, null, null, null, text[round.IsVoid ? "Voided" : "Skipped", round.Answers].Value]),
    ];

    private IReadOnlyList<IReadOnlyList<object?>> Groups() =>
    [
        [text["Unit"].Value, text["TookColumn.Groups"].Value, text["AbsentColumn"].Value, text["Mean"].Value, text["PassedColumn"].Value, text["AbsentNames"].Value],
        .. report.Groups.Select(group => (IReadOnlyList<object?>)
        [
            group.Name.Length == 0 ? text["NoUnit"].Value : group.Name, group.Took.Count, report.Expected.Count == 0 ? null : group.Absent.Count, group.Mean is { } mean ? Plain(Math.Round(mean, 2)) : null, report.PassMark is null ? null : group.Took.Count(report.Passes), string.Join(text["ListSeparator"].Value, group.Absent),
        ]),
    ];

    private IReadOnlyList<IReadOnlyList<object?>> Polls() =>
    [
        ["#", text["Stem"].Value, text["Option"].Value, text["PeopleColumn"].Value, text["ShareColumn"].Value],
        .. from poll in report.Polls from option in poll.Options select (IReadOnlyList<object?>)[poll.Round, poll.Title, option.Text, option.Count, Rounded(poll.ShareOf(option))],
    ];

    // Without the zeros that a sum of fractions carries
    private static decimal? Plain(decimal? value) => value / 1.0000000000000000000000000000m;

    private static decimal? Rounded(double? value) => value is { } known ? Math.Round((decimal)known, 3) : null;

    // As everyone saw them
    private IEnumerable<(string Text, int Count, bool IsKey)> OptionsOf(ReportQuestion question) => question.Question switch
    {
        SingleChoice single => question.Presentation.Order.Select(author => (single.Options[author].Text, question.Picks[author], single.Options[author].Correct)),
        MultipleChoice multiple => question.Presentation.Order.Select(author => (multiple.Options[author].Text, question.Picks[author], multiple.Options[author].Correct)),
        TrueFalse statement => [(words["True"].Value, question.Picks[0], statement.Answer), (words["False"].Value, question.Picks[1], !statement.Answer)],
        _ => [],
    };

    private string Name(string kind, string name = "report") => $"{name}-{LearnerDay.Of(report.From).ToString("yyyyMMdd-HHmm", CultureInfo.InvariantCulture)}.{kind}";
}
