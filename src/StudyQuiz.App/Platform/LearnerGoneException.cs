namespace StudyQuiz.App.Platform;

/// <summary>The learner of a request was deleted, by that person and from another page, while it was answered.</summary>
public sealed class LearnerGoneException() : Exception("The learner was deleted while the request was answered.");
