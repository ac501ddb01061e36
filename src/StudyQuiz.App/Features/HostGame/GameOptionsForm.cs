using System.Globalization;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Features.HostGame;

/// <summary>The choices of <see cref="GameOptions"/> as the form that opens a game sends them.</summary>
public static class GameOptionsForm
{
    /// <summary>Fields, as the form names them.</summary>
    public static class Fields
    {
        public const string SeatCap = "seatCap";
        public const string LateJoin = "lateJoin";
        public const string Scoring = "scoring";
        public const string PartialCredit = "partialCredit";
        public const string StreakBonus = "streakBonus";
        public const string Penalty = "penalty";
        public const string AutoAdvance = "autoAdvance";
        public const string Sound = "sound";
        public const string Teams = "teams";
        public const string TeamCount = "teamCount";
        public const string TeamNames = "teamNames";
        public const string Identity = "identity";
        public const string GeneratedNames = "generatedNames";
        public const string ReviewNames = "reviewNames";
        public const string Roster = "roster";
        public const string TemplateName = "templateName";
        public const string Group = "group";
    }

    /// <summary>Reads the choices. A number out of its range becomes the nearest in it; what is not chosen has its default.</summary>
    public static GameOptions Read(IFormCollection form)
    {
        var defaults = new GameOptions();
        return defaults with
        {
            SeatCap = Number(form, Fields.SeatCap, GameOptions.Seats, defaults.SeatCap),
            LateJoin = Switch(form, Fields.LateJoin, defaults.LateJoin),
            Scoring = Choice(form, Fields.Scoring, defaults.Scoring),
            PartialCredit = Switch(form, Fields.PartialCredit, defaults.PartialCredit),
            StreakBonus = Switch(form, Fields.StreakBonus, defaults.StreakBonus),
            Penalty = Switch(form, Fields.Penalty, defaults.Penalty),
            AutoAdvance = Switch(form, Fields.AutoAdvance, defaults.AutoAdvance),
            Sound = Switch(form, Fields.Sound, defaults.Sound),
            Teams = Choice(form, Fields.Teams, defaults.Teams),
            TeamCount = Number(form, Fields.TeamCount, Teams.Number, defaults.TeamCount),
            TeamNames = form[Fields.TeamNames].ToString() is { Length: <= 200 } names && StorableText.Is(names) ? StorableText.Clean(names).Trim() : "",
            Identity = Choice(form, Fields.Identity, defaults.Identity),
            GeneratedNames = Switch(form, Fields.GeneratedNames, defaults.GeneratedNames),
            ReviewNames = Switch(form, Fields.ReviewNames, defaults.ReviewNames),
        };
    }

    /// <summary>What is wrong with the names of the teams: the resource that says so; null where they are fine, or not asked for.</summary>
    public static string? CheckTeams(GameOptions options) =>
        options.Teams != TeamMode.None && options.TeamNames.Length > 0 && Teams.Typed(options.TeamNames).Count < Teams.Number.Least ? "TeamNamesFew" : null;

    /// <summary>Reads the list of people, where players are known by one.</summary>
    /// <returns>The resource that says what is wrong with it, and the line where it is.</returns>
    public static (IReadOnlyList<RosterEntry> Entries, string? Refused, int Line) ReadRoster(IFormCollection form, GameOptions options)
    {
        if (options.Identity != PlayerIdentity.Roster) return ([], null, 0);
        var (entries, bad) = Roster.Parse(form[Fields.Roster].ToString());
        return bad is { } line ? ([], "RosterLine", line) : entries.Count == 0 ? ([], "RosterEmpty", 0) : (entries, null, 0);
    }

    // A box that is not ticked sends nothing; the hidden field beside it tells that from a form without the box.
    private static bool Switch(IFormCollection form, string field, bool otherwise) => form[field].Count == 0 ? otherwise : form[field].Contains("true");

    private static T Choice<T>(IFormCollection form, string field, T otherwise)
        where T : struct, Enum => Enum.TryParse<T>(form[field], out var chosen) && Enum.IsDefined(chosen) ? chosen : otherwise;

    private static int Number(IFormCollection form, string field, (int Least, int Most) range, int otherwise) =>
        int.TryParse(form[field], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, range.Least, range.Most) : otherwise;
}
