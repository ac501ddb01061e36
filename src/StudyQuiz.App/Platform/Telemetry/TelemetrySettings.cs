using System.Globalization;

namespace StudyQuiz.App.Platform.Telemetry;

/// <summary>What is told about this host, and to whom. Nothing leaves it where nothing is set.</summary>
/// <param name="Otlp">A collector that takes OTLP over HTTP, such as http://collector:4318; null for none. From <c>Telemetry:Otlp</c>.</param>
/// <param name="MetricsKey">What a Prometheus server must send as its bearer token to read <c>/metrics</c>; null leaves that page away. From <c>Telemetry:MetricsKey</c>.</param>
/// <param name="TraceShare">The share of requests whose trace is sent to the collector, 0 to 1. From <c>Telemetry:TraceShare</c>.</param>
/// <param name="SlowSql">A statement that takes longer is logged with its caller; zero logs none. From <c>Telemetry:SlowSqlMilliseconds</c>.</param>
public sealed record TelemetrySettings(Uri? Otlp, string? MetricsKey, double TraceShare, TimeSpan SlowSql)
{
    /// <summary>Shorter keys could be guessed.</summary>
    private const int LeastKey = 16;

    private static readonly TelemetrySettings _default = new(null, null, 0.05, TimeSpan.FromMilliseconds(250));

    /// <exception cref="SettingException">A setting can't be used.</exception>
    public static TelemetrySettings Of(IConfiguration configuration)
    {
        var section = configuration.GetSection("Telemetry");
        return new TelemetrySettings(
            section["Otlp"] is { Length: > 0 } otlp ? Collector(otlp) : null,
            section["MetricsKey"] is not { Length: > 0 } key ? null
            : key.Length >= LeastKey ? key
            : throw new SettingException($"Telemetry:MetricsKey is shorter than {LeastKey} characters: take a longer one, or leave it out to have no /metrics."),
            Number(section, "TraceShare", 1) ?? _default.TraceShare,
            Number(section, "SlowSqlMilliseconds", 600_000) is { } slow ? TimeSpan.FromMilliseconds(slow) : _default.SlowSql);
    }

    private static Uri Collector(string said) =>
        Uri.TryCreate(said, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) ? address
        : throw new SettingException($"Telemetry:Otlp is '{said}', which is no address such as http://collector:4318.");

    private static double? Number(IConfigurationSection section, string name, double most) =>
        section[name] is not { Length: > 0 } said ? null
        : double.TryParse(said, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= most ? number
        : throw new SettingException(string.Create(CultureInfo.InvariantCulture, $"Telemetry:{name} is '{said}': give a number from 0 to {most}."));
}
