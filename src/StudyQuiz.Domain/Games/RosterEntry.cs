namespace StudyQuiz.Domain.Games;

/// <summary>A person on the list that a host brought.</summary>
/// <param name="Code">学号 or 工号; null where the list has none.</param>
public sealed record RosterEntry(string Name, string? Code, string? Unit)
{
    /// <summary>Whether what someone typed names this person: the name, and the number where the list has one, else the unit where it has that.</summary>
    public bool IsNamedBy(TakeSeat typed)
    {
        if (!Same(Name, typed.Nickname)) return false;
        return Code is not null ? Same(Code, typed.Code) : Unit is null || Same(Unit, typed.Unit);
    }

    private static bool Same(string listed, string? typed) =>
        string.Equals(Games.Nickname.Clean(typed), Games.Nickname.Clean(listed), StringComparison.OrdinalIgnoreCase);
}
