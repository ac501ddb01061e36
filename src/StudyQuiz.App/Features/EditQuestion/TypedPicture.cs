using Npgsql;
using StudyQuiz.App.Features.ShowPictures;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Editing;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>A picture as a form names it.</summary>
/// <param name="Hash">Empty where the question is to have none.</param>
/// <param name="Refused">Why the file that was sent is not taken; null for none.</param>
public sealed record TypedPicture(string Hash, string Alt, PictureRefusal? Refused = null)
{
    public static TypedPicture Of(Picture? picture) => new(picture?.Hash ?? "", picture?.Alt ?? "");

    /// <summary>Null where the form has no fields for it. A merge sends both in one, as <see cref="MergedQuestion.Told"/> says them.</summary>
    internal static TypedPicture? Of(IFormCollection form)
    {
        if (form.TryGetValue("picture", out var told)) return told.ToString().Split(' ', 2) is [var name, var shows] ? new TypedPicture(name, StorableText.Clean(shows).Trim()) : new TypedPicture("", "");
        if (!form.ContainsKey("pictureHash")) return null;
        return form["pictureGone"] == "on" ? new TypedPicture("", "") : new TypedPicture(form["pictureHash"].ToString(), AltOf(form));
    }

    /// <summary>With the file that came beside it, stored. The page's script has sent it before; without it, it comes with the form.</summary>
    internal async Task<TypedPicture> WithFileAsync(NpgsqlConnection connection, IFormCollection form, Guid person, DateTimeOffset now)
    {
        if (form.Files[PictureEndpoints.Field] is not { Length: > 0 } file) return this;
        var (hash, refusal) = await PictureEndpoints.StoreAsync(connection, file, person, now);
        return hash is not null ? this with { Hash = hash, Alt = Alt.Length > 0 ? Alt : AltOf(form) } : this with { Refused = refusal };
    }

    private static string AltOf(IFormCollection form) => StorableText.Clean(form["pictureAlt"].ToString()).ReplaceLineEndings(" ").Trim();

    /// <returns>The picture, null for none; or the name of what is wrong.</returns>
    internal async Task<(Picture? Picture, string? Error)> FindAsync(NpgsqlConnection connection)
    {
        if (Refused is { } refusal) return (null, "Picture" + refusal);
        if (Hash.Length == 0) return (null, null);
        if (Alt.Length == 0) return (null, "PictureAlt");
        if (Alt.Length > Picture.LongestAlt) return (null, "TooLong");
        if (!StorableText.Is(Alt)) return (null, "Unstorable");
        return await PictureEndpoints.FindAsync(connection, Hash, Alt) is { } picture ? (picture, null) : (null, "PictureGone");
    }
}
