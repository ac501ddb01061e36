using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace StudyQuiz.App.Features.KeepWebhooks;

/// <summary>
/// By what a receiver knows that a message is ours and new: <c>StudyQuiz-Signature: t=SECONDS,v1=HEX</c>, where HEX is HMAC-SHA256 with the secret over
/// <c>SECONDS.BODY</c>. Receivers refuse what is older than some minutes, and what has an <c>id</c> that they know.
/// </summary>
internal static class WebhookSignature
{
    public const string Header = "StudyQuiz-Signature";

    public static string Of(string secret, long seconds, string body)
    {
        var signed = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.{body}")));
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={Convert.ToHexStringLower(signed)}");
    }
}
