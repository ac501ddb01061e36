using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace StudyQuiz.App.Tests.SignInElsewhere;

/// <summary>A small OpenID Connect provider: whoever is sent there is <see cref="Subject"/> at once. It demands PKCE and the client's secret.</summary>
internal sealed class IdentityServer : IAsyncDisposable
{
    public const string ClientId = "studyquiz";
    public const string ClientSecret = "the client's secret";
    private readonly WebApplication _app;
    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "one" };
    private readonly ConcurrentDictionary<string, (string Challenge, string Nonce, string RedirectUri)> _codes = new();

    private IdentityServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapGet("/.well-known/openid-configuration", () => new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["issuer"] = Address,
            ["authorization_endpoint"] = Address + "/authorize",
            ["token_endpoint"] = Address + "/token",
            ["jwks_uri"] = Address + "/keys",
            ["response_types_supported"] = List("code"),
            ["subject_types_supported"] = List("public"),
            ["id_token_signing_alg_values_supported"] = List("RS256"),
        });
        _app.MapGet("/keys", () =>
        {
            var key = _key.Rsa.ExportParameters(false);
            return new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = "one", n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) } } };
        });
        _app.MapGet("/authorize", (HttpContext http) =>
        {
            var query = http.Request.Query;
            var code = Guid.NewGuid().ToString("N");
            _codes[code] = (query["code_challenge"].ToString(), query["nonce"].ToString(), query["redirect_uri"].ToString());
            var answer = Subject is null ? "error=access_denied" : $"code={code}";
            return Results.Redirect($"{query["redirect_uri"]}?{answer}&state={Uri.EscapeDataString(query["state"].ToString())}");
        });
        _app.MapPost("/token", async (HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync();
            if (!_codes.TryRemove(form["code"].ToString(), out var code)) return Results.BadRequest();
            var verified = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) == code.Challenge;
            if (!verified || form["client_id"] != ClientId || form["client_secret"] != ClientSecret || form["redirect_uri"] != code.RedirectUri) return Results.BadRequest();
            var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
            {
                Issuer = Forgery == "issuer" ? "https://elsewhere.example" : Address,
                Audience = Forgery == "audience" ? "another-client" : ClientId,
                IssuedAt = DateTime.UtcNow,
                Expires = DateTime.UtcNow.AddMinutes(Forgery == "expired" ? -10 : 5),
                SigningCredentials = Forgery switch
                {
                    "unsigned" => null,
                    "key" => new SigningCredentials(new RsaSecurityKey(RSA.Create(2048)) { KeyId = "one" }, SecurityAlgorithms.RsaSha256),
                    "secret" => new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(ClientSecret.PadRight(32))) { KeyId = "one" }, SecurityAlgorithms.HmacSha256),
                    _ => new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
                },
                Subject = new ClaimsIdentity([new Claim("sub", Subject!), new Claim("nonce", Forgery == "nonce" ? "another" : code.Nonce), new Claim("preferred_username", Name)]),
            });
            return Results.Json(new { access_token = "none", token_type = "Bearer", expires_in = 300, id_token = token });
        });
    }

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>Who is at the browser; null for somebody who is turned away.</summary>
    public string? Subject { get; set; }

    /// <summary>Everything that may be wrong with its word for who somebody is.</summary>
    public static IReadOnlyList<string> Forgeries { get; } = ["unsigned", "key", "secret", "issuer", "audience", "expired", "nonce"];

    /// <summary>What is wrong with it now.</summary>
    public string? Forgery { get; set; }

    /// <summary>What they are called there.</summary>
    public string Name { get; set; } = "somebody";

    public static async Task<IdentityServer> StartAsync()
    {
        var server = new IdentityServer();
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string[] List(string only) => [only];
}
