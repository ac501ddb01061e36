namespace StudyQuiz.App.Components;

/// <summary>The entries of the main navigation.</summary>
public enum Section
{
    Today,
    Source,
    SelfTest,
    Cards,
    Notebook,
    Progress,
    Games,
    Banks,
    Appeals,
    People,
}
