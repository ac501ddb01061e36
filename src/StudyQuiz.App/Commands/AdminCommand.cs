using System.CommandLine;
using Spectre.Console;
using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Commands;

/// <summary><c>studyquiz admin create NAME</c>: an admin without the first-admin link. The password is never an argument: arguments are seen by every process.</summary>
internal static class AdminCommand
{
    private static readonly Argument<string> _name = new("NAME") { Description = "The user name to sign in with" };

    public static Command Create()
    {
        var create = new Command("create", "Make an admin; the password is asked for, or read from standard input") { _name, Settings.DataOption };
        create.SetAction(RunAsync);
        return new Command("admin", "Manage admins") { create };
    }

    private static async Task<int> RunAsync(ParseResult command, CancellationToken stop)
    {
        var name = command.GetRequiredValue(_name);
        var password = await ReadPasswordAsync(stop);
        using var loggers = Quiet.Loggers();
        await using var database = await Database.OpenAsync(Settings.Of(command), loggers, share: true, stop);
        await database.EnsureMigratedAsync(stop);
        if (await Accounts.CreateAdminAsync(database.Source, name, password, stop) is { } refusal) throw new CommandFailure(WhatToDo(refusal, name));
        Console.WriteLine($"{name} is an admin now: sign in at /sign-in.");
        return 0;
    }

    private static async Task<string> ReadPasswordAsync(CancellationToken stop)
    {
        if (Console.IsInputRedirected) return await Console.In.ReadLineAsync(stop) ?? throw new CommandFailure("No password came on standard input: send it as one line.");
        var password = await new TextPrompt<string>("Password:").Secret(mask: null).ShowAsync(AnsiConsole.Console, stop);
        var again = await new TextPrompt<string>("Once more:").Secret(mask: null).ShowAsync(AnsiConsole.Console, stop);
        return password == again ? password : throw new CommandFailure("The two passwords differ: run the command again.");
    }

    private static string WhatToDo(AccountRefusal refusal, string name) => refusal switch
    {
        AccountRefusal.BadName => $"'{name}' is no user name: use {UserName.Shortest} to {UserName.Longest} letters, digits, dots, hyphens or underscores.",
        AccountRefusal.ShortPassword => $"The password is too short: use at least {Accounts.ShortestPassword} characters.",
        AccountRefusal.GuessedPassword => "The password is one of those that are guessed first: choose one that is not on every list, nor made of the name or words of the place.",
        AccountRefusal.NameTaken => $"Someone is called '{name}' already: choose another name, or give that account the role on the page People.",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "Not a refusal of an account."),
    };
}
