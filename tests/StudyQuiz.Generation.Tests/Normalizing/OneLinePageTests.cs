using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Normalizing;

public sealed class OneLinePageTests
{
    [Fact]
    public void Page_numbers_and_credits_between_its_parts_go_and_its_sentences_stay()
    {
        var clean = Normalizer.Clean(
            "首页 > 新闻中心 > 正文 渡口站长谈夜航：把灯留给过河的人 2031年11月14日 10:22 来源：渡口网 点击：3581次 【打印】【关闭】 11月12日，夜航现场会在北岸召开，站长秦望河作了讲话。 现场会。本网记者 王磊摄 秦望河指出，夜航要从靠眼睛转向靠灯。灯是过河人的胆。 "
            + "一、添置新灯 每座码头要装三盏大灯。灯要照到河心。 - 1 - 二、守好旧灯 旧灯每晚擦两遍。油要添满。 夜航演练。王磊摄 - 2 - 秦望河要求，船工要认得每一盏灯。 - 3 - 【责任编辑：赵敏】 版权所有 渡口网");
        var text = string.Join('\n', clean.Paragraphs.Select(paragraph => paragraph.Text));
        Assert.DoesNotContain("摄", text, StringComparison.Ordinal);
        Assert.DoesNotContain("- ", text, StringComparison.Ordinal);
        Assert.Contains("\n秦望河指出，夜航要从靠眼睛转向靠灯。", text, StringComparison.Ordinal);
        Assert.Contains("\n秦望河要求，船工要认得每一盏灯。", text, StringComparison.Ordinal);
        Assert.Contains("二、守好旧灯", text, StringComparison.Ordinal);
    }
}
