using Microsoft.Extensions.Primitives;

namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>The fields of a merge: beside a field that both changed stand both texts and which of them, or what was typed instead, is meant.</summary>
public static class MergeForm
{
    public const string Pick = "pick-";
    public const string Mine = "mine-";
    public const string Theirs = "theirs-";

    /// <summary>The form as if what was picked had been typed. A form without picks is what it is.</summary>
    internal static IFormCollection Resolved(IFormCollection form)
    {
        if (!form.Keys.Any(IsPick)) return form;
        var fields = form.Where(field => !IsPick(field.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var name in form.Keys.Where(IsPick).Select(key => key[Pick.Length..]))
        {
            var side = form[Pick + name].ToString() switch { "mine" => Mine, "theirs" => Theirs, _ => null };
            // the right options are several values of one field
            if (side is not null) fields[name] = Values(name, form[side + name].ToString());
        }

        return new FormCollection(fields, form.Files);
    }

    private static StringValues Values(string name, string value) => name switch
    {
        "correct" => new StringValues(value.Split(',')),
        QuestionForm.Fields.AnyOrder => value == "true" ? "on" : "",
        _ => value,
    };

    private static bool IsPick(string key) => key.StartsWith(Pick, StringComparison.Ordinal);
}
