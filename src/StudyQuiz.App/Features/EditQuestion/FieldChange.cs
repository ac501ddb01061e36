using System.Globalization;
using Microsoft.Extensions.Localization;
using StudyQuiz.App.Components;
using StudyQuiz.Domain.Editing;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>A field of a question that differs between two versions, as people read it.</summary>
public sealed record FieldChange(string Name, string Before, string After)
{
    /// <summary>Every field that differs, in the order of the form.</summary>
    internal static IReadOnlyList<FieldChange> Of(Question before, Question after, IStringLocalizer<EditQuestionText> text, IStringLocalizer<QuestionText> words)
    {
        // As if only one of two people had changed it
        var merged = MergedQuestion.Of(before, after, before);
        var names = new FieldNames(after, text, words);
        var changes = new List<FieldChange>();
        Add(names.Stem, merged.Stem);
        Add(text["Picture"], merged.Picture, MergeFields.PictureIn);
        foreach (var (at, row) in merged.Rows.Index())
        {
            Add(names.First(at), row.First);
            Add(names.Second(at), row.Second);
        }

        foreach (var row in merged.Gone) changes.Add(new FieldChange(names.Gone, string.Join(names.Joint, new[] { row.First.Base, row.Second.Base }.Where(part => part.Length > 0)), ""));
        if (merged.Order != MergeState.Untouched) changes.Add(new FieldChange(text["Field.Order"], names.Order(before), names.Order(after)));
        Add(names.Key, merged.Key, names.KeyIn);
        Add(names.Answer, merged.Answer, names.AnswerIn);
        Add(text["AnyOrder"], merged.AnyOrder, names.AnswerIn);
        Add(text["Explanation"], merged.Explanation);
        Add(text["Difficulty"], merged.Difficulty, level => text["Difficulty." + level]);
        if (merged.EvidenceState != MergeState.Untouched) changes.Add(new FieldChange(text["Evidence"], FieldNames.Quotes(before.Evidence), FieldNames.Quotes(after.Evidence)));
        return changes;

        void Add(string name, MergedField field, Func<string, string>? told = null)
        {
            if (field.State != MergeState.Untouched) changes.Add(new FieldChange(name, told?.Invoke(field.Base) ?? field.Base, told?.Invoke(field.Mine) ?? field.Mine));
        }
    }
}

/// <summary>What the fields of a question are called, and how values that are no words are told.</summary>
internal sealed class FieldNames(Question question, IStringLocalizer<EditQuestionText> text, IStringLocalizer<QuestionText> words)
{
    private readonly bool _isMatching = question is Matching;

    public string Stem => text[question is Flashcard ? "Front" : "Stem"];

    public string Gone => text[_isMatching ? "Field.PairGone" : "Field.OptionGone"];

    public string Key => text["Field.Key"];

    public string Joint => _isMatching ? " → " : " / ";

    public string Answer => question is TrueFalse ? text["Judgement"] : question is Cloze or Ordering or Flashcard ? text["Answer." + QuestionTypes.Of(question)] : "";

    public string First(int at) => _isMatching ? text["Left", at + 1] : text["Option", Letter(at)];

    public string Second(int at) => _isMatching ? text["Belongs", at + 1] : text["Reason", Letter(at)];

    /// <summary>Places as letters.</summary>
    public string KeyIn(string places) =>
        string.Join(text["Field.And"], places.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(place => Letter(int.Parse(place, CultureInfo.InvariantCulture))));

    public string AnswerIn(string value) => value switch
    {
        "true" => words["True"],
        "false" => words["False"],
        _ => value,
    };

    public string Order(Question of) => string.Join('\n', of switch
    {
        SingleChoice single => single.Options.Select(option => option.Text),
        MultipleChoice multiple => multiple.Options.Select(option => option.Text),
        Matching matching => matching.Pairs.Select(pair => pair.Left + Joint + pair.Right),
        _ => [],
    });

    public static string Quotes(IReadOnlyList<Evidence> evidence) => string.Join('\n', evidence.Select(quote => $"{quote.Paragraph} “{quote.Quote}”"));

    private static string Letter(int at) => ((char)('A' + at)).ToString();
}
