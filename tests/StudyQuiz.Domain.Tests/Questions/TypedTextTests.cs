using System.Text;
using CsCheck;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Tests.Questions;

public sealed class TypedTextTests
{
    private static readonly Gen<string> _texts = Gen.OneOf(
        Gen.String,
        Gen.Char["“”‘’「」『』《》\"'。.!?,;:、…，；：！？ 　零〇一二三九十百千万亿两萬億分之点.,%0９Ａaﬁ①Ⅳ㍿ʼ後臺\u200b\u00ad"].Array[0, 12].Select(characters => new string(characters)));

    [Fact]
    public void Normalizing_twice_is_normalizing_once() => _texts.Where(StorableText.Is).Sample(text =>
        Assert.Equal(TypedText.Normalize(text), TypedText.Normalize(TypedText.Normalize(text))));

    [Theory]
    [InlineData("六稳", "6稳", true)]
    [InlineData("《规划》", "规划", true)]
    [InlineData("ＡＢＣ", "abc", true)]
    [InlineData("", "。", true)]
    [InlineData("高质量發展", "高质量发展", true)]
    [InlineData("裡後臺", "里后台", true)]
    [InlineData("十二", "12", true)]
    [InlineData("二十", "20", true)]
    [InlineData("一百二十三", "123", true)]
    [InlineData("一百五", "150", true)]
    [InlineData("一百零五", "105", true)]
    [InlineData("一萬二千", "12000", true)]
    [InlineData("1.2万", "12,000", true)]
    [InlineData("3.5亿", "三亿五千万", true)]
    [InlineData("一万亿", "10000亿", true)]
    [InlineData("两百", "200", true)]
    [InlineData("两倍", "二倍", true)]
    [InlineData("百分之五", "5%", true)]
    [InlineData("百分之六点五", "6.5％", true)]
    [InlineData("二〇二〇年", "2020年", true)]
    [InlineData("八两", "82", false)]
    [InlineData("百姓", "100姓", false)]
    [InlineData("万一", "10001", false)]
    [InlineData("五十", "15", false)]
    [InlineData("1.2.3", "123", false)]
    [InlineData("1,5", "15", false)]
    [InlineData("六稳", "六\uffff稳\ufdd0", true)]
    [InlineData("三百", "三千", false)]
    public void The_same_answer(string a, string b, bool same) => Assert.Equal(same, TypedText.Same(a, b));

    [Theory]
    [InlineData("六稳", "六稳", TypedMatch.Exact)]
    [InlineData("六稳", "“六 稳”。", TypedMatch.Form)]
    [InlineData("发展", "發展", TypedMatch.Script)]
    [InlineData("六稳", "6稳", TypedMatch.Number)]
    [InlineData("五个发展", "５个發展。", TypedMatch.Number)]
    [InlineData("六稳", "六保", TypedMatch.None)]
    public void What_was_overlooked(string accepted, string typed, TypedMatch match) => Assert.Equal(match, TypedText.Compare(accepted, typed));

    [Theory]
    [InlineData("甲、乙和丙", "丙，甲与乙", true)]
    [InlineData("上海、江苏、浙江", "浙江 江蘇 上海。", true)]
    [InlineData("国家安全、安全", "安全，国家安全", true)]
    [InlineData("甲、乙、丙", "甲、乙", false)]
    [InlineData("甲、乙", "甲、乙、丁", false)]
    [InlineData("甲、乙", "甲、甲", false)]
    public void Lists_without_an_order(string list, string typed, bool same) => Assert.Equal(same, TypedText.SameParts(list, typed));

    // Re-encoding: what keyboards, clipboards and other encodings do to a text
    [Fact]
    public void What_is_accepted_is_accepted_however_it_is_written_again()
    {
        var rewritings = new Func<string, string>[]
        {
            text => text.Normalize(NormalizationForm.FormD), text => text.Normalize(NormalizationForm.FormKC), text => text.ToUpperInvariant(), text => "“" + text + "”。",
            text => string.Concat(text.Select(c => c is > ' ' and < '\x7f' ? (char)(c + 0xfee0) : c)), text => string.Join(' ', text.AsEnumerable()),
            text => text.Replace('五', '5').Replace('万', '萬').Replace('后', '後'), text => text + "\u200b\r\n",
        };
        Gen.Select(Gen.Char["一五十百万后发展abc1,.，。％五年"].Array[1, 10].Select(characters => new string(characters)), Gen.Int[0, rewritings.Length - 1].Array[0, 3])
            .Sample((text, which) => Assert.True(TypedText.Same(text, which.Aggregate(text, (written, i) => rewritings[i](written)))));
    }

    [Fact]
    public void Simplified_forms_are_folded_once()
    {
        // what a traditional character becomes is no traditional character itself
        for (var code = 0x3400; code < 0x30000; code++)
        {
            if (!Rune.IsValid(code) || !StorableText.Is(new Rune(code).ToString())) continue;
            var folded = TypedText.Normalize(new Rune(code).ToString());
            Assert.Equal(folded, TypedText.Normalize(folded));
        }
    }
}
