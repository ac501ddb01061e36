using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>What a form for a new question begins with: nothing but its type.</summary>
internal static class BlankQuestion
{
    /// <returns>Null where there is no such type.</returns>
    public static Question? Of(string? type) => type switch
    {
        QuestionTypes.SingleChoice => new SingleChoice { Stem = "", Explanation = "", Evidence = [], Difficulty = 1, Options = [] },
        QuestionTypes.MultipleChoice => new MultipleChoice { Stem = "", Explanation = "", Evidence = [], Difficulty = 1, Options = [] },
        QuestionTypes.TrueFalse => new TrueFalse { Stem = "", Explanation = "", Evidence = [], Difficulty = 1, Answer = true },
        QuestionTypes.Cloze => new Cloze { Stem = "", Explanation = "", Evidence = [], Difficulty = 1, Accepted = [] },
        QuestionTypes.Ordering => new Ordering { Stem = "", Explanation = "", Evidence = [], Difficulty = 1, Items = [] },
        QuestionTypes.Matching => new Matching { Stem = "", Explanation = "", Evidence = [], Difficulty = 1, Pairs = [] },
        QuestionTypes.Flashcard => new Flashcard { Stem = "", Explanation = "", Evidence = [], Difficulty = 1, Back = "" },
        _ => null,
    };
}
