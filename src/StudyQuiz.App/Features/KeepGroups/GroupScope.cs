using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.KeepGroups;

/// <summary>Whose groups somebody may see and change: their own, an admin everyone's. Statements say <c>(@IsAll or owner_id = @Account)</c>.</summary>
public sealed record GroupScope(Guid Account, bool IsAll)
{
    internal const string Sql = "(@IsAll or g.owner_id = @Account)";

    public static GroupScope Of(HttpContext http)
    {
        var viewer = Viewer.Of(http.User);
        return new GroupScope(viewer.AccountId!.Value, viewer.IsAdmin);
    }
}
