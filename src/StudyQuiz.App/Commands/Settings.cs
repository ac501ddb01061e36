using System.CommandLine;

namespace StudyQuiz.App.Commands;

/// <summary>What commands need to know of where they run: the command line first, then the environment, then appsettings.json.</summary>
/// <param name="ConnectionString">Null where the embedded PostgreSQL is used.</param>
/// <param name="DataFolder">Of the embedded PostgreSQL.</param>
internal sealed record Settings(IConfiguration Configuration, string? ConnectionString, string DataFolder)
{
    public const string DataFolderVariable = "STUDYQUIZ_DATA";

    /// <summary><c>--data</c>, for every command that uses the database.</summary>
    public static Option<string?> DataOption { get; } = new("--data")
    {
        Description = $"Folder of the embedded PostgreSQL, unless ConnectionStrings__StudyQuiz names another [default: {DataFolderVariable}, else {DefaultDataFolder}]",
        HelpName = "DIR",
    };

    private static string DefaultDataFolder => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess
        ? "/var/lib/studyquiz"
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "studyquiz");

    /// <exception cref="CommandFailure">appsettings.json is malformed.</exception>
    public static Settings Of(ParseResult command)
    {
        var configuration = ReadConfiguration();
        var folder = command.GetValue(DataOption) ?? NotEmpty(configuration[DataFolderVariable]) ?? DefaultDataFolder;
        return new Settings(configuration, NotEmpty(configuration.GetConnectionString("StudyQuiz")), Path.GetFullPath(folder));
    }

    /// <summary>The environment, then appsettings.json.</summary>
    /// <exception cref="CommandFailure">appsettings.json is malformed.</exception>
    public static IConfiguration ReadConfiguration()
    {
        try
        {
            return new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory)
                .AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().Build();
        }
        catch (InvalidDataException malformed)
        {
            throw new CommandFailure($"appsettings.json can't be read: {malformed.InnerException?.Message ?? malformed.Message}");
        }
    }

    /// <summary>The value, or null where it is empty: an empty environment variable means none.</summary>
    public static string? NotEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
