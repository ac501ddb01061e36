using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StudyQuiz.App.Features.ExchangeCards;

namespace StudyQuiz.App.Features.MyData;

/// <summary>A file of tables that is written while it is sent.</summary>
internal abstract class ExportFile : IAsyncDisposable
{
    public abstract Task BeginSectionAsync(string name, string[] columns, CancellationToken stop);

    public abstract Task AddRowAsync(object?[] cells, CancellationToken stop);

    public abstract Task EndSectionAsync(CancellationToken stop);

    /// <summary>The file is whole. Without this, as after a fault, it ends broken off, and says so to whoever opens it.</summary>
    public abstract Task EndAsync(CancellationToken stop);

    public abstract ValueTask DisposeAsync();

    /// <summary>A value as text that every program reads alike.</summary>
    protected static string Text(object? value) => value switch
    {
        null => "",
        bool yes => yes ? "true" : "false",
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}

/// <summary>One JSON object, an array of objects for each table.</summary>
internal sealed class JsonExport(PipeWriter target) : ExportFile
{
    private const int FlushAt = 32 * 1024;

    private readonly Utf8JsonWriter _json = new(target, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    private string[] _columns = [];

    public override Task BeginSectionAsync(string name, string[] columns, CancellationToken stop)
    {
        if (_json.CurrentDepth == 0) _json.WriteStartObject();
        _columns = columns;
        _json.WriteStartArray(name);
        return Task.CompletedTask;
    }

    public override async Task AddRowAsync(object?[] cells, CancellationToken stop)
    {
        _json.WriteStartObject();
        for (var i = 0; i < cells.Length; i++) Write(_columns[i], cells[i]);
        _json.WriteEndObject();
        if (_json.BytesPending > FlushAt) await SendAsync(stop);
    }

    public override Task EndSectionAsync(CancellationToken stop)
    {
        _json.WriteEndArray();
        return Task.CompletedTask;
    }

    public override Task EndAsync(CancellationToken stop)
    {
        _json.WriteEndObject();
        return SendAsync(stop);
    }

    public override ValueTask DisposeAsync() => _json.DisposeAsync();

    private async Task SendAsync(CancellationToken stop)
    {
        await _json.FlushAsync(stop);
        await target.FlushAsync(stop);
    }

    private void Write(string name, object? value)
    {
        _json.WritePropertyName(name);
        switch (value)
        {
            case null: _json.WriteNullValue(); break;
            case JsonText json: _json.WriteRawValue(json.Json); break;
            case bool yes: _json.WriteBooleanValue(yes); break;
            case short or int or long: _json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case decimal number: _json.WriteNumberValue(number); break;
            case double number: _json.WriteNumberValue(number); break;
            default: _json.WriteStringValue(Text(value)); break;
        }
    }
}

/// <summary>A zip with a CSV for each table.</summary>
internal sealed class CsvExport : ExportFile
{
    // Without its mark Excel reads Chinese as something else
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true);

    private readonly ZipArchive _zip;
    private StreamWriter? _table;

    private CsvExport(ZipArchive zip) => _zip = zip;

    public static async Task<CsvExport> BeginAsync(Stream target, CancellationToken stop) =>
        new(await ZipArchive.CreateAsync(target, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, stop));

    public override async Task BeginSectionAsync(string name, string[] columns, CancellationToken stop)
    {
        _table = new StreamWriter(await _zip.CreateEntry(name + ".csv").OpenAsync(stop), Utf8);
        await AddRowAsync(columns, stop);
    }

    public override Task AddRowAsync(object?[] cells, CancellationToken stop) => _table!.WriteAsync(DelimitedText.CsvLine(cells.Select(Text)).AsMemory(), stop);

    public override async Task EndSectionAsync(CancellationToken stop)
    {
        await _table!.DisposeAsync();
        _table = null;
    }

    public override async Task EndAsync(CancellationToken stop) => await _zip.DisposeAsync();

    // A zip that was not ended has no directory: nobody takes it for the whole
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
