namespace StudyQuiz.App.Components;

/// <summary>The entries of the main navigation.</summary>
public enum Section
{
    Today,
    Source,
    SelfTest,
    Cards,
    Progress,
    Games,
    Banks,
    People,
}
