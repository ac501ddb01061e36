using StudyQuiz.App.Features.ShowPictures;

namespace StudyQuiz.App.Tests.ShowPictures;

public sealed class PictureFileTests
{
    // The first bytes of files of 640 × 480 pixels
    [Theory]
    [InlineData("89504E470D0A1A0A0000000D4948445200000280000001E00806", "image/png")]
    [InlineData("4749463839618002E001F700", "image/gif")]
    [InlineData("FFD8FFE000104A46494600010100000100010000FFC0001108 01E0 0280 030111", "image/jpeg")]
    [InlineData("52494646000000005745425056503820000000003000009D012A8002E0010000", "image/webp")]
    [InlineData("524946460000000057454250565038580A00000000000000 7F0200 DF0100", "image/webp")]
    [InlineData("5249464600000000574542505650384C000000002F 7FC27700 0000000000", "image/webp")]
    public void The_bytes_tell_what_it_is(string hex, string type) =>
        Assert.Equal(new PictureFile(type, 640, 480), PictureFile.Read(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal).PadRight(80, '0'))));

    [Theory]
    [InlineData("")]
    [InlineData("3C7376672078")]
    [InlineData("FFD8FFE00010")]
    [InlineData("FFD8FFE0000000000000000000000000")]
    [InlineData("89504E470D0A1A0A0000000D494844520000FFFF0000000108060000")]
    public void Anything_else_is_not_taken(string hex) => Assert.Null(PictureFile.Read(Convert.FromHexString(hex)));

    [Fact]
    public void More_than_two_megabytes_are_not_taken() =>
        Assert.Null(PictureFile.Read([.. Convert.FromHexString("89504E470D0A1A0A0000000D4948445200000280000001E00806"), .. new byte[PictureFile.LargestBytes]]));
}
