using StudyQuiz.App.Features.ExchangeQuestions.Formats;

namespace StudyQuiz.App.Features.ExchangeQuestions;

/// <summary>The workbook to fill in: the columns on the first sheet, and on the second how each type is written.</summary>
internal static class QuestionTemplate
{
    private const int Options = 6;

    public static byte[] Write(bool isChinese) => Workbook.Write((isChinese ? "题目" : "Questions", [QuestionColumns.Headers(isChinese, Options, 0)]), isChinese ? ("怎么填", Chinese) : ("How to", English));

    private static IReadOnlyList<IReadOnlyList<string>> Chinese { get; } =
    [
        ["题型", "题干", "选项", "答案"],
        ["单选", "哪一项对？", "A 到 F，一格一项", "一个字母，如 B"],
        ["多选", "哪些对？", "A 到 F", "几个字母，如 ABD"],
        ["判断", "一句可以判断的话", "不填", "对 或 错（√、× 也行）"],
        ["填空", "长江全长约____公里。（只有一个空）", "不填", "几种写法都算对，用 | 分开：6300|6,300"],
        ["排序", "按先后排列", "A 到 F，一格一项", "正确的次序，如 BACD；不填就是写的次序"],
        ["匹配", "把左右配起来", "一格一对：左 → 右", "不填"],
        ["简答", "要答的问题", "不填", "参考答案"],
        [],
        ["其他列可以空着。依据写段落和原文：P05: 原文；一行一条。没有依据的题作为草稿进题库。难度 1、2、3。来源 generated、edited、written；状态 draft、review、published、retired。", "", "", ""],
    ];

    private static IReadOnlyList<IReadOnlyList<string>> English { get; } =
    [
        ["type", "stem", "options", "answer"],
        ["single_choice", "Which one is right?", "A to F, one a cell", "one letter, such as B"],
        ["multiple_choice", "Which are right?", "A to F", "several letters, such as ABD"],
        ["true_false", "A statement", "empty", "true or false"],
        ["cloze", "The river is ____ km long. (one blank)", "empty", "wordings that count, with | between: 6300|6,300"],
        ["ordering", "Put in order", "A to F, one a cell", "the right order, such as BACD; empty: as they stand"],
        ["matching", "Match the sides", "a pair a cell: left → right", "empty"],
        ["flashcard", "What is asked", "empty", "the answer"],
        [],
        ["Other columns may be empty. Evidence is the paragraph and its exact words, P05: the words, a line each. Questions without evidence become drafts. Difficulty is 1 to 3, origin generated, edited or written, status draft, review, published or retired.", "", "", ""],
    ];
}
