using StudyQuiz.Generation;
using StudyQuiz.Generation.Items;
using StudyQuiz.Generation.Proposals;

namespace StudyQuiz.App.Features.ProposeQuestions;

/// <summary>
/// Asks the model about a draft's facts, batch by batch, each with one second try, within all bounds. Never fails but when it is
/// stopped: what goes wrong is in the run's failures, and what came until then is kept.
/// </summary>
internal sealed class ItemProposer(LlmSettings settings, TimeProvider time)
{
    // One failure may be chance; a server that fails twice in a row is left alone
    private const int MostFailuresInARow = 2;

    // Servers of one's own often take any word for a key, such as "none", and that word may well stand in a text
    private const int ShortestSecret = 8;

    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public async Task<ProposalRun> ProposeAsync(Drafted drafted, CancellationToken stop)
    {
        var offers = FactOffer.Of(drafted);
        using var total = new CancellationTokenSource(settings.TotalTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(total.Token, stop);
        using var client = new LlmClient(settings, time);
        var run = new Run(drafted, settings, client, either.Token);
        foreach (var batch in offers.Chunk(settings.FactsABatch).Take(settings.MostBatches))
        {
            try
            {
                if (!await run.AskAboutAsync(batch)) break;
            }
            catch (OperationCanceledException) when (total.IsCancellationRequested && !stop.IsCancellationRequested)
            {
                run.Fail($"the time for all requests, {settings.TotalTimeout.TotalSeconds:0.#} s, was up");
                break;
            }
        }

        return run.End(offers.Count);
    }

    private sealed class Run(Drafted drafted, LlmSettings settings, LlmClient client, CancellationToken stop)
    {
        private readonly ProposalReader _reader = new(drafted);
        private readonly Dictionary<string, Candidate> _candidates = new(StringComparer.Ordinal);
        private readonly List<string> _refused = [];
        private readonly List<string> _failures = [];
        private int _offered;
        private int _calls;
        private int _retries;
        private int _proposed;
        private int _failuresInARow;
        private bool _isOver;

        public void Fail(string what) => _failures.Add(what);

        public ProposalRun End(int facts) =>
            new([.. _candidates.Values], _offered, facts - _offered, _calls, _retries, _proposed, Counted.Of(_refused), Counted.Of(_failures));

        /// <returns>Whether to go on with another batch.</returns>
        public async Task<bool> AskAboutAsync(FactOffer[] batch)
        {
            var offered = batch.ToDictionary(offer => offer.Id, StringComparer.Ordinal);
            IReadOnlyList<RefusedItem> refused = [];
            for (var isRetry = false; !_isOver; isRetry = true)
            {
                var reply = await CallAsync(batch, refused, isRetry);
                if (reply is not null)
                {
                    if (!isRetry) _offered += batch.Length;
                    refused = Read(reply, offered);
                }

                if (isRetry || (reply is not null && refused.Count == 0)) break;
            }

            return !_isOver;
        }

        // Null where no reply came, so that the batch may be tried once more
        private async Task<LlmReply?> CallAsync(FactOffer[] batch, IReadOnlyList<RefusedItem> refused, bool isRetry)
        {
            stop.ThrowIfCancellationRequested();
            if (_calls >= settings.MostCalls)
            {
                Fail($"the bound of {settings.MostCalls} requests was reached");
                _isOver = true;
                return null;
            }

            _calls++;
            if (isRetry) _retries++;
            try
            {
                var reply = await client.AskAsync(ProposalPrompt.Of(batch, refused), stop);
                _failuresInARow = 0;
                return reply;
            }
            catch (LlmCallFailure failure)
            {
                Fail(failure.Message);
                _failuresInARow++;
                _isOver = failure is LlmUnreachable or LlmStatusFailure { IsFinal: true } || _failuresInARow >= MostFailuresInARow;
                return null;
            }
        }

        private List<RefusedItem> Read(LlmReply reply, Dictionary<string, FactOffer> offered)
        {
            if (ProposedItem.Read(reply.Text) is not { } items) return Unusable(reply.IsCutOff ? "the reply was cut off at its most tokens" : "the reply is not the JSON that was asked for");
            if (settings.Key is { Length: >= ShortestSecret } key && items.Any(item => item is not null && HoldsKey(item, key)))
            {
                // whoever sends the key back is no model that one goes on talking to
                Fail("the reply held the key and was thrown away");
                _isOver = true;
                return [];
            }

            _proposed += items.Count;
            var refused = new List<RefusedItem>();
            var fresh = new List<(int Item, string Fact, Candidate Question)>();
            for (var at = 0; at < items.Count; at++)
            {
                var read = at < settings.MostItems ? _reader.Read(items[at], offered) : new ReadProposal.Refused(ProposalRefusal.TooMany);
                if (read is ReadProposal.Candidate candidate && !_candidates.TryAdd(candidate.Question.Question.Id, candidate.Question)) read = new ReadProposal.Refused(ProposalRefusal.Twice);
                // an id that we did not give is not sent back, nor printed
                var fact = items[at]?.Fact is { } named && offered.ContainsKey(named) ? named : "";
                if (read is ReadProposal.Refused why) refused.Add(new RefusedItem(at + 1, fact, why.Why.Words()));
                else fresh.Add((at + 1, fact, ((ReadProposal.Candidate)read).Question));
            }

            _refused.AddRange(refused.Select(item => item.Reason));
            var faults = Generator.Faults(drafted, [.. fresh.Select(item => item.Question)]).ToDictionary(fault => fault.Item, StringComparer.Ordinal);
            refused.AddRange(fresh.Where(item => faults.ContainsKey(item.Question.Question.Id)).Select(item => new RefusedItem(item.Item, item.Fact, faults[item.Question.Question.Id].Message)));
            return refused;
        }

        private List<RefusedItem> Unusable(string why)
        {
            Fail(why);
            return [new RefusedItem(0, "", why)];
        }

        private static bool HoldsKey(ProposedItem item, string key) =>
            item.Texts.Concat([item.Quote, item.Fact, item.Type]).Any(text => text.Contains(key, StringComparison.OrdinalIgnoreCase));
    }
}
