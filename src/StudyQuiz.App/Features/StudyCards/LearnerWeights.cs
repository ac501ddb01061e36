using Dapper;
using Npgsql;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>Weights that were fitted to a learner's own reviews, and how much better they predicted.</summary>
public sealed record LearnerWeights
{
    public DateTime FittedAt { get; init; }

    /// <summary>How many could be predicted.</summary>
    public int Reviews { get; init; }

    /// <summary>Mean log loss on the latest fifth of them, of the weights that were there before.</summary>
    public double Before { get; init; }

    /// <summary>The same of these.</summary>
    public double After { get; init; }

    public double[] Weights { get; init; } = [];

    /// <summary>As the database has them; the defaults for null, or where a hand has written what are none.</summary>
    public static FsrsWeights Read(double[]? stored) => (stored is null ? null : FsrsWeights.Of(stored).Weights) ?? FsrsWeights.Default;

    internal static Task<LearnerWeights?> FindAsync(NpgsqlConnection connection, Guid learner) =>
        connection.QuerySingleOrDefaultAsync<LearnerWeights?>(
            """
            select fitted_at as FittedAt, reviews, log_loss_before as Before, log_loss_after as After, weights
            from learner_weights where learner_id = @learner and model = @model
            """,
            new { learner, model = CardRow.Model });

    /// <summary>Stores weights that proved better, and folds all cards anew by them.</summary>
    internal static async Task StoreAsync(NpgsqlDataSource db, Guid learner, FsrsFitResult fit, DateTimeOffset now, CancellationToken stop)
    {
        await using var connection = await db.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await StudyLearner.LockAsync(connection, learner);
        await connection.ExecuteAsync(
            """
            insert into learner_weights (learner_id, model, weights, fitted_at, reviews, log_loss_before, log_loss_after)
            values (@learner, @model, @weights, @at, @Reviews, @Before, @After)
            on conflict (learner_id, model) do update set
              weights = excluded.weights, fitted_at = excluded.fitted_at, reviews = excluded.reviews, log_loss_before = excluded.log_loss_before, log_loss_after = excluded.log_loss_after
            """,
            new { learner, model = CardRow.Model, weights = fit.Weights.Values.ToArray(), at = now.UtcDateTime, fit.Reviews, fit.Before, fit.After });
        await CardLog.RebuildAllAsync(connection, learner);
        await transaction.CommitAsync(stop);
    }

    /// <summary>Goes back to the defaults, and folds all cards anew by them.</summary>
    internal static async Task ForgetAsync(NpgsqlDataSource db, Guid learner, CancellationToken stop)
    {
        await using var connection = await db.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await StudyLearner.LockAsync(connection, learner);
        if (await connection.ExecuteAsync("delete from learner_weights where learner_id = @learner and model = @model", new { learner, model = CardRow.Model }) == 0) return;
        await CardLog.RebuildAllAsync(connection, learner);
        await transaction.CommitAsync(stop);
    }
}
