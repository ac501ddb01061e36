using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace StudyQuiz.App.Tests.ResetPassword;

/// <summary>A mail as it arrived.</summary>
internal sealed record ArrivedMail(string From, string To, string Login, string Content);

/// <summary>A small mail server on a loopback port that takes everything from whoever signs in.</summary>
internal sealed class SmtpServer : IDisposable
{
    public const string User = "quiz";
    public const string Password = "mail-server-secret";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Channel<ArrivedMail> _mails = Channel.CreateUnbounded<ArrivedMail>();

    public SmtpServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many have arrived and were not read.</summary>
    public int Waiting => _mails.Reader.Count;

    /// <summary>What refuses every mail, when set.</summary>
    public bool IsBroken { get; set; }

    public async Task<ArrivedMail> ReadAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        return await _mails.Reader.ReadAsync(patience.Token);
    }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = TalkAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
            await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 test");
            string from = "", to = "", login = "";
            while (await reader.ReadLineAsync() is { } line)
            {
                switch (line.Split(' ', ':')[0].ToUpperInvariant())
                {
                    case "EHLO":
                        await writer.WriteLineAsync("250-test\r\n250-SMTPUTF8\r\n250-8BITMIME\r\n250 AUTH PLAIN");
                        break;
                    case "AUTH":
                        login = Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[2])).Replace('\0', '|');
                        await writer.WriteLineAsync("235 welcome");
                        break;
                    case "MAIL":
                        from = line;
                        await writer.WriteLineAsync(IsBroken ? "451 not now" : "250 yes");
                        break;
                    case "RCPT":
                        to = line;
                        await writer.WriteLineAsync("250 yes");
                        break;
                    case "DATA":
                        await writer.WriteLineAsync("354 go on");
                        var content = new StringBuilder();
                        while (await reader.ReadLineAsync() is { } part && part != ".") content.AppendLine(part);
                        await _mails.Writer.WriteAsync(new ArrivedMail(from, to, login, content.ToString()));
                        await writer.WriteLineAsync("250 kept");
                        break;
                    case "QUIT":
                        await writer.WriteLineAsync("221 bye");
                        return;
                    default:
                        await writer.WriteLineAsync("250 well");
                        break;
                }
            }
        }
    }
}
