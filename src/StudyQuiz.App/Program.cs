using Npgsql;
using StudyQuiz.App.Platform;

await using var dataSource = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable("ConnectionStrings__StudyQuiz") ?? "");
await StudyQuizHost.Create(new AppHostOptions(dataSource), args).RunAsync();
