namespace StudyQuiz.Generation;

/// <summary>What a generation needs to know beside the text.</summary>
/// <param name="Slug">The bank's name; lower-case letters, digits and hyphens.</param>
/// <param name="File">The raw text's file, relative to the bank file.</param>
/// <param name="Sha256">Of the raw file's bytes, in lower-case hexadecimal.</param>
/// <param name="Seed">The same text and seed give the same bank, byte for byte.</param>
public sealed record GenerationSettings(string Slug, string File, string Sha256, long Seed)
{
    /// <summary>The title; null to take the text's own.</summary>
    public string? Title { get; init; }

    /// <summary>Who published the text; null to take what the text says.</summary>
    public string? Publisher { get; init; }

    /// <summary>When it was published; null to take what the text says.</summary>
    public DateOnly? Published { get; init; }

    /// <summary>The most questions to choose; null for one per <see cref="QuestionLimit.CharactersAQuestion"/> characters within the bounds of <see cref="QuestionLimit"/>.</summary>
    public int? MostQuestions { get; init; }

    /// <summary>Ids of what people have reviewed or reworded in the bank so far: these are made again, and no new question asks the same in another form.</summary>
    public IReadOnlySet<string> Kept { get; init; } = new HashSet<string>();
}
