namespace StudyQuiz.App.Features.StudyCards;

/// <summary>A day of a chart, in cards or in minutes.</summary>
public sealed record DayBar(DateOnly Day, double Due, double CatchUp, double New)
{
    public double Total => Due + CatchUp + New;
}
