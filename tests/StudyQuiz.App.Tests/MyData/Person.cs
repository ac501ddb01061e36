using Dapper;
using StudyQuiz.App.Tests.StudyCards;
using StudyQuiz.App.Tests.TakeSelfTest;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Tests.MyData;

/// <summary>Someone who did a little of everything: a self-test, a card with a note, a flag, a game under a nickname.</summary>
internal sealed class Person(TestApp app, CardLearner cards, Attempting attempt) : IDisposable
{
    public const string Note = "=HYPERLINK(\"x\") 我的笔记";
    public const string Nickname = "白露";

    /// <summary>Tables that refer to a learner. A new one has to be exported, moved by a merge and gone after a deletion, before it is added here.</summary>
    public static IReadOnlyList<string> Tables { get; } =
        ["attempt", "card", "deck", "game_seat", "learner", "learner_device", "learner_weights", "notebook_mark", "question_flag", "question_mark", "review"];

    public TestBrowser Browser => attempt.Browser;

    public Guid Id => cards.Id;

    public Guid Attempt => attempt.Id;

    /// <summary>The game that they played.</summary>
    public Guid Game { get; } = Guid.NewGuid();

    public static async Task<Person> WhoStudiedAsync(TestApp app)
    {
        var attempt = await Attempting.StartAsync(app, ("source", SelfTestBank.Slug));
        var choice = await attempt.AskedAsync<SingleChoice>();
        await attempt.SaveAsync(choice.Position, Attempting.Right(choice));
        await attempt.HandInAsync();
        var cards = new CardLearner(app, attempt.Browser);
        var card = (await cards.PackAsync()).Cards[0];
        await cards.SendAsync(
            [cards.Review(card.Version, Rating.Again)],
            [new { id = Guid.NewGuid(), question = card.Question, at = app.Time.GetUtcNow(), favourite = true, note = Note }],
            [new { id = Guid.NewGuid(), version = card.Version, at = app.Time.GetUtcNow(), reason = "typo", words = "这里有错字" }]);
        var person = new Person(app, cards, attempt);
        await person.PlayAsync();
        return person;
    }

    /// <summary>How many rows of a table are this person's.</summary>
    public async Task<IReadOnlyDictionary<string, long>> RowsAsync()
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        var rows = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in Tables) rows[table] = await connection.QuerySingleAsync<long>($"select count(*) from {table} where {(table == "learner" ? "id" : "learner_id")} = @Id", new { Id });
        return rows;
    }

    public void Dispose() => cards.Dispose();

    private async Task PlayAsync()
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into account (id, user_name, normalized_user_name, security_stamp) values (@Game, @Game::text, @Game::text, '');
            insert into game (id, host_id, source_id, title, pin, pin_until, join_secret, seat_cap, late_join, created_at, ended_at, reviews_written_at)
            select @Game, @Game, s.id, '一场比赛', '12345678', now(), @Game::text, 50, true, now(), now(), now() from source s where s.slug = @Slug;
            insert into game_round (game_id, round, question_version_id, seed, reading_us, open_us)
            select @Game, 1, q.current_version_id, 1, 1, 1 from question q join source s on s.id = q.source_id where s.slug = @Slug and q.type = 'single_choice' limit 1;
            insert into game_seat (game_id, seat, nickname, skeleton, token_hash, learner_id, at_us) values (@Game, 1, @Nickname, @Nickname, sha256(@Game::text::bytea), @Id, 1);
            insert into game_answer (game_id, round, seat, answer, at_us) values (@Game, 1, 1, '{"type":"choice","chosen":[0]}', 2);
            """,
            new { Game, SelfTestBank.Slug, Id, Nickname });
    }
}
