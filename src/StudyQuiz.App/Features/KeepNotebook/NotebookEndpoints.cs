namespace StudyQuiz.App.Features.KeepNotebook;

/// <summary>The notebook of wrong answers: what is in it and why, what a learner does to it by hand, and the ways out of it.</summary>
public static class NotebookEndpoints
{
    /// <summary>The notebook's page.</summary>
    public const string Path = "/notebook";

    public static void Map(IEndpointRouteBuilder app)
    {
        ShowNotebook.Map(app);
        ChangeNotebook.Map(app);
        ExportNotebook.Map(app);
        NotebookDeck.Map(app);
    }
}
