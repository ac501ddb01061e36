namespace StudyQuiz.App.Features.ImportBank;

/// <summary>What an import does with one item.</summary>
internal enum ImportDecision
{
    /// <summary>Not here yet: make it.</summary>
    New,

    /// <summary>The file says what it said last time: don't touch.</summary>
    Unchanged,

    /// <summary>Changed in the file and here, to the same: note the file's new hash only.</summary>
    Agreed,

    /// <summary>Changed in the file only: change it here.</summary>
    Changed,

    /// <summary>Changed in the file and here: leave it alone and say so.</summary>
    Conflict,
}

/// <summary>Compares an item in the file with the last import of it and with what is stored.</summary>
internal static class ThreeWay
{
    /// <param name="file">Hash of the item in the file.</param>
    /// <param name="imported">Hash of the item as the file last gave it; null when it was never imported.</param>
    /// <param name="stored">Hash of the item as it is here; null when it isn't.</param>
    public static ImportDecision Decide(string file, string? imported, string? stored)
    {
        if (stored is null) return ImportDecision.New;
        if (file == imported) return ImportDecision.Unchanged;
        if (file == stored) return ImportDecision.Agreed;
        return stored == imported ? ImportDecision.Changed : ImportDecision.Conflict;
    }
}
