namespace StudyQuiz.App.Features.SignIn;

/// <summary>Names the resource file of signing in, signing up and the account.</summary>
public sealed class SignInText;
