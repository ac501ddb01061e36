using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace StudyQuiz.App.Live;

/// <summary>
/// Writes an immutable value as JSON once, and from then on the same bytes: the question and the reveal are the greater part of a view, and go to
/// thousands of phones.
/// </summary>
/// <typeparam name="T">A type that names no converter of its own.</typeparam>
internal sealed class WrittenOnce<T> : JsonConverter<T>
    where T : class
{
    // One converter belongs to one set of options. The bytes live as long as the value does
    private readonly ConditionalWeakTable<T, byte[]> _written = [];

    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonSerializer.Deserialize<T>(ref reader, options);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteRawValue(_written.GetValue(value, one => JsonSerializer.SerializeToUtf8Bytes(one, options)), skipInputValidation: true);
}
