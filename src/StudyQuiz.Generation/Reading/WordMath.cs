using System.Text;

namespace StudyQuiz.Generation.Reading;

/// <summary>Formulas of a document while they are read: powers, indices, fractions and roots as plain text can say them.</summary>
internal sealed class WordMath
{
    private readonly Stack<(string Name, int Begins)> _open = new();

    public static bool Is(string space) => space.EndsWith("/math", StringComparison.Ordinal);

    public void Start(string name, StringBuilder line)
    {
        if (name is not ("sup" or "sub" or "num" or "den" or "rad" or "deg")) return;
        if (name == "den") line.Append('/');
        if (name == "rad") line.Append('√');
        _open.Push((name, line.Length));
    }

    public void End(string name, StringBuilder line)
    {
        if (_open.Count == 0 || _open.Peek().Name != name) return;
        var (_, begins) = _open.Pop();
        if (begins > line.Length) return;
        var text = line.ToString(begins, line.Length - begins);
        line.Length = begins;
        switch (name)
        {
            case "sup": line.Append(text.Length == 0 ? "" : RaisedText.Up(text)); break;
            case "sub": line.Append(text.Length == 0 ? "" : RaisedText.Down(text)); break;
            // the degree of a root stands before it
            case "deg" when text.Trim().Length > 0 && _open.TryPop(out var root):
                line.Insert(begins - 1, RaisedText.Up(text));
                _open.Push((root.Name, line.Length));
                break;
            case "deg": break;
            default: line.Append(text.Trim().Length > 1 && !text.Trim().All(char.IsAsciiDigit) ? $"({text})" : text); break;
        }
    }

    /// <summary>A paragraph ends whatever was open.</summary>
    public void Clear() => _open.Clear();
}
