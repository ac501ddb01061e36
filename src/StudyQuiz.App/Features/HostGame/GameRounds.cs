using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Live;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Features.HostGame;

/// <summary>What a new game asks or shows in a round.</summary>
/// <param name="Version">The question's version; null for a poll or slide.</param>
/// <param name="Extra">A poll or slide; null for a question.</param>
public sealed record NewRound(long? Version, QuizExtra? Extra, TimeSpan Reading, TimeSpan Open, int Points)
{
    public static NewRound Of(long version, Question question, int points = GameScoring.UsualPoints) =>
        new(version, null, GameTiming.Reading(question), GameTiming.Open(question), points);

    public static NewRound Of(QuizExtra extra) => new(null, extra, GameTiming.Reading(extra), GameTiming.Open(extra), GameScoring.UsualPoints);
}

/// <summary>Stores the rounds of a new game.</summary>
public static class GameRounds
{
    /// <param name="seed">Shuffles options and items.</param>
    public static Task StoreAsync(NpgsqlConnection connection, Guid game, IReadOnlyList<NewRound> rounds, long seed) => connection.ExecuteAsync(
        """
        insert into game_round (game_id, round, question_version_id, extra, points, seed, reading_us, open_us)
        select @game, n, version, extra::jsonb, points, seed, reading, open
        from unnest(@versions, @extras, @points, @seeds, @readings, @opens) with ordinality as r (version, extra, points, seed, reading, open, n)
        """,
        new
        {
            game,
            versions = rounds.Select(round => round.Version).ToArray(),
            extras = rounds.Select(round => round.Extra is null ? null : JsonSerializer.Serialize(round.Extra, DomainJson.Options)).ToArray(),
            points = rounds.Select(round => round.Points).ToArray(),
            seeds = rounds.Select((_, i) => Shuffle.Derive(seed, i)).ToArray(),
            readings = rounds.Select(round => GameTime.ToMicroseconds(round.Reading)).ToArray(),
            opens = rounds.Select(round => GameTime.ToMicroseconds(round.Open)).ToArray(),
        });
}
