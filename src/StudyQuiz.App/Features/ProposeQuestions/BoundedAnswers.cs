using System.Globalization;

namespace StudyQuiz.App.Features.ProposeQuestions;

/// <summary>A call to the language model failed. The message is ours alone: it holds nothing that the server sent, and no key.</summary>
internal class LlmCallFailure(string message) : Exception(message);

/// <summary>The server answered with another status than success.</summary>
internal sealed class LlmStatusFailure(int status) : LlmCallFailure(Words(status))
{
    /// <summary>Another request would fare no better.</summary>
    public bool IsFinal { get; } = status is < 500 and not (400 or 408 or 422 or 425 or 429);

    /// <summary>What servers say to a field of the request that they don't know.</summary>
    public bool MayBeOfSchema { get; } = status is 400 or 422;

    private static string Words(int status) => status switch
    {
        401 or 403 => $"the server refused the key ({status})",
        404 => $"the server knows no such address or model ({status})",
        429 => $"the server is asked too often ({status})",
        >= 300 and < 400 => $"the server sends elsewhere ({status}), which is not followed",
        _ => $"the server answered with status {status}",
    };
}

/// <summary>
/// Reads a whole answer, up to a bound, before anything looks at it: a server that never stops sending is cut off. Answers of failure
/// are not read at all. Sends no Authorization where there is no key.
/// </summary>
internal sealed class BoundedAnswers(HttpMessageHandler inner, int mostBytes, bool withKey) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!withKey) request.Headers.Authorization = null;
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            if (!response.IsSuccessStatusCode) throw new LlmStatusFailure((int)response.StatusCode);
            var body = new ByteArrayContent(await ReadAsync(response.Content, cancellationToken));
            body.Headers.ContentType = response.Content.Headers.ContentType;
            response.Content.Dispose();
            response.Content = body;
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task<byte[]> ReadAsync(HttpContent content, CancellationToken stop)
    {
        if (content.Headers.ContentLength > mostBytes) throw TooLong();
        await using var from = await content.ReadAsStreamAsync(stop);
        using var to = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, stop) is > 0 and var read)
        {
            if (to.Length + read > mostBytes) throw TooLong();
            to.Write(buffer, 0, read);
        }

        return to.ToArray();
    }

    private LlmCallFailure TooLong() => new(string.Create(CultureInfo.InvariantCulture, $"the answer is longer than {mostBytes:N0} bytes and was cut off"));
}
