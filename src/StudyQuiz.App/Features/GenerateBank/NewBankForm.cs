using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using StudyQuiz.Domain;
using StudyQuiz.Generation.Reading;

namespace StudyQuiz.App.Features.GenerateBank;

/// <summary>What the form says, so that a refusal gives it back.</summary>
/// <param name="Text">What was pasted, or what stood in the file that was chosen: a browser can't be given the file back.</param>
/// <param name="AsksModel">Whether the language model is to be asked besides.</param>
/// <param name="FileName">Of the file that the text was read from; null when it was pasted.</param>
public sealed record NewBankForm(string Text, string Title, string Publisher, string Published, string Slug, long Seed, bool AsksModel = false, string? FileName = null)
{
    public const int LongestTitle = 200;
    public const int LongestPublisher = 100;
    public const long DefaultSeed = 1;

    public static NewBankForm Empty { get; } = new("", "", "", "", "", DefaultSeed);

    /// <summary>A whole request: the largest file, the longest text beside it, and the small fields.</summary>
    public const long LargestRequest = SourceReader.LargestDocument + SourceReader.LargestTextFile + 64 * 1024;

    /// <returns>What was entered, and either what is wanted or everything that is wrong with it.</returns>
    internal static async Task<(NewBankForm Entered, NewBank? Wanted, IReadOnlyList<FormRefusal> Refusals)> ReadAsync(IFormCollection form, CancellationToken stop)
    {
        var entered = new NewBankForm(
            form["text"].ToString(), StorableText.Clean(form["title"].ToString()).Trim(), StorableText.Clean(form["publisher"].ToString()).Trim(), form["published"].ToString().Trim(), form["slug"].ToString().Trim(),
            long.TryParse(form["seed"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed) ? seed : DefaultSeed,
            form["model"] == "on");
        var refusals = entered.Refusals(out var published).ToList();
        var file = form.Files.FirstOrDefault(file => file.Name == "file" && file.FileName.Length > 0);
        var isPasted = !string.IsNullOrWhiteSpace(entered.Text);
        if (file is not null && isPasted) return (entered, null, [new FormRefusal("file", "Both"), .. refusals]);
        if (file is null && !isPasted) return (entered, null, [new FormRefusal("text", "Neither"), .. refusals]);

        var (field, name) = file is null ? ("text", "") : ("file", file.FileName);
        var raw = "";
        switch (file is null ? SourceReader.Read(Encoding.UTF8.GetBytes(entered.Text), name) : await ReadFileAsync(file, stop))
        {
            case SourceReading.Refused refused:
                refusals.Insert(0, FormRefusal.Of(field, name, refused.Reason));
                break;
            case SourceReading.Text text when !StorableText.Is(text.Raw):
                refusals.Insert(0, new FormRefusal(field, "Broken", name));
                break;
            case SourceReading.Text text:
                raw = text.Raw;
                if (file is not null) entered = entered with { Text = raw, FileName = name };
                break;
        }

        return refusals.Count > 0 || !Guid.TryParse(form["id"], out var id)
            ? (entered, null, refusals)
            : (entered, new NewBank(entered.Request(id, raw), raw, Filled(entered.Title), Filled(entered.Publisher), published, Filled(entered.Slug), entered.Seed, entered.AsksModel), []);
    }

    // The same form sent again is one request; one that a browser went back to and that says something else is another
    private Guid Request(Guid form, string raw)
    {
        var said = JsonSerializer.SerializeToUtf8Bytes((object[])[form, raw, Title, Publisher, Published, Slug, Seed, AsksModel]);
        return new Guid(SHA256.HashData(said).AsSpan(0, 16));
    }

    // A file that is too large by its length is refused without a byte of it in memory
    private static async Task<SourceReading> ReadFileAsync(IFormFile file, CancellationToken stop)
    {
        if (file.Length > SourceReader.LargestDocument) return new SourceReading.Refused(SourceRefusal.TooLarge, "");
        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, stop);
        return SourceReader.Read(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), file.FileName);
    }

    private IEnumerable<FormRefusal> Refusals(out DateOnly? published)
    {
        published = null;
        var isDay = true;
        if (Published.Length > 0)
        {
            isDay = DateOnly.TryParseExact(Published, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
            published = isDay ? day : null;
        }

        return All();

        IEnumerable<FormRefusal> All()
        {
            if (!IsLine(Title, LongestTitle)) yield return new FormRefusal("title", "BadTitle", LongestTitle);
            if (!IsLine(Publisher, LongestPublisher)) yield return new FormRefusal("publisher", "BadPublisher", LongestPublisher);
            if (!isDay) yield return new FormRefusal("published", "BadDay");
            if (Slug.Length > 0 && !BankSlug.IsValid(Slug)) yield return new FormRefusal("slug", "BadSlug", BankSlug.Longest);
        }
    }

    internal static bool IsLine(string text, int longest) => text.Length <= longest && StorableText.Is(text) && !text.Any(char.IsControl);

    private static string? Filled(string text) => text.Length > 0 ? text : null;
}

/// <summary>A text that a bank is to be made of.</summary>
/// <param name="Id">Made of the form's id and all that it says.</param>
/// <param name="Raw">The text, readable and storable.</param>
/// <param name="Title">Null to take the text's own; likewise the publisher and the day.</param>
/// <param name="Slug">Null to propose one.</param>
internal sealed record NewBank(Guid Id, string Raw, string? Title, string? Publisher, DateOnly? Published, string? Slug, long Seed, bool AsksModel);

/// <summary>Why a field is refused.</summary>
/// <param name="Field">Its name in the form.</param>
/// <param name="Name">Of the resource that says why.</param>
/// <param name="Arguments">What that resource's text mentions.</param>
public sealed record FormRefusal(string Field, string Name, params object[] Arguments)
{
    /// <summary>A reader's refusal, in whichever language the page has.</summary>
    internal static FormRefusal Of(string field, string fileName, SourceRefusal reason)
    {
        const int mega = 1024 * 1024;
        return new FormRefusal(field, (field == "text" ? "Pasted." : "Source.") + reason, fileName, SourceReader.LongestText, SourceReader.LargestTextFile / mega, SourceReader.LargestDocument / mega);
    }
}
