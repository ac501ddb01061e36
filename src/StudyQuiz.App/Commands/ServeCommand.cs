using System.CommandLine;
using Microsoft.AspNetCore.Connections;
using StudyQuiz.App.Features.FirstAdmin;
using StudyQuiz.App.Features.ImportBank;
using StudyQuiz.App.Features.ResetPassword;
using StudyQuiz.App.Platform;
using StudyQuiz.Postgres;

namespace StudyQuiz.App.Commands;

/// <summary><c>studyquiz serve</c>, and plain <c>studyquiz</c>: the database, its migrations, the shipped banks, then the web host until a signal ends it.</summary>
internal static class ServeCommand
{
    private static readonly Option<bool> _lan = new("--lan") { Description = "Listen on all interfaces, so that others on the network can join" };
    private static readonly Option<string?> _urls = new("--urls") { Description = "Addresses to listen on, separated by ';' [default: http://localhost:5080]", HelpName = "URLS" };
    private static readonly Option<string?> _publicUrl = new("--public-url") { Description = "The address that people use, where a proxy stands before this server", HelpName = "URL" };
    private static readonly Option<string?> _questions = new("--questions") { Description = "Folder of bank files to import at the start [default: questions beside this program]", HelpName = "DIR" };

    public static void AddTo(RootCommand root)
    {
        var serve = new Command("serve", "Run the server (what happens without a command too)");
        root.Add(serve);
        foreach (var command in new[] { root, serve })
        {
            foreach (var option in new Option[] { _lan, Settings.DataOption, _urls, _publicUrl, _questions }) command.Add(option);
            command.SetAction(RunAsync);
        }
    }

    private static async Task<int> RunAsync(ParseResult command, CancellationToken stop)
    {
        var settings = Settings.Of(command);
        var plan = ServePlan.Of(settings.Configuration, command.GetValue(_lan), command.GetValue(_urls), command.GetValue(_publicUrl), command.GetValue(_questions));
        _ = SmtpSettings.Of(settings.Configuration, plan.PublicUrl is not null);
        if (Ports.WhyNotFree(plan.Urls) is { } taken) throw new CommandFailure(taken);

        using var loggers = LoggerFactory.Create(logging => logging.AddStudyQuizLogs());
        var logger = loggers.CreateLogger("StudyQuiz");
        if (settings.ConnectionString is null && settings.Configuration["Cluster:Name"] is { Length: > 0 } cluster)
            throw new CommandFailure($"Cluster__Name is {cluster}, but no database that other hosts reach is named: set ConnectionStrings__StudyQuiz to the one that they share, or leave Cluster__Name out.");
        await using var database = await Database.OpenAsync(settings, loggers, share: false, stop);
        // Before the database is touched: it refuses settings that can't be used
        await using var app = StudyQuizHost.Create(new AppHostOptions(database.Source, plan.Urls, plan.PublicUrl, plan.LanAddress));
        await DatabaseMigrator.MigrateAsync(database.ConnectionString, MigrationScript.Embedded(), logger, stop);
        await ImportAsync(database, plan.Questions, logger, stop);
        await StartAsync(app, plan.Urls, stop);
        var addresses = ServePlan.Shown(app.Urls, plan).ToList();
        logger.Announce("StudyQuiz answers at " + string.Join(" and ", addresses));
        if (await new FirstAdminLink(database.Source).CreateAsync(stop) is { } link) logger.Announce($"There is no admin yet. This link makes the first one, once: {addresses[0]}{link}");
        if (plan.IsLan && plan.LanAddress is null) logger.Announce("No network was found, so nobody else can reach it: connect this machine, then start again.");
        await app.WaitForShutdownAsync(stop);
        return 0;
    }

    private static async Task ImportAsync(Database database, string folder, ILogger logger, CancellationToken stop)
    {
        if (!Directory.Exists(folder)) throw new CommandFailure($"There is no folder {folder}: name the folder of the bank files with --questions.");
        foreach (var report in await new BankFolder(new BankImporter(database.Source)).ImportAllAsync(folder, cancellation: stop))
            logger.Log(report.Refused.Count > 0 || report.Conflicts.Count > 0 ? LogLevel.Warning : LogLevel.Information, "Bank {Report}", report);
    }

    private static async Task StartAsync(WebApplication app, string urls, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
        }
        catch (IOException bind) when (bind.InnerException is AddressInUseException)
        {
            throw new CommandFailure(Ports.Of(urls).Select(Ports.Taken).FirstOrDefault() ?? bind.Message);
        }
        catch (System.Net.Sockets.SocketException bind)
        {
            throw new CommandFailure($"{urls} can't be listened on ({bind.SocketErrorCode}): choose another address or a port above 1023 with --urls.");
        }
    }
}
