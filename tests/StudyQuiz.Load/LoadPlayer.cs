using System.Collections.Concurrent;
using System.Diagnostics;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Load;

/// <summary>How players answer.</summary>
/// <param name="Within">All answer within this time of the opening, evenly spread over it.</param>
/// <param name="Seed">Decides who answers what and when.</param>
internal sealed record Answering(TimeSpan Within, int Seed);

/// <summary>One phone: comes in through the join pages, then plays over its web socket as the browser does.</summary>
internal sealed class LoadPlayer(Answering answering, int number) : IAsyncDisposable
{
    private const int Tries = 5;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    private readonly Random _random = new(HashCode.Combine(answering.Seed, number));
    private HubSocket? _hub;
    private IReadOnlyList<Round> _rounds = [];
    private int _index;
    private int _answered;
    private int _left;

    /// <summary>What went wrong for any player, for the report; it is no fault of the product by itself.</summary>
    public static ConcurrentQueue<string> Troubles { get; } = [];

    /// <summary>Size of the largest message of each phase, over all players.</summary>
    public static ConcurrentDictionary<GamePhase, int> Sizes { get; } = [];

    /// <summary>The place in the game, from 1.</summary>
    public int Seat { get; private set; }

    /// <summary>Takes a seat through the pages, without following links that a player would not.</summary>
    /// <returns>The browser that has the seat's cookie.</returns>
    public async Task<Visitor> TakeSeatAsync(Web web, string pin, CancellationToken stop)
    {
        var browser = new Visitor(web);
        await browser.ReadAsync("/join", stop);
        var nicknames = await browser.ReadAsync($"/join?pin={pin}", stop);
        var play = await browser.SubmitAsync(nicknames, "/join", stop, ("nickname", $"玩家{number}"));
        await browser.ReadAsync(play, stop);
        return browser;
    }

    /// <summary>Opens the play page's socket and attaches to the game.</summary>
    public async Task AttachAsync(Web web, string cookies, Guid game, CancellationToken stop)
    {
        _hub = await HubSocket.ConnectAsync(web, "/hubs/player", cookies, See, stop);
        var attached = await _hub.InvokeAsync("Attach", stop, game);
        Seat = attached.View?.Seat?.Number ?? throw new LoadFailure($"The player hub refuses to attach: {attached.Refusal ?? "no view"}.");
    }

    /// <summary>From now on this player notes what it sees, under this index.</summary>
    public void Play(IReadOnlyList<Round> rounds, int index) => (_rounds, _index) = (rounds, index);

    public async Task PingAsync(CancellationToken stop)
    {
        try
        {
            if (_hub is not null) await _hub.PingAsync(stop);
        }
        catch (LoadFailure closed)
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) Troubles.Enqueue(closed.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_hub is not null) await _hub.DisposeAsync();
    }

    private void See(ArrivedView arrived)
    {
        var view = arrived.View;
        Sizes.AddOrUpdate(view.Phase, arrived.Bytes, (_, most) => Math.Max(most, arrived.Bytes));
        if (view.Round < 1 || view.Round > _rounds.Count) return;
        var round = _rounds[view.Round - 1];
        if (!round.Tracks(view.Phase)) return;
        round.Seen(view.Phase).Note(_index, arrived.At);
        if (view.Phase != GamePhase.Open || view.Question is null || _answered >= view.Round) return;
        _answered = view.Round;
        _ = AnswerAsync(round, view.Question);
    }

    private async Task AnswerAsync(Round round, SeenQuestion question)
    {
        var answer = Guess(question, _random);
        var wait = answering.Within * _random.NextDouble() - Stopwatch.GetElapsedTime(round.Seen(GamePhase.Open).First);
        // Never on the receiving loop: it must be free for the reply.
        await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1));
        try
        {
            round.Sent.Note(_index, Stopwatch.GetTimestamp());
            var reply = await SendAsync(round.Number, answer);
            if (reply.Received)
            {
                round.Received[_index] = reply.Mine?.Answer ?? answer;
                round.Receipts.Note(_index, Stopwatch.GetTimestamp());
            }
            else
            {
                Troubles.Enqueue($"An answer was refused: {reply.Refusal}.");
            }
        }
        catch (LoadFailure trouble)
        {
            Troubles.Enqueue(trouble.Message);
        }
    }

    // As the browser does: what was not stored is sent again.
    private async Task<HubReply> SendAsync(int round, GivenAnswer answer)
    {
        for (var tries = 1; ; tries++)
        {
            var reply = await _hub!.InvokeAsync("Answer", CancellationToken.None, round, answer);
            if (reply.Refusal != "tryAgain" || tries == Tries) return reply;
            await Task.Delay(_pause);
        }
    }

    /// <summary>Some answer that fits a question.</summary>
    public static GivenAnswer Guess(SeenQuestion question, Random random)
    {
        var options = question.Options?.Count ?? 0;
        return question.Type switch
        {
            QuestionTypes.TrueFalse => new Judged(random.Next(2) == 0),
            QuestionTypes.Cloze => new Typed($"答案{random.Next(8)}"),
            QuestionTypes.Ordering => new Ordered(Shuffled(options, random)),
            _ => new Chosen([random.Next(options)]),
        };
    }

    private static int[] Shuffled(int count, Random random)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        random.Shuffle(order);
        return order;
    }
}
