namespace StudyQuiz.Domain.Questions;

/// <summary>How far a question has come. Files and the database hold the name in lower case.</summary>
public enum QuestionStatus
{
    Draft,
    Review,

    /// <summary>The only one that learners meet.</summary>
    Published,

    /// <summary>No longer asked, kept for the record of those who were.</summary>
    Retired,
}
