using System.Globalization;
using System.Runtime.InteropServices;

namespace StudyQuiz.App.Components;

/// <summary>
/// A number in a text, by which the text may choose a word: <c>{0} {0:card|cards}</c> is 1 card and 2 cards. A language that has no
/// plural leaves the choice out.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Count(double Number) : IFormattable
{
    public string ToString(string? format, IFormatProvider? formatProvider) =>
        format?.Split('|') is [var one, var other] ? (Number == 1 ? one : other) : Number.ToString(format, formatProvider);

    public override string ToString() => ToString(null, CultureInfo.CurrentCulture);
}
