using StudyQuiz.App.Commands;

return await CommandLine.RunAsync(args);
