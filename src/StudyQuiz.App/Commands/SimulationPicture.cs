using System.Globalization;
using System.Text;
using StudyQuiz.Domain.Scheduling.Simulating;

namespace StudyQuiz.App.Commands;

/// <summary>Draws a simulation as SVG: reviews a day above, recall below. It brings its own ground and follows light and dark.</summary>
internal static class SimulationPicture
{
    private const int Left = 56;
    private const int Right = 700;
    private const int Height = 190;

    // Colours by Okabe and Ito, which people tell apart whatever colours they see; lines differ in their dashes too
    private const string Head =
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 880 540" width="880" height="540" role="img" aria-labelledby="t" font-family="system-ui, sans-serif" font-size="14">
        <title id="t">A simulated year of flashcards: reviews a day, and recall of what was learned</title>
        <style>
        svg { --ground: #ffffff; --ink: #1f2328; --line: #d1d9e0; --c0: #0072b2; --c1: #b34700; --c2: #00795b }
        @media (prefers-color-scheme: dark) { svg { --ground: #0d1117; --ink: #e6edf3; --line: #30363d; --c0: #56b4e9; --c1: #f0a35a; --c2: #3fcf9f } }
        rect { fill: var(--ground) } text { fill: var(--ink) } .grid { stroke: var(--line) } polyline { fill: none; stroke-width: 2.5; stroke-linejoin: round }
        .s0 { stroke: var(--c0) } .s1 { stroke: var(--c1); stroke-dasharray: 9 4 } .s2 { stroke: var(--c2); stroke-dasharray: 2 4; stroke-linecap: round }
        text.n0 { fill: var(--c0) } text.n1 { fill: var(--c1) } text.n2 { fill: var(--c2) } .h { font-weight: 600 }
        </style>
        <rect width="880" height="540" rx="8"/>

        """;

    /// <param name="results">Up to three.</param>
    public static string Draw(IReadOnlyList<StrategyResult> results)
    {
        var svg = new StringBuilder(Head);
        var days = results[0].Days.Count;
        var reviews = results.Select(result => Smoothed([.. result.Days.Select(day => day.Reviews)])).ToList();
        var most = Math.Ceiling(reviews.Max(line => line.Max()) / 10) * 10;
        Panel(svg, 40, "Reviews a day, mean of seven days", days, 0, most, most <= 60 ? 10 : 20, "0", [.. reviews.Select((line, i) => (line, results[i].Name))]);
        var recall = results.Select(result => Smoothed([.. result.Days.Skip(1).Select(day => day.Recall)])).ToList();
        var least = Math.Floor(recall.Min(line => line.Min()) * 10) / 10;
        Panel(svg, 300, "Recall in the morning: mean over the cards met so far", days, least, 1, 0.1, "0%", [.. recall.Select((line, i) => (line, results[i].Name))]);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Panel(StringBuilder svg, int top, string title, int days, double least, double most, double step, string format, IReadOnlyList<(double[] Values, string Name)> lines)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"h\" x=\"{Left}\" y=\"{top - 14}\">{title}</text>\n");
        double Y(double value) => top + Height * (most - value) / (most - least);
        double X(double day) => Left + (Right - Left) * day / Math.Max(1, days - 1);
        for (var i = 0; least + i * step <= most + 1e-9; i++)
        {
            var value = least + i * step;
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{Left} {Y(value):0.0}H{Right}\"/><text x=\"{Left - 8}\" y=\"{Y(value) + 5:0.0}\" text-anchor=\"end\">{value.ToString(format, CultureInfo.InvariantCulture)}</text>\n");
        }

        var every = Math.Max(1, (int)Math.Ceiling(days / 6.0 / 30) * 30);
        for (var day = 0; day < days; day += every)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(day):0.0}\" y=\"{top + Height + 22}\" text-anchor=\"middle\">{(day == 0 ? "day 1" : day.ToString(CultureInfo.InvariantCulture))}</text>\n");

        // names stand at the ends of their lines, moved apart where they would touch
        var at = double.NegativeInfinity;
        foreach (var (name, i, y) in lines.Select((line, i) => (line.Name, i, Y: Y(line.Values[^1]))).OrderBy(line => line.Y))
        {
            at = Math.Max(y + 5, at + 19);
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"n{i} h\" x=\"{Right + 10}\" y=\"{at:0.0}\">{name}</text>\n");
        }

        for (var i = 0; i < lines.Count; i++)
        {
            var values = lines[i].Values;
            var points = string.Join(' ', values.Select((value, at) => string.Create(CultureInfo.InvariantCulture, $"{X(at + days - values.Length):0.0},{Y(value):0.0}")));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"s{i}\" points=\"{points}\"/>\n");
        }
    }

    private static double[] Smoothed(double[] days) =>
        [.. days.Select((_, day) => days[Math.Max(0, day - 3)..Math.Min(days.Length, day + 4)].Average())];
}
