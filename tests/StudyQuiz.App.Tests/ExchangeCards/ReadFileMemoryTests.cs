using StudyQuiz.App.Features.ExchangeCards;

namespace StudyQuiz.App.Tests.ExchangeCards;

/// <summary>How much of the process's memory a large file takes: nothing else may run beside it.</summary>
[Collection(nameof(Alone))]
public sealed class ReadFileMemoryTests
{
    [Fact]
    public void Ten_thousand_notes_stay_within_memory()
    {
        var now = new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);
        var anki = new AnkiFile();
        var text = new string('字', 300);
        for (var i = 1; i <= 10_000; i++)
        {
            anki.Note(i, $"guid{i}", "", $"正面 {i} {text}", text);
            for (var n = 0; n < 5; n++) anki.Review(i, now.AddDays(-100 + n).AddMilliseconds(i), 3);
        }

        var package = anki.Package(3);
        GC.Collect();
        var (kept, allocated) = (GC.GetTotalMemory(forceFullCollection: true), GC.GetTotalAllocatedBytes());
        var file = Assert.IsType<FileReading.Read>(ReadFile.Of(package, "file", now)).File;
        Assert.Equal((10_000, 50_000), (file.Rows.Count, file.Rows.Sum(row => row.Reviews.Count)));
        Assert.InRange((GC.GetTotalAllocatedBytes() - allocated) / (1024 * 1024), 0, 400);
        Assert.InRange((GC.GetTotalMemory(forceFullCollection: true) - kept) / (1024 * 1024), long.MinValue, 64);
        Assert.InRange(file.Weight / (1024 * 1024), 5, 32);
    }
}
