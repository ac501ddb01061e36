using StudyQuiz.Postgres;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.Postgres;

public sealed class PostgresBinariesTests : IDisposable
{
    private readonly TestFolder _folder = TestFolder.Create();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_18_or_newer_is_found()
    {
        var found = await PostgresBinaries.FindAsync(null, _folder.Path, Cancel);
        Assert.True(found.Version >= new Version(18, 0));
        Assert.True(File.Exists(found.Program("pg_ctl")));
    }

    [Fact]
    public async Task An_older_one_is_refused_in_one_line_with_its_version()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "shell scripts");
        Fake("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)");
        var refusal = await Assert.ThrowsAsync<PostgresBinariesException>(() => PostgresBinaries.FindAsync(_folder.Path, _folder.In("copies"), Cancel));
        Assert.StartsWith($"PostgreSQL 18 or newer is needed, but {_folder.In("bin")} has 15.18: run 'npm ci", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task A_newer_one_is_taken()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "shell scripts");
        Fake("postgres (PostgreSQL) 19beta1");
        Assert.Equal(new Version(19, 0), (await PostgresBinaries.FindAsync(_folder.Path, _folder.In("copies"), Cancel)).Version);
    }

    [Fact]
    public async Task A_folder_without_programs_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<PostgresBinariesException>(() => PostgresBinaries.FindAsync(_folder.Path, _folder.In("copies"), Cancel));
        Assert.StartsWith($"No usable postgres, initdb and pg_ctl in {_folder.Path}: name the folder", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_in_a_folder_closed_to_the_servers_user_are_copied_and_run()
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess, "only root's PostgreSQL runs as another user");
        if (OperatingSystem.IsWindows()) return;
        var original = Path.GetDirectoryName((await PostgresBinaries.FindAsync(null, _folder.In("unused"), Cancel)).Folder)!;
        var closed = Directory.CreateDirectory(_folder.In("closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateSymbolicLink(Path.Combine(closed.FullName, "native"), original);

        await using var server = await EmbeddedPostgres.StartAsync(new() { DataFolder = _folder.In("data"), BinariesFolder = Path.Combine(closed.FullName, "native") },
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, Cancel);
        Assert.Null(await ConnectionProbe.DescribeFailure(server.ConnectionString, Cancel));
        Assert.Single(Directory.GetDirectories(_folder.In("data"), "pgsql-*"));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private void Fake(string version)
    {
        Directory.CreateDirectory(_folder.In("bin"));
        foreach (var name in new[] { "postgres", "initdb", "pg_ctl" })
        {
            File.WriteAllText(_folder.In($"bin/{name}"), $"#!/bin/sh\necho '{version}'\n");
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder.In($"bin/{name}"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }
    }
}
