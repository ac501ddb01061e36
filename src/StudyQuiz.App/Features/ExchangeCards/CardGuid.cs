using System.Globalization;

namespace StudyQuiz.App.Features.ExchangeCards;

/// <summary>
/// Names a question and its fork in files for good: the same at every export and on every installation that has the bank, so that Anki updates
/// its note when a deck is imported again, and so that a file that comes back finds its questions.
/// </summary>
internal sealed record CardGuid(string Source, string Question, int Fork)
{
    private const string Prefix = "studyquiz";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}/{Source}/{Question}/{Fork}");

    /// <summary>Null for anybody else's.</summary>
    public static CardGuid? Read(string guid) =>
        guid.Split('/') is [Prefix, var source, var question, var fork] && int.TryParse(fork, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new CardGuid(source, question, number)
            : null;
}
