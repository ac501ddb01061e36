using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Generation.Banks;

/// <summary>Turns one entry of a bank's <c>questions</c> into a question of its type.</summary>
internal static class BankQuestionReader
{
    /// <summary>Null where the type is not one of the seven; the error is noted.</summary>
    public static BankQuestion? Read(BankFields fields, HashSet<string> taken)
    {
        var id = fields.Id("id", taken);
        if (Body(fields) is not { } body) return null;
        var question = new BankQuestion(
            id, fields.Text("key_point"), fields.OneOf<QuestionOrigin>("origin"), fields.OneOf<QuestionStatus>("status"), body, fields.Texts("enemies"))
        {
            Tags = Tags(fields),
        };
        fields.NothingElse();
        return question;
    }

    private static IReadOnlyList<string> Tags(BankFields fields)
    {
        var tags = fields.Texts("tags");
        if (tags.Any(tag => tag.Length > BankQuestion.LongestTag || tag != tag.Trim() || tag.Any(char.IsControl)))
            fields.Wrong("tags", $"every tag must be a line of up to {BankQuestion.LongestTag} characters, with no space before or after it.");
        return tags;
    }

    private static Question? Body(BankFields fields)
    {
        var type = fields.Text("type");
        var stem = fields.Text("stem");
        var explanation = fields.Text("explanation");
        var evidence = BankReader.Evidence(fields);
        var difficulty = fields.Number("difficulty", 1, 3);
        switch (type)
        {
            case QuestionTypes.SingleChoice:
                return new SingleChoice { Stem = stem, Explanation = explanation, Evidence = evidence, Difficulty = difficulty, Options = Options(fields) };
            case QuestionTypes.MultipleChoice:
                return new MultipleChoice { Stem = stem, Explanation = explanation, Evidence = evidence, Difficulty = difficulty, Options = Options(fields) };
            case QuestionTypes.TrueFalse:
                return new TrueFalse { Stem = stem, Explanation = explanation, Evidence = evidence, Difficulty = difficulty, Answer = fields.Flag("answer") };
            case QuestionTypes.Cloze:
                return new Cloze { Stem = stem, Explanation = explanation, Evidence = evidence, Difficulty = difficulty, Accepted = fields.Texts("answer"), AnyOrder = fields.Flag("any_order", whenAbsent: false) };
            case QuestionTypes.Ordering:
                return new Ordering { Stem = stem, Explanation = explanation, Evidence = evidence, Difficulty = difficulty, Items = fields.Texts("answer") };
            case QuestionTypes.Matching:
                return new Matching { Stem = stem, Explanation = explanation, Evidence = evidence, Difficulty = difficulty, Pairs = Pairs(fields) };
            case QuestionTypes.Flashcard:
                return new Flashcard { Stem = stem, Explanation = explanation, Evidence = evidence, Difficulty = difficulty, Back = fields.Text("answer") };
            case "":
                return null;
            default:
                fields.Wrong("type", $"'{type}' is not a type of question: take one of {string.Join(", ", QuestionTypes.All)}.");
                return null;
        }
    }

    private static List<Option> Options(BankFields fields)
    {
        var options = new List<Option>();
        foreach (var entry in fields.Maps("options"))
        {
            options.Add(new Option(entry.Text("text"), entry.Flag("correct", whenAbsent: false), entry.OptionalText("why")));
            entry.NothingElse();
        }

        return options;
    }

    private static List<MatchPair> Pairs(BankFields fields)
    {
        var pairs = new List<MatchPair>();
        foreach (var entry in fields.Maps("answer"))
        {
            pairs.Add(new MatchPair(entry.Text("left"), entry.Text("right")));
            entry.NothingElse();
        }

        return pairs;
    }
}
