using System.Globalization;
using MailKit.Security;
using MimeKit;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.ResetPassword;

/// <summary>The mail server that links for new passwords are sent through. Not a record: its text must never hold the password.</summary>
internal sealed class SmtpSettings(string host, int port, MailboxAddress from, SecureSocketOptions tls, string? user, string? password)
{
    public string Host { get; } = host;

    public int Port { get; } = port;

    public MailboxAddress From { get; } = from;

    public SecureSocketOptions Tls { get; } = tls;

    public string? User { get; } = user;

    public string? Password { get; } = password;

    /// <returns>The settings, null where no mail server is named.</returns>
    /// <exception cref="SettingException">A setting is missing or can't be used. Its message names the fix and never holds a value.</exception>
    public static SmtpSettings? Of(IConfiguration configuration, bool knowsItsAddress)
    {
        if (Value(configuration, "Host") is not { } host) return null;
        if (!knowsItsAddress)
            throw new SettingException("Smtp__Host is set, but a mail can't say where to go: set PublicUrl (or --public-url) to the address that people use, such as https://quiz.example.org.");
        if (Value(configuration, "From") is not { } sender || !MailboxAddress.TryParse(sender, out var from) || !from.Address.Contains('@', StringComparison.Ordinal))
            throw new SettingException("Smtp__Host is set, but Smtp__From is no address that mails can come from: write it as studyquiz@example.org or StudyQuiz <studyquiz@example.org>.");
        var (user, password) = (Value(configuration, "User"), Value(configuration, "Password"));
        if (user is null != password is null) throw new SettingException("Of Smtp__User and Smtp__Password one is missing: set both, or neither where the mail server asks for none.");

        var tls = Value(configuration, "Tls")?.ToUpperInvariant() switch
        {
            null or "STARTTLS" => SecureSocketOptions.StartTls,
            "IMPLICIT" => SecureSocketOptions.SslOnConnect,
            "NONE" => SecureSocketOptions.None,
            _ => throw new SettingException("Smtp__Tls is none of starttls (usual, port 587), implicit (port 465) and none (nothing is encrypted: for a mail server on the same machine only)."),
        };
        return new SmtpSettings(host, PortOf(configuration, tls), from, tls, user, password);
    }

    private static int PortOf(IConfiguration configuration, SecureSocketOptions tls) =>
        Value(configuration, "Port") is not { } port ? (tls == SecureSocketOptions.SslOnConnect ? 465 : tls == SecureSocketOptions.None ? 25 : 587)
        : int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 65535 ? number
        : throw new SettingException("Smtp__Port is no port from 1 to 65535.");

    private static string? Value(IConfiguration configuration, string name) => configuration["Smtp:" + name]?.Trim() is { Length: > 0 } value ? value : null;
}
