using Microsoft.Extensions.Localization;
using StudyQuiz.Domain.Editing;
using StudyQuiz.Domain.Questions;
using Fields = StudyQuiz.App.Features.EditQuestion.QuestionForm.Fields;

namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>A merge as its page shows and sends it: what waits for a person, what merged by itself and whose it is, and every field that is decided.</summary>
internal sealed class MergeFields
{
    private readonly IStringLocalizer<EditQuestionText> _text;
    private readonly List<Conflict> _conflicts = [];
    private readonly List<Alone> _merged = [];
    private readonly List<(string Field, string Value)> _hidden = [];

    public MergeFields(MergedQuestion merge, EditedQuestion row, FieldNames names, IStringLocalizer<EditQuestionText> text)
    {
        _text = text;
        var isMatching = row.Question is Matching;
        Add(Fields.Stem, names.Stem, merge.Stem);
        Add(Fields.Picture, text["Picture"], merge.Picture, PictureIn, isText: false);
        foreach (var (at, one) in merge.Rows.Index())
        {
            Add((isMatching ? "left" : "option") + at, names.First(at), one.First);
            Add((isMatching ? "right" : "reason") + at, names.Second(at), one.Second);
        }

        foreach (var one in merge.Gone) _merged.Add(new Alone(names.Gone, one.First.Base, "", Whose(one.First.State)));
        if (merge.Order != MergeState.Untouched) _merged.Add(new Alone(text["Field.Order"], "", "", Whose(merge.Order)));
        if (row.Question is SingleChoice or MultipleChoice) Add("correct", names.Key, merge.Key, names.KeyIn);
        if (names.Answer.Length > 0) Add(Fields.Answer, names.Answer, merge.Answer, names.AnswerIn, isText: row.Question is not TrueFalse);
        if (row.Question is Cloze) Add(Fields.AnyOrder, text["AnyOrder"], merge.AnyOrder, names.AnswerIn, isText: false);
        Add(Fields.Explanation, text["Explanation"], merge.Explanation);
        Add(Fields.Difficulty, text["Difficulty"], merge.Difficulty, level => text["Difficulty." + level], isText: false);
        _hidden.Add((Fields.Evidence, "1"));
        foreach (var (at, quote) in merge.Evidence.Select(TypedQuote.Of).Index()) _hidden.AddRange([("quote" + at, quote.Words), ("place" + at, quote.Place)]);
        if (merge.EvidenceState != MergeState.Untouched) _merged.Add(new Alone(text["Evidence"], FieldNames.Quotes(row.Question.Evidence), FieldNames.Quotes(merge.Evidence), Whose(merge.EvidenceState, isTogether: true)));
    }

    public IReadOnlyList<Conflict> Conflicts => _conflicts;

    public IReadOnlyList<Alone> Merged => _merged;

    public IReadOnlyList<(string Field, string Value)> Hidden => _hidden;

    private void Add(string field, string name, MergedField value, Func<string, string>? told = null, bool isText = true)
    {
        told ??= words => words;
        if (value.State == MergeState.Conflict)
        {
            _conflicts.Add(new Conflict(field, name, value, isText && field != "correct", told));
            return;
        }

        if (value.State != MergeState.Untouched) _merged.Add(new Alone(name, told(value.Base), told(value.Value), Whose(value.State)));
        if (field == "correct") _hidden.AddRange(value.Value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(at => (field, at)));
        else if (field == Fields.AnyOrder) _hidden.Add((field, value.Value == "true" ? "on" : ""));
        else _hidden.Add((field, value.Value));
    }

    // Its name says nothing to a reader
    internal static string PictureIn(string told) => told.Split(' ', 2) is [_, var shows] ? shows : "";

    private string Whose(MergeState state, bool isTogether = false) => _text[isTogether && state == MergeState.Alike ? "Merge.Together" : "Merge." + state];

    /// <summary>A field that both changed.</summary>
    /// <param name="Field">Its name in the form.</param>
    /// <param name="IsText">It can be written anew.</param>
    /// <param name="Told">A value as people read it.</param>
    internal sealed record Conflict(string Field, string Name, MergedField Value, bool IsText, Func<string, string> Told);

    /// <summary>What merged by itself.</summary>
    internal sealed record Alone(string Name, string Before, string After, string Whose);
}
