using Fields = StudyQuiz.App.Features.EditQuestion.QuestionForm.Fields;

namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>The field of the form that mends what a gate finds: there it is told.</summary>
internal static class GateFields
{
    private static readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal)
    {
        ["evidence"] = Fields.Evidence,
        ["one item per fact"] = Fields.Evidence,
        ["evidence of the key"] = Fields.Evidence,
        ["right answers"] = Answers,
        ["verbatim key"] = Answers,
        ["supported distractors"] = Answers,
        ["possible times"] = Answers,
        ["words in a mouth"] = Answers,
        ["order of the text"] = Answers,
        ["pairs of the text"] = Answers,
        ["statements on points"] = Answers,
        ["absolute options"] = Answers,
        ["options on options"] = Answers,
        ["told by words"] = Answers,
        ["answers in the title"] = Answers,
        ["unlike ends"] = Answers,
        ["option length"] = Answers,
        ["typed answers"] = Answers,
        ["reasons against the key"] = Fields.Explanation,
        ["quotes in reasons"] = Fields.Explanation,
        ["answer explained"] = Fields.Explanation,
    };

    // Options, pairs or the answer: whichever the type has
    private const string Answers = Fields.Answer;

    /// <summary>Stem, where nothing else is meant.</summary>
    public static string Of(string gate) => _fields.GetValueOrDefault(gate, Fields.Stem);
}
