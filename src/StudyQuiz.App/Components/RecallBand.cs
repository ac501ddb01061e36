namespace StudyQuiz.App.Components;

/// <summary>The ink of a memory: five bands of predicted recall, the same wherever recall is drawn.</summary>
public static class RecallBand
{
    public const int Count = 5;

    /// <summary>1, under 50%, to 5, 92% and more; 0 for what was never answered.</summary>
    public static int Of(double? recall) => recall switch
    {
        null => 0,
        < 0.50 => 1,
        < 0.65 => 2,
        < 0.80 => 3,
        < 0.92 => 4,
        _ => 5,
    };

    /// <summary>A whole percentage.</summary>
    public static int Percent(double share) => (int)Math.Round(100 * share, MidpointRounding.AwayFromZero);
}
