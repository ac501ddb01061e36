using System.Globalization;

namespace StudyQuiz.App.Features.ProposeQuestions;

/// <summary>Where the language model is and how much of it may be used. Not a record: its text must never hold the key.</summary>
/// <param name="address">Of an OpenAI-compatible server, up to and without <c>/chat/completions</c>.</param>
/// <param name="model">The model's name as the server knows it.</param>
/// <param name="key">Null for a server that asks for none.</param>
internal sealed class LlmSettings(Uri address, string model, string? key)
{
    public const string AddressName = "Llm:Address";
    public const string ModelName = "Llm:Model";
    public const string KeyName = "Llm:Key";
    public const string CallSecondsName = "Llm:CallSeconds";
    public const string TotalSecondsName = "Llm:TotalSeconds";

    /// <summary>What to say where nothing is set.</summary>
    public const string HowToConfigure =
        "No language model is configured: set Llm__Address to an OpenAI-compatible address such as http://localhost:11434/v1, Llm__Model to a model's name, and Llm__Key where the server asks for a key (or Llm:Address, Llm:Model and Llm:Key in appsettings.json).";

    public Uri Address { get; } = address;

    public string Model { get; } = model;

    public string? Key { get; } = key;

    /// <summary>The longest wait for one whole answer.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest wait in all.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Facts in one request.</summary>
    public int FactsABatch { get; init; } = 10;

    public int MostBatches { get; init; } = 12;

    /// <summary>Requests in all, second tries among them.</summary>
    public int MostCalls { get; init; } = 24;

    /// <summary>What the model is allowed to write in one reply.</summary>
    public int MostTokens { get; init; } = 4096;

    /// <summary>Bytes that are read of one answer, whatever the server keeps sending.</summary>
    public int MostBytes { get; init; } = 256 * 1024;

    /// <summary>Items that are looked at in one reply.</summary>
    public int MostItems { get; init; } = 40;

    /// <returns>The settings; or the problem in one line, which never holds a value.</returns>
    public static (LlmSettings? Settings, string? Problem) Read(IConfiguration configuration)
    {
        var (address, model, key) = (Value(configuration, AddressName), Value(configuration, ModelName), Value(configuration, KeyName));
        if (address is null || model is null) return (null, HowToConfigure);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return (null, $"{AddressName} is no http or https address: give one such as http://localhost:11434/v1.");
        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            return (null, $"{AddressName} must hold no user, password, query or fragment: give the key as {KeyName}.");
        if (key?.Any(c => c is <= ' ' or > '~') == true)
            return (null, $"{KeyName} holds characters that can't be sent in a header: copy it again, without spaces and line breaks.");
        if (Seconds(configuration, CallSecondsName, 60) is not { } call) return (null, NoSeconds(CallSecondsName));
        if (Seconds(configuration, TotalSecondsName, 300) is not { } total) return (null, NoSeconds(TotalSecondsName));
        return (new LlmSettings(uri, model, key) { CallTimeout = call, TotalTimeout = total }, null);
    }

    private static string? Value(IConfiguration configuration, string name) => configuration[name]?.Trim() is { Length: > 0 } value ? value : null;

    private static string NoSeconds(string name) => $"{name} is no number of seconds from 1 to 3600.";

    private static TimeSpan? Seconds(IConfiguration configuration, string name, int otherwise) =>
        Value(configuration, name) is not { } value ? TimeSpan.FromSeconds(otherwise)
        : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 3600 ? TimeSpan.FromSeconds(seconds)
        : null;
}
