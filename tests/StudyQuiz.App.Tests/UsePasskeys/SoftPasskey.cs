using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace StudyQuiz.App.Tests.UsePasskeys;

/// <summary>A passkey as a phone would hold it: makes what a browser's navigator.credentials gives.</summary>
internal sealed class SoftPasskey(Uri site) : IDisposable
{
    private const byte Present = 1;
    private const byte Verified = 4;
    private const byte WithKey = 64;

    private static readonly string[] Transports = ["internal"];

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(32);
    private string? _user;

    public string Id => Base64Url.EncodeToString(_id);

    /// <summary>How often it was used; a copy of it would come with an older count.</summary>
    public uint Count { get; set; }

    /// <summary>Where the browser says that it is; null for the site itself.</summary>
    public string? Origin { get; set; }

    /// <summary>Whether it asks for a finger or a PIN.</summary>
    public bool Verifies { get; set; } = true;

    /// <summary>Answers navigator.credentials.create().</summary>
    public string Create(string options)
    {
        var asked = JsonNode.Parse(options)!;
        _user = (string)asked["user"]!["id"]!;
        var data = Data([.. new byte[16], 0, (byte)_id.Length, .. _id, .. PublicKey()]);
        byte[] attestation = [0xA3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xA0, .. Text("authData"), 0x58, (byte)data.Length, .. data];
        return Json(new { clientDataJSON = Base64Url.EncodeToString(Client("webauthn.create", asked)), attestationObject = Base64Url.EncodeToString(attestation), transports = Transports });
    }

    /// <summary>Answers navigator.credentials.get().</summary>
    public string Get(string options)
    {
        Count++;
        var (client, data) = (Client("webauthn.get", JsonNode.Parse(options)!), Data());
        var signature = _key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Json(new
        {
            clientDataJSON = Base64Url.EncodeToString(client),
            authenticatorData = Base64Url.EncodeToString(data),
            signature = Base64Url.EncodeToString(signature),
            userHandle = _user,
        });
    }

    public void Dispose() => _key.Dispose();

    private byte[] Data(byte[]? key = null)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        var flags = (byte)(Present | (Verifies ? Verified : 0) | (key is null ? 0 : WithKey));
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(site.Host)), flags, .. count, .. key ?? []];
    }

    private byte[] Client(string type, JsonNode asked) => JsonSerializer.SerializeToUtf8Bytes(new { type, challenge = (string)asked["challenge"]!, origin = Origin ?? site.GetLeftPart(UriPartial.Authority), crossOrigin = false });

    // COSE: an elliptic curve's point, ES256 on P-256
    private byte[] PublicKey()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
    }

    private static byte[] Text(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];

    private string Json(object response) => JsonSerializer.Serialize(new { id = Id, rawId = Id, type = "public-key", response, clientExtensionResults = new { } });
}
