using System.Security.Cryptography;

namespace StudyQuiz.App.Platform;

/// <summary>Random secrets for cookies and capability links; only their hashes are stored.</summary>
public static class SecretToken
{
    /// <summary>A new secret, base64url without padding.</summary>
    /// <param name="bits">A multiple of 8; 256 for anything that is stored in a browser.</param>
    public static string Create(int bits = 256) => Base64Url(RandomNumberGenerator.GetBytes(bits / 8));

    /// <summary>Whether a text looks as <see cref="Create"/> makes 256 bits: what a person would choose does not.</summary>
    public static bool HasShape(string? text) => text is { Length: 43 } && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    /// <summary>SHA-256 of a secret. A random secret of 128 bits or more needs no salt.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret));

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
