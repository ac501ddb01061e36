using Npgsql;
using StudyQuiz.Postgres;

namespace StudyQuiz.Load;

/// <summary>An app that somebody else runs.</summary>
internal sealed class RunningApp : IServer
{
    /// <summary>Environment variable with a host's name and password, as <c>name:password</c>.</summary>
    public const string HostVariable = "STUDYQUIZ_LOAD_HOST";

    /// <summary>Environment variable with the connection string of the app's database, the same that the app reads.</summary>
    public const string DatabaseVariable = "ConnectionStrings__StudyQuiz";

    private readonly string[] _host = Required(HostVariable).Split(':', 2);

    public RunningApp(Uri address) => (Addresses, Database) = ([address], PostgresDataSource.Create(Required(DatabaseVariable)));

    public IReadOnlyList<Uri> Addresses { get; }

    public NpgsqlDataSource Database { get; }

    public ProcessUse? Use => null;

    public IReadOnlyList<string> Complaints => [];

    public async Task<Visitor> SignInAsync(Web web, CancellationToken stop)
    {
        var browser = new Visitor(web);
        var form = await browser.ReadAsync("/sign-in?returnUrl=/host", stop);
        await browser.SubmitAsync(form, "/sign-in", stop, ("name", _host[0]), ("password", _host[^1]));
        return browser;
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private static string Required(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
        ? value
        : throw new LoadFailure($"{variable} is not set: with --app it must be.");
}
