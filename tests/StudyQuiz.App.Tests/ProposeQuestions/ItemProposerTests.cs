using System.Text.Json.Nodes;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Proposals;
using static StudyQuiz.App.Tests.ProposeQuestions.Speech;

namespace StudyQuiz.App.Tests.ProposeQuestions;

/// <summary>A server that answers well, and one that answers badly.</summary>
public sealed class ItemProposerTests
{
    [Fact]
    public async Task A_good_answer_adds_a_draft_to_the_rules_bank()
    {
        await using var server = await LlmServer.SayingAsync(Well);

        var (bank, report) = await GenerateAsync(Llm(server));

        var question = Assert.Single(Proposed(bank));
        Assert.Equal((QuestionOrigin.Generated, QuestionStatus.Draft), (question.Origin, question.Status));
        Assert.Equal((1, 1, 1, 0), (report.Proposals!.Proposed, report.Proposals.Accepted, report.Proposals.Chosen, report.Proposals.Retries));
        Assert.Equal((server.Requests.Count, 0), (report.Proposals.Calls, report.Proposals.Left));
        Assert.Empty(report.Proposals.Failures);
    }

    [Fact]
    public async Task The_request_names_model_and_key_asks_for_the_schema_and_offers_no_tools()
    {
        await using var server = await LlmServer.SayingAsync(Well);

        await GenerateAsync(Llm(server));

        var request = server.Requests[0];
        Assert.Equal(("/v1/chat/completions", $"Bearer {Key}", "test-model"), (request.Path, request.Authorization, (string?)request.Json["model"]));
        Assert.Equal("json_schema", (string?)request.Json["response_format"]!["type"]);
        Assert.True((bool)request.Json["response_format"]!["json_schema"]!["strict"]!);
        Assert.Null(request.Json["tools"]);
        Assert.Equal(4096, (int)request.Json["max_completion_tokens"]!);
        Assert.DoesNotContain(Key, request.Json.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_none_is_sent_and_a_slash_at_the_address_does_no_harm()
    {
        await using var server = await LlmServer.SayingAsync(Well);

        await GenerateAsync(Llm(new Uri(server.Address + "/"), key: null));

        Assert.Equal(("/v1/chat/completions", null), (server.Requests[0].Path, server.Requests[0].Authorization));
    }

    [Fact]
    public async Task A_server_that_knows_no_schema_is_asked_without_one()
    {
        await using var server = await LlmServer.StartAsync((request, http) =>
        {
            if (!request.HasSchema) return LlmServer.SayAsync(http, Well(request));
            http.Response.StatusCode = 400;
            return Task.CompletedTask;
        });

        var (bank, report) = await GenerateAsync(Llm(server));

        Assert.Single(Proposed(bank));
        Assert.Equal([true, false], server.Requests.Take(2).Select(request => request.HasSchema));
        Assert.Equal(new Counted("the server answered with status 400", 1), Assert.Single(report.Proposals!.Failures));
    }

    [Fact]
    public async Task A_refused_item_gets_one_second_try_with_the_reason()
    {
        await using var server = await LlmServer.SayingAsync(request => request.IsRetry ? Well(request) : Badly(request, item => item["quote"] = "去年一共用水九万吨"));

        var (bank, report) = await GenerateAsync(Llm(server));

        Assert.Single(Proposed(bank));
        Assert.Equal((2, 1, 1), (report.Proposals!.Proposed, report.Proposals.Chosen, report.Proposals.Retries));
        var retry = Assert.Single(server.Requests, request => request.IsRetry);
        Assert.Contains(ProposalRefusal.QuoteNotThere.Words(), retry.User, StringComparison.Ordinal);
    }

    public static TheoryData<string, Action<JsonObject>> Bad => new()
    {
        { ProposalRefusal.QuoteNotThere.Words(), item => item["quote"] = "去年一共用水九万吨" },
        { ProposalRefusal.KeyNotInQuote.Words(), item => (item["right"], item["wrong"]) = (new JsonArray("三万二千方"), new JsonArray("二万六千方", "一万八千方")) },
        { ProposalRefusal.UnknownFact.Words(), item => item["fact"] = "F999" },
        { ProposalRefusal.WrongSchema.Words(), item => item["status"] = "published" },
        { ProposalRefusal.WrongSchema.Words(), item => item.Remove("wrong") },
        { ProposalRefusal.UnknownType.Words(), item => item["type"] = "essay" },
        { ProposalRefusal.Address.Words(), item => item["stem"] = "去年一共用了多少水？见 http://a.invalid" },
        { ProposalRefusal.Markup.Words(), item => item["stem"] = "去年一共用了<script>多少水？" },
        { ProposalRefusal.ControlCharacter.Words(), item => item["stem"] = "去年一共用了\u001b[2J多少水？" },
        { ProposalRefusal.TooLong.Words(), item => item["stem"] = new string('水', 1000) },
    };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public async Task A_bad_item_is_dropped_with_its_reason_and_the_rules_bank_ships(string reason, Action<JsonObject> change)
    {
        await using var server = await LlmServer.SayingAsync(request => Badly(request, change));

        var (bank, report) = await GenerateAsync(Llm(server));

        Assert.Equal(await RulesAloneAsync(), BankFile.Write(bank));
        Assert.Equal(new Counted(reason, 2), Assert.Single(report.Proposals!.Refused));
        Assert.Equal((1, 0), (report.Proposals.Retries, report.Proposals.Accepted));
    }

    [Fact]
    public async Task An_item_whose_key_is_its_distractor_is_dropped_by_a_gate_and_the_second_try_hears_of_it()
    {
        await using var server = await LlmServer.SayingAsync(request => Badly(request, item =>
            (item["quote"], item["right"], item["wrong"]) = ("学校有一千二百多名师生，去年一共用水二万六千方", new JsonArray("一千二百多名师生"), new JsonArray("二万六千方", "三万六千方"))));

        var (bank, report) = await GenerateAsync(Llm(server));

        Assert.Equal(await RulesAloneAsync(), BankFile.Write(bank));
        Assert.Equal(new Counted("supported distractors", 1), Assert.Single(report.Proposals!.RefusedByGate));
        Assert.Equal(new Counted(ProposalRefusal.Twice.Words(), 1), Assert.Single(report.Proposals.Refused));
        Assert.Contains(server.Requests, request => request.IsRetry && request.User.Contains("一千二百多名师生", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("I can't do that.")]
    [InlineData("```json\n{\"items\":[]}\n```")]
    [InlineData("")]
    public async Task A_reply_that_is_not_json_gets_one_second_try(string reply)
    {
        await using var server = await LlmServer.SayingAsync(_ => reply);

        var (bank, report) = await GenerateAsync(Llm(server));

        Assert.Equal(await RulesAloneAsync(), BankFile.Write(bank));
        Assert.Equal("the reply is not the JSON that was asked for", Assert.Single(report.Proposals!.Failures).What);
        Assert.Equal(report.Proposals.Calls, report.Proposals.Retries * 2);
    }

    [Fact]
    public async Task A_reply_that_was_cut_off_says_so()
    {
        await using var server = await LlmServer.StartAsync((request, http) => LlmServer.SayAsync(http, Well(request)[..^4], finish: "length"));

        var (bank, report) = await GenerateAsync(Llm(server));

        Assert.Empty(Proposed(bank));
        Assert.Contains(report.Proposals!.Failures, failure => failure.What == "the reply was cut off at its most tokens");
    }

    [Theory]
    [InlineData("<html>hello</html>")]
    [InlineData("{}")]
    [InlineData("{\"choices\":[]}")]
    [InlineData("{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\"")]
    [InlineData("{\"choices\":7}")]
    [InlineData("[[[[[[[[")]
    [InlineData("")]
    public async Task An_answer_that_is_no_completion_costs_the_proposals_only(string body)
    {
        await using var server = await LlmServer.FailingAsync(200, body);

        var (bank, report) = await GenerateAsync(Llm(server));

        Assert.Equal(await RulesAloneAsync(), BankFile.Write(bank));
        Assert.NotEmpty(report.Proposals!.Failures);
    }

    [Fact]
    public async Task A_tool_call_is_no_reply()
    {
        await using var server = await LlmServer.FailingAsync(200, """
            {"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","content":null,
            "tool_calls":[{"id":"c","type":"function","function":{"name":"publish","arguments":"{}"}}]}}]}
            """);

        var (bank, report) = await GenerateAsync(Llm(server));

        Assert.Equal(await RulesAloneAsync(), BankFile.Write(bank));
        Assert.Equal("the reply is not the JSON that was asked for", Assert.Single(report.Proposals!.Failures).What);
    }

    [Theory]
    [InlineData(500, 2, "the server answered with status 500")]
    [InlineData(429, 2, "the server is asked too often (429)")]
    [InlineData(401, 1, "the server refused the key (401)")]
    [InlineData(404, 1, "the server knows no such address or model (404)")]
    [InlineData(302, 1, "the server sends elsewhere (302), which is not followed")]
    public async Task A_server_that_fails_is_soon_left_alone_and_the_rules_bank_ships(int status, int calls, string said)
    {
        await using var server = await LlmServer.FailingAsync(status, $"you sent {Key}");

        var (bank, report) = await GenerateAsync(Llm(server));

        Assert.Equal(await RulesAloneAsync(), BankFile.Write(bank));
        Assert.Equal((calls, calls), (server.Requests.Count, report.Proposals!.Calls));
        Assert.Equal(new Counted(said, calls), Assert.Single(report.Proposals.Failures));
        Assert.True(report.Proposals.Left > 0);
    }

    [Fact]
    public async Task A_server_that_is_not_there()
    {
        Uri address;
        await using (var server = await LlmServer.SayingAsync(Well)) address = server.Address;

        var (bank, report) = await GenerateAsync(Llm(address));

        Assert.Equal(await RulesAloneAsync(), BankFile.Write(bank));
        Assert.Equal(new Counted("the server can't be reached", 1), Assert.Single(report.Proposals!.Failures));
    }

    [Fact]
    public async Task A_reply_with_more_items_than_agreed_loses_the_rest()
    {
        await using var server = await LlmServer.SayingAsync(request =>
            FactAbout(request, "二万六千方") is { } fact ? Reply([.. Enumerable.Range(0, 100).Select(_ => Good(fact))]) : Reply());

        var (bank, report) = await GenerateAsync(Llm(server));

        Assert.Single(Proposed(bank));
        Assert.Contains(report.Proposals!.Refused, refused => refused.What == ProposalRefusal.TooMany.Words() && refused.Times == 120);
    }

    [Fact]
    public async Task Batches_and_requests_are_bounded()
    {
        await using var server = await LlmServer.SayingAsync(_ => "no");

        var (_, report) = await GenerateAsync(new LlmSettingsBuilder(server).Build(factsABatch: 1, mostCalls: 3));

        Assert.Equal((3, 3), (server.Requests.Count, report.Proposals!.Calls));
        Assert.Contains(report.Proposals.Failures, failure => failure.What == "the bound of 3 requests was reached");
    }
}
