using System.Globalization;
using System.Threading.Channels;
using Dapper;
using MailKit;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Localization;
using MimeKit;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Features.ResetPassword;

/// <summary>
/// Sends links for new passwords to those whose user name is an e-mail address. Names are looked up and mails sent beside the requests. What
/// waits is lost with the process: whoever asked asks again.
/// </summary>
internal sealed class ResetMails(
    AppHostOptions options, IConfiguration configuration, NpgsqlDataSource db, Clock clock, IStringLocalizer<ResetText> text, ILogger<ResetMails> logger) : BackgroundService
{
    /// <summary>Mails to one address within <see cref="Window"/>: nobody's mailbox is flooded in our name.</summary>
    public const int MostToOne = 3;

    /// <summary>Requests of one network within <see cref="Window"/>: a school shares one.</summary>
    public const int MostOfOneNetwork = 60;

    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private const int MostWaiting = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SmtpSettings? _settings = SmtpSettings.Of(configuration, options.PublicUrl is not null);
    private readonly Channel<Request> _waiting = Channel.CreateBounded<Request>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Whether a mail server is configured.</summary>
    public bool AreSent => _settings is not null;

    /// <summary>Takes a request, whether there is such an account or not. False where too many wait.</summary>
    public bool Ask(string typedName, string network) => _waiting.Writer.TryWrite(new Request(typedName, network, CultureInfo.CurrentUICulture));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var request in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await AnswerAsync(request, stoppingToken);
            }
            catch (Exception failed) when (failed is NpgsqlException or IOException or TimeoutException or System.Net.Sockets.SocketException
                or CommandException or ProtocolException or ServiceNotConnectedException or MailKit.Security.AuthenticationException or MailKit.Security.SslHandshakeException
                || (failed is OperationCanceledException && !stoppingToken.IsCancellationRequested))
            {
                // Its message may quote the server's answer, which quotes addresses
                logger.LogError("A mail for a new password could not be sent ({Kind}); whoever asked for it has to ask again. Is the mail server of Smtp__Host reachable, and do Smtp__User and Smtp__Password hold?", failed.GetType().Name);
            }
        }
    }

    private async Task AnswerAsync(Request request, CancellationToken stop)
    {
        if (UserName.Clean(request.TypedName) is not { } name || Address(name) is not { } to) return;
        await using var connection = await db.OpenConnectionAsync(stop);
        var now = clock.Now;
        // By address whether it is anybody's or not
        if (!await IsAllowedAsync(connection, "network\0" + request.Network, MostOfOneNetwork, now, stop) || !await IsAllowedAsync(connection, "address\0" + UserName.Key(name), MostToOne, now, stop)) return;
        if (await connection.QuerySingleOrDefaultAsync<Guid?>("select id from account where normalized_user_name = @key and erased_at is null", new { key = UserName.Key(name) }) is not { } account) return;
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (await ResetLink.CreateAsync(connection, account, ResetLink.MailsLifetime, now, stop) is not { } path) return;
        await transaction.CommitAsync(stop);
        await SendAsync(Write(to, options.PublicUrl!.GetLeftPart(UriPartial.Path).TrimEnd('/') + path, request.Language), stop);
        logger.LogInformation("A link for a new password was mailed to account {Account}", account);
    }

    private static async Task<bool> IsAllowedAsync(NpgsqlConnection connection, string what, int most, DateTimeOffset now, CancellationToken stop) =>
        (await Tries.TakeAsync(connection, SecretToken.Hash("reset\0" + what), most, Window, now, stop)).LockedFor is null;

    private MimeMessage Write(MailboxAddress to, string link, CultureInfo language)
    {
        CultureInfo.CurrentUICulture = language; // of this asynchronous flow only
        var message = new MimeMessage { Subject = text["MailSubject"], Body = new TextPart("plain") { Text = text["MailBody", link, (int)ResetLink.MailsLifetime.TotalMinutes] } };
        message.From.Add(_settings!.From);
        message.To.Add(to);
        return message;
    }

    private async Task SendAsync(MimeMessage message, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        using var client = new SmtpClient();
        await client.ConnectAsync(_settings!.Host, _settings.Port, _settings.Tls, patience.Token);
        if (_settings.User is { } user) await client.AuthenticateAsync(user, _settings.Password!, patience.Token);
        await client.SendAsync(message, patience.Token);
        await client.DisconnectAsync(quit: true, patience.Token);
    }

    // A user name that is no address gets no mail; its owner asks an admin
    private static MailboxAddress? Address(string name) =>
        name.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at == name.LastIndexOf('@') && name.IndexOf('.', at) > at + 1 && MailboxAddress.TryParse(name, out var address) ? address : null;

    private sealed record Request(string TypedName, string Network, CultureInfo Language);
}
