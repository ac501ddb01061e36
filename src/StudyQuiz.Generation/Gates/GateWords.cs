using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace StudyQuiz.Generation.Gates;

/// <summary>
/// What a gate says, in English, with what was filled in kept apart: in another language it is said anew by its code. An interpolated
/// string becomes one by itself.
/// </summary>
[InterpolatedStringHandler]
public sealed class GateWords
{
    private readonly StringBuilder _english;
    private readonly List<string> _arguments;

    /// <summary>Called by the compiler.</summary>
    public GateWords(int literals, int holes)
    {
        _english = new StringBuilder(literals + (holes * 16));
        _arguments = new List<string>(holes);
    }

    /// <summary>What was filled in, in its order.</summary>
    public IReadOnlyList<string> Arguments => _arguments;

    public void AppendLiteral(string words) => _english.Append(words);

    public void AppendFormatted<T>(T value, string? format = null)
    {
        var told = value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : value?.ToString() ?? "";
        _arguments.Add(told);
        _english.Append(told);
    }

    public override string ToString() => _english.ToString();
}
