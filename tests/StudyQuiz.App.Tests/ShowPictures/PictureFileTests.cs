using StudyQuiz.App.Features.ShowPictures;

namespace StudyQuiz.App.Tests.ShowPictures;

public sealed class PictureFileTests
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private const string Gif = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
    private const string Jpeg = "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxB//9k=";
    private const string WebP = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA";
    private const string Lossless = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==";

    public static TheoryData<string, string> Whole => new() { { Png, "image/png" }, { Gif, "image/gif" }, { Jpeg, "image/jpeg" }, { WebP, "image/webp" }, { Lossless, "image/webp" } };

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_file_is_a_picture_when_all_of_it_is_there(string base64, string type)
    {
        var bytes = Bytes(base64);
        Assert.Equal((new PictureFile(type, 1, 1, bytes.Length), null), PictureFile.Read(bytes));
        // What hangs on behind its end is not kept
        Assert.Equal(bytes.Length, PictureFile.Read([.. bytes, .. "<script>alert(1)</script>"u8]).Picture?.Length);
        // Cut off anywhere it is none, down to where nothing tells its size
        for (var length = bytes.Length - 1; length > 0; length--) Assert.Null(PictureFile.Read(bytes.AsSpan(0, length)).Picture);
        Assert.Equal(PictureRefusal.Broken, PictureFile.Read(bytes.AsSpan(0, bytes.Length - 1)).Refusal);
    }

    [Fact]
    public void What_is_something_else_is_refused_by_name()
    {
        Assert.Equal(PictureRefusal.Kind, PictureFile.Read([]).Refusal);
        Assert.Equal(PictureRefusal.Kind, PictureFile.Read("<svg onload=alert(1)>"u8).Refusal);
        Assert.Equal(PictureRefusal.Broken, PictureFile.Read([.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, .. "<html><script>alert(1)</script></html>"u8]).Refusal);
        Assert.Equal(PictureRefusal.Large, PictureFile.Read([.. Bytes(Png), .. new byte[PictureFile.LargestBytes]]).Refusal);
        var wide = Bytes(Gif);
        wide[7] = 0x20;
        Assert.Equal(PictureRefusal.Large, PictureFile.Read(wide).Refusal);
        // A pixel changed, and a picture of which a row is missing though every chunk is whole
        var spoiled = Bytes(Png);
        spoiled[45] ^= 1;
        Assert.Equal(PictureRefusal.Broken, PictureFile.Read(spoiled).Refusal);
        Assert.Equal(PictureRefusal.Broken, PictureFile.Read(Bytes("iVBORw0KGgoAAAANSUhEUgAAAAEAAAACCAYAAACZgbYnAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")).Refusal);
    }

    private static byte[] Bytes(string base64) => Convert.FromBase64String(base64);
}
