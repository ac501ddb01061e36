using System.Text.Json;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Live;

/// <summary>Names of refusals as the screens get them; each has its words in the resources.</summary>
public static class Refusals
{
    /// <summary>No such game, or it is over: the same for both, so that nobody learns by asking.</summary>
    public const string UnknownGame = "unknownGame";

    /// <summary>This browser holds no seat in the game.</summary>
    public const string NoSeat = "noSeat";

    /// <summary>The host took this browser's seat away; it may ask for another one.</summary>
    public const string Removed = "removed";

    /// <summary>The host took this player's seat away and lets them back into this game no more.</summary>
    public const string Banned = "banned";

    /// <summary>The name holds a word that this installation does not show.</summary>
    public const string NicknameBlocked = "nicknameBlocked";

    /// <summary>The unit does.</summary>
    public const string UnitBlocked = "unitBlocked";

    /// <summary>The game belongs to another host.</summary>
    public const string NotYours = "notYours";

    /// <summary>Nothing was stored; asking again is harmless.</summary>
    public const string TryAgain = "tryAgain";

    public static string Name(GameRefusal refusal) => JsonNamingPolicy.CamelCase.ConvertName(refusal.ToString());
}
