using StudyQuiz.App.Tests;
using StudyQuiz.App.Tests.Postgres;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// As a second process, for tests of what happens between two of them
if (args is [DataFolderOwner.Command, var folder]) return await DataFolderOwner.RunAsync(folder);

// What xunit.v3 generates when a project has no entry point of its own
return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
    ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await ConsoleRunner.Run(args);
