using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>Writes questions as Chinese papers are written, by type, each with its answer and what else there is to say below it.</summary>
internal static class PaperWriter
{
    // carries a text on over several lines
    private const string Indent = "　　";
    private const string Numerals = "一二三四五六七";

    public static string Write(BankFile bank)
    {
        var paper = new StringBuilder();
        var (section, number) = (0, 0);
        foreach (var type in QuestionTypes.All)
        {
            var questions = bank.Questions.Where(question => QuestionTypes.Of(question.Body) == type).ToList();
            if (questions.Count == 0) continue;
            paper.Append(Numerals[section++]).Append('、').Append(QuestionColumns.NameOf(type, isChinese: true)).Append("题\n\n");
            foreach (var question in questions) Write(paper, question, ++number);
        }

        return paper.ToString();
    }

    public static byte[] WriteDocx(BankFile bank)
    {
        using var file = new MemoryStream();
        using (var document = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
        {
            document.AddMainDocumentPart().Document = new Document(new Body(Write(bank).Split('\n').Select(line =>
                new Paragraph(new Run(new Text(line) { Space = SpaceProcessingModeValues.Preserve })))));
        }

        return file.ToArray();
    }

    private static void Write(StringBuilder paper, BankQuestion question, int number)
    {
        var body = question.Body;
        paper.Append(CultureInfo.InvariantCulture, $"{number}. {body.Stem}\n");
        Listed(paper, body);
        Field(paper, "答案", AnswerOf(body));
        if (body is Cloze { AnyOrder: true }) Field(paper, "不分先后", "是");
        foreach (var (i, option) in Bodies.OptionsOf(body).Index())
            if (option.Why is { } why) Field(paper, "理由", $"{RowText.Letter(i)}. {why}");
        if (body.Explanation.Length > 0) Field(paper, "解析", body.Explanation);
        if (body.Evidence.Count > 0) Field(paper, "依据", string.Join('\n', body.Evidence.Select(EvidenceText.Write)));
        Field(paper, "难度", "易中难"[body.Difficulty - 1].ToString());
        Field(paper, "要点", question.KeyPoint);
        if (question.Tags.Count > 0) Field(paper, "标签", string.Join('；', question.Tags));
        Field(paper, "编号", question.Id);
        paper.Append('\n');
    }

    private static void Listed(StringBuilder paper, Question body)
    {
        if (body is Matching matching)
        {
            foreach (var (i, pair) in matching.Pairs.Index()) paper.Append(CultureInfo.InvariantCulture, $"（{i + 1}）{pair.Left}\n");
        }

        foreach (var (i, text) in TextsOf(body).Index()) paper.Append(RowText.Letter(i)).Append(". ").Append(text).Append('\n');
    }

    private static IEnumerable<string> TextsOf(Question body) => body switch
    {
        Ordering ordering => ordering.Items,
        Matching matching => matching.Pairs.Select(pair => pair.Right),
        _ => Bodies.OptionsOf(body).Select(option => option.Text),
    };

    private static string AnswerOf(Question body) => body switch
    {
        TrueFalse statement => statement.Answer ? "√" : "×",
        Cloze cloze => RowText.Joined(cloze.Accepted),
        Flashcard card => card.Back,
        Ordering ordering => string.Concat(ordering.Items.Select((_, i) => RowText.Letter(i))),
        Matching matching => string.Join('；', matching.Pairs.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}-{RowText.Letter(i)}"))),
        _ => string.Concat(Bodies.OptionsOf(body).Index().Where(option => option.Item.Correct).Select(option => RowText.Letter(option.Index))),
    };

    private static void Field(StringBuilder paper, string mark, string text) =>
        paper.Append('【').Append(mark).Append('】').Append(text.Replace("\n", "\n" + Indent, StringComparison.Ordinal)).Append('\n');
}
