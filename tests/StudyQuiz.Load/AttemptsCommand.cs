using System.CommandLine;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.Load;

/// <summary><c>attempts</c>: times on the server what the product asks of a database of many reviews from the start of an attempt to its result.</summary>
internal static class AttemptsCommand
{
    private const int Number = 50;
    private const double StartBudget = 10;
    private const double SaveBudget = 5;

    private static readonly DateTimeOffset _now = new(2026, 11, 24, 4, 0, 0, TimeSpan.Zero);
    private static readonly Option<int> _runs = new("--runs") { Description = "How many attempts of each kind are begun; one of each round is gone through", DefaultValueFactory = _ => 300 };
    private static readonly Option<int> _warm = new("--warm") { Description = "How many rounds go before and are not counted: a server that has just started reads from disk", DefaultValueFactory = _ => 20 };
    private static readonly Option<bool> _plans = new("--plans") { Description = "Print what each statement took, and the plans of the slowest run of each" };

    public static Command Create()
    {
        var command = new Command("attempts", "Attempts of 50 questions among 100,000 and 5,000,000 reviews, and from one source of 100,000: time on the server and plans") { _runs, _warm, _plans };
        foreach (var option in StudiedDatabase.Options) command.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        await using var database = await StudiedDatabase.OpenAsync(parsed, stop);
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        var learners = await StudiedDatabase.LearnersAsync(connection);
        await LargeSource.MarkFavouritesAsync(connection);
        await LargeSource.AddAttemptsAsync(connection);
        var few = await LargeSource.AddAsync(connection, "large-20", points: 20, learners[0].Learner);
        var many = await LargeSource.AddAsync(connection, "large-5000", points: 5000, learners[0].Learner);
        var heard = await ExecutedStatements.ListenAsync(connection);
        var times = new OperationTimes(heard, "review", "card", "question", "question_version", "question_mark", "key_point", "attempt", "attempt_question", "attempt_answer");
        var warming = parsed.GetValue(_warm);
        Progress.Say($"{warming} rounds to warm, not counted");
        for (var run = -warming; run < parsed.GetValue(_runs); run++)
        {
            if (run == 0) times.Clear();
            stop.ThrowIfCancellationRequested();
            // the learner of ten sources comes again and again
            var (learner, _, source) = run % 20 == 0 ? learners[0] : learners[Math.Abs(run) % learners.Count];
            foreach (var (what, selection, scope, number) in await KindsAsync(connection, source))
            {
                times.Skip();
                var attempt = await StartAsync(connection, learner, scope, selection, number, run);
                times.Note($"start: {what}", StartBudget);
                if (selection == Selections.Mixed && scope.KeyPoints.Count == 0 && scope.Types.Count == QuestionTypes.Graded.Count) await GoThroughAsync(connection, attempt, learner, run % 2 == 0, times);
            }

            foreach (var (name, large) in new[] { ("20 key points", few), ("5,000 key points", many) })
            {
                foreach (var selection in (string[])[Selections.Mixed, Selections.Weak, Selections.Order, Selections.Favourites])
                {
                    await StartAsync(connection, learners[0].Learner, new Scope(large, QuestionTypes.Graded, [], false), selection, Number, run);
                    times.Note($"start, one source of 100,000 in {name}: {selection}", StartBudget);
                }
            }
        }

        return times.Write(parsed.GetValue(_plans));
    }

    private static async Task<IReadOnlyList<(string What, string Selection, Scope Scope, int Number)>> KindsAsync(NpgsqlConnection connection, long source)
    {
        var points = (await connection.QueryAsync<long>("select id from key_point where source_id = @source order by position limit 3", new { source })).AsList();
        var all = new Scope(source, QuestionTypes.Graded, [], Reading: false);
        return
        [
            (Selections.Mixed, Selections.Mixed, all, Number),
            ("one type", Selections.Mixed, all with { Types = [QuestionTypes.Cloze] }, Number),
            ("three key points", Selections.Mixed, all with { KeyPoints = points }, Number),
            (Selections.Weak, Selections.Weak, all, Number),
            (Selections.Order, Selections.Order, all, Number),
            (Selections.Favourites, Selections.Favourites, all, Number),
            ("daily five", Selections.Daily, all, 5),
        ];
    }

    private static async Task<Guid> StartAsync(NpgsqlConnection connection, Guid learner, Scope scope, string selection, int number, long seed)
    {
        var picked = await PickQuestions.OfAsync(connection, scope, selection, learner, StudiedDatabase.Today, number, seed);
        if (picked.Count < number) throw new LoadFailure($"{selection} picked {picked.Count} questions, not {number}.");
        var id = Guid.NewGuid();
        var mode = seed % 2 == 0 && selection == Selections.Mixed ? AttemptModes.Exam : AttemptModes.Practice;
        var form = new StartForm(null, mode, selection, "50", "45", scope.Types, scope.KeyPoints, null);
        await StartSelfTest.InsertAsync(connection, id, learner, new StartSelfTest.Pick(scope.Source, picked, true), form, seed, _now, mode == AttemptModes.Exam ? TimeSpan.FromMinutes(45) : null);
        return id;
    }

    // As the pages and calls do, one after another
    private static async Task GoThroughAsync(NpgsqlConnection connection, Guid id, Guid learner, bool isExam, OperationTimes times)
    {
        var attempt = (await Attempt.FindAsync(connection, id, [learner]))!;
        var asked = await Asked.OfAsync(connection, id);
        times.Note("show its questions", null);
        foreach (var position in Enumerable.Range(1, 5))
        {
            await Attempt.FindAsync(connection, id, [learner]);
            var one = (await Asked.FindAsync(connection, id, position))!;
            var answer = position == 1 ? Wrong(one.Question) : Grading.Key(one.Question)!;
            var stored = isExam
                ? (await SaveAnswer.StoreAsync(connection, id, position, new SaveAnswer.Change(Guid.NewGuid(), 1, answer), _now)) is { Stored: true }
                : await PracticeAnswer.StoreAsync(connection, attempt, one, Guid.NewGuid(), 1, answer, _now);
            if (!stored) throw new LoadFailure("An answer was not stored.");
            times.Note(isExam ? "save an answer" : "save an answer of a practice, graded and remembered", isExam ? SaveBudget : null);
        }

        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await AttemptClosing.LockOpenAsync(connection, id);
            await AttemptClosing.GradeAsync(connection, id, _now);
            await transaction.CommitAsync();
        }

        times.Note(isExam ? "hand in, five answered" : "end a practice", null);
        if ((await ShowResult.AnswersAsync(connection, id)).Count != asked.Count) throw new LoadFailure("A question has no verdict.");
        times.Note("its result", null);
    }

    private static GivenAnswer Wrong(Question question) => question switch
    {
        TrueFalse judged => new Judged(!judged.Answer),
        Cloze => new Typed("not this"),
        SingleChoice or MultipleChoice => new Chosen([3]),
        Ordering ordering => new Ordered([.. Enumerable.Range(0, ordering.Items.Count).Reverse()]),
        Matching matching => new Paired([.. Enumerable.Range(0, matching.Pairs.Count).Select(left => (left + 1) % matching.Pairs.Count)]),
        _ => throw new LoadFailure("A question that is not graded was asked."),
    };
}
