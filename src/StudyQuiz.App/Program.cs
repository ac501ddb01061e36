using StudyQuiz.App.Commands;

// A reveal to thousands has a 4 KB block of SignalR's on its way to each phone. The pool keeps 32 of a size for each core and throws the others
// away, which is 20 MB of garbage a reveal and a collection's pause in every third. The runtime reads this when the pool is first used, from the
// environment alone; the collector still trims what stays unused.
const string pooled = "DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXARRAYSPERPARTITION";
if (Environment.GetEnvironmentVariable(pooled) is null) Environment.SetEnvironmentVariable(pooled, "1024");

return await CommandLine.RunAsync(args);
