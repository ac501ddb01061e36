using System.Globalization;

namespace StudyQuiz.Load;

/// <summary>Tells on standard error how far the run is, so that standard output holds nothing but its result.</summary>
internal static class Progress
{
    private static readonly long _began = TimeProvider.System.GetTimestamp();

    public static void Say(string what) =>
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetElapsedTime(_began).TotalSeconds,6:0.0} s  {what}"));
}
