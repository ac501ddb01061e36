using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using StudyQuiz.Generation;
using StudyQuiz.Generation.Banks;
using static StudyQuiz.App.Tests.ProposeQuestions.Speech;

namespace StudyQuiz.App.Tests.ProposeQuestions;

/// <summary>Servers that keep one waiting, or never stop.</summary>
public sealed class SlowServerTests
{
    [Fact]
    public async Task A_server_that_never_answers_is_left_after_the_time_for_a_call()
    {
        var time = new FakeTimeProvider();
        await using var server = await LlmServer.StartAsync((_, http) => ForEverAsync(http));

        var (bank, report) = await AdvanceAsync(time, server, TimeSpan.FromSeconds(21), GenerateAsync(Llm(server), time));

        Assert.Equal(await RulesAloneAsync(), BankFile.Write(bank));
        Assert.Equal("no whole answer came within 20 s", report.Proposals!.Failures[0].What);
        Assert.Equal(2, report.Proposals.Calls);
    }

    [Fact]
    public async Task A_server_that_answers_byte_by_byte_is_left_after_the_time_for_a_call()
    {
        var time = new FakeTimeProvider();
        await using var server = await LlmServer.StartAsync(async (request, http) =>
        {
            http.Response.ContentType = "application/json";
            foreach (var c in LlmServer.Completion(Well(request)).Take(20))
            {
                await http.Response.WriteAsync(c.ToString(), http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
            }

            await ForEverAsync(http);
        });

        var (bank, report) = await AdvanceAsync(time, server, TimeSpan.FromSeconds(21), GenerateAsync(Llm(server), time));

        Assert.Equal(await RulesAloneAsync(), BankFile.Write(bank));
        Assert.Equal("no whole answer came within 20 s", report.Proposals!.Failures[0].What);
    }

    [Fact]
    public async Task The_time_in_all_ends_the_asking()
    {
        var time = new FakeTimeProvider();
        await using var server = await LlmServer.StartAsync((_, http) => ForEverAsync(http));

        var (bank, report) = await AdvanceAsync(time, server, TimeSpan.FromSeconds(41), GenerateAsync(new LlmSettingsBuilder(server).Build(callSeconds: 3600), time));

        Assert.Equal(await RulesAloneAsync(), BankFile.Write(bank));
        Assert.Equal("the time for all requests, 40 s, was up", Assert.Single(report.Proposals!.Failures).What);
        Assert.Equal(1, report.Proposals.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_sends_without_end_is_cut_off(bool saysHowMuch)
    {
        var ends = new ConcurrentQueue<Task>();
        await using var server = await LlmServer.StartAsync(async (_, http) =>
        {
            var end = new TaskCompletionSource();
            ends.Enqueue(end.Task);
            http.RequestAborted.Register(end.SetResult);
            if (saysHowMuch) http.Response.ContentLength = 1L << 30;
            var block = new byte[64 * 1024];
            Array.Fill(block, (byte)' ');
            while (!http.RequestAborted.IsCancellationRequested)
                await http.Response.Body.WriteAsync(block, http.RequestAborted);
        });

        var (bank, report) = await GenerateAsync(Llm(server));

        Assert.Equal(await RulesAloneAsync(), BankFile.Write(bank));
        Assert.Equal("the answer is longer than 262,144 bytes and was cut off", Assert.Single(report.Proposals!.Failures).What);
        Assert.Equal(2, ends.Count);
        await Task.WhenAll(ends).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Stopping_ends_a_call_that_hangs()
    {
        using var stop = new CancellationTokenSource();
        await using var server = await LlmServer.StartAsync(async (_, http) =>
        {
            await stop.CancelAsync();
            await ForEverAsync(http);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => GenerateAsync(Llm(server), stop: stop.Token));

        Assert.Single(server.Requests);
    }

    // The clock is put on only when a request hangs, so that no wait depends on how fast the machine is
    private static async Task<GeneratedBank> AdvanceAsync(FakeTimeProvider time, LlmServer server, TimeSpan step, Task<GeneratedBank> generating)
    {
        var seen = 0;
        while (!generating.IsCompleted)
        {
            if (server.Requests.Count > seen)
            {
                seen = server.Requests.Count;
                time.Advance(step);
            }

            await Task.WhenAny(generating, Task.Delay(5, TestContext.Current.CancellationToken));
        }

        return await generating;
    }

    private static Task ForEverAsync(HttpContext http) => Task.Delay(Timeout.Infinite, http.RequestAborted);
}
