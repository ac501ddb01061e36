namespace StudyQuiz.App.Platform;

/// <summary>A setting that can't be used. The message names it and says what to set; the command line prints it alone.</summary>
public sealed class SettingException : Exception
{
    public SettingException(string message)
        : base(message)
    {
    }

    public SettingException(string message, Exception why)
        : base(message, why)
    {
    }
}
