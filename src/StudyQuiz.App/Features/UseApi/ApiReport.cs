using StudyQuiz.App.Features.ReadReports;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>What a game or an assignment came to.</summary>
/// <param name="Full">The most that can be scored.</param>
/// <param name="PassMark">Null where nobody passes or fails.</param>
public sealed record ApiReport(
    Guid Id, string Title, string Host, DateTimeOffset From, DateTimeOffset? To, decimal Full, decimal? PassMark, decimal? Mean, int Answers, IReadOnlyList<ApiReportQuestion> Questions, IReadOnlyList<ApiReportPerson> People,
    IReadOnlyList<ApiReportGroup> Groups)
{
    internal static ApiReport Of(Report report) => new(
        report.Id, report.Title, report.Host, new DateTimeOffset(report.From, TimeSpan.Zero), report.To is { } to ? new DateTimeOffset(to, TimeSpan.Zero) : null, report.Full, report.PassMark, report.Mean, report.Answers,
        [
            .. report.Questions.Select(question => new ApiReportQuestion(
                question.Number, QuestionTypes.Of(question.Question), question.Question.Stem, question.Facility, question.Discrimination, question.Median?.TotalSeconds, question.Of(Outcome.Right), question.Of(Outcome.Partial),
                question.Of(Outcome.Wrong), question.Of(Outcome.Unanswered))),
        ],
        [.. report.People.Select(person => new ApiReportPerson(person.Rank, person.Name, person.Unit, person.Score, report.PassMark is null ? null : report.Passes(person), person.Took?.TotalSeconds))],
        [.. report.Groups.Select(group => new ApiReportGroup(group.Name, group.Took.Count, group.Absent, group.Mean, report.PassMark is null ? null : group.Took.Count(report.Passes)))]);
}

/// <summary>What people did with a question.</summary>
public sealed record ApiReportQuestion(int Number, string Type, string Stem, double? Facility, double? Discrimination, double? MedianSeconds, int Right, int Partial, int Wrong, int Unanswered);

/// <summary>What a person came to.</summary>
public sealed record ApiReportPerson(int Rank, string Name, string? Unit, decimal Score, bool? Passed, double? Seconds);

/// <summary>What a group came to.</summary>
/// <param name="Took">How many took part.</param>
/// <param name="Absent">Names of those on the list who did not.</param>
public sealed record ApiReportGroup(string Name, int Took, IReadOnlyList<string> Absent, decimal? Mean, int? Passed);
