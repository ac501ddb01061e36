using System.Globalization;
using System.Text.RegularExpressions;
using StudyQuiz.App.Features.ExchangeCards;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>Reads GIFT as Moodle does: questions end at an empty line, comments begin with //, and may name an id and tags.</summary>
internal static partial class GiftReader
{
    private const int LongestQuestion = 40_000;

    // Escaped characters become these while the text is taken apart: they never stand in text
    private const string Escapable = "~=#{}:\\\n";
    private const char FirstStandIn = '\uFDD0';

    public static List<QuestionRow> Read(string text)
    {
        var rows = new List<QuestionRow>();
        var block = new Block();
        var (number, category) = (0, (string?)null);
        foreach (var line in text.Split('\n').Append(""))
        {
            number++;
            if (line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            {
                block.Comments.Add(line);
            }
            else if (line.TrimStart().StartsWith("$CATEGORY:", StringComparison.OrdinalIgnoreCase))
            {
                category = line.TrimStart()["$CATEGORY:".Length..].Trim();
            }
            else if (!string.IsNullOrWhiteSpace(line))
            {
                if (block.Lines.Count == 0) block.Line = number;
                block.Lines.Add(line);
            }
            else if (block.Lines.Count > 0)
            {
                rows.Add(Row(block, category));
                if (rows.Count > GivenFile.MostRows) return rows;
                block = new Block();
            }
        }

        return rows;
    }

    private static QuestionRow Row(Block block, string? category)
    {
        var source = string.Join('\n', block.Lines);
        if (source.Length > LongestQuestion) return QuestionRow.Refused(block.Line, source, "LongQuestion", LongestQuestion);
        var text = Masked(source);
        if (text.TrimStart() is { } start && start.StartsWith("::", StringComparison.Ordinal) && start.IndexOf("::", 2, StringComparison.Ordinal) is > 0 and var end) text = start[(end + 2)..];
        var open = text.IndexOf('{', StringComparison.Ordinal);
        if (open < 0) return QuestionRow.Refused(block.Line, source, text.Contains('}', StringComparison.Ordinal) ? "GiftBrace" : "GiftNoAnswer");
        var close = text.IndexOf('}', open);
        if (close < 0) return QuestionRow.Refused(block.Line, source, "GiftBrace");
        if (text.IndexOf('{', close) >= 0 || text.AsSpan(open + 1, close - open - 1).Contains('{')) return QuestionRow.Refused(block.Line, source, "GiftTwoAnswers");

        var (isHtml, before) = Marked(text[..open]);
        var reader = new Question(block.Line, source, isHtml, before, text[(close + 1)..]);
        var row = reader.Read(text[(open + 1)..close].Trim());
        if (row.Question is not { } question) return row;
        var comments = string.Join(' ', block.Comments);
        question = MachineTags.Read(question, [.. CommentTags().Matches(comments).Select(match => match.Groups["tag"].Value)]) with { Id = CommentId().Match(comments) is { Success: true } id ? id.Groups["id"].Value.Trim() : null };
        return row with { Question = question with { KeyPoint = question.KeyPoint ?? KeyPointOf(category) } };
    }

    /// <summary>The label that begins the last part of a category's path.</summary>
    public static string? KeyPointOf(string? category) => category?.Split('/')[^1].Trim().Split(' ')[0] is { Length: > 0 } label ? label : null;

    private static (bool IsHtml, string Text) Marked(string text)
    {
        var match = Markup().Match(text);
        return match.Success ? (match.Groups["format"].Value == "html", text[match.Length..]) : (false, text);
    }

    private static string Masked(string text)
    {
        var masked = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is >= FirstStandIn and < (char)(FirstStandIn + 16)) continue;
            var at = text[i] == '\\' && i + 1 < text.Length && text[i + 1] != '\n' ? Escapable.IndexOf(text[i + 1] == 'n' ? '\n' : text[i + 1], StringComparison.Ordinal) : -1;
            masked.Append(at < 0 ? text[i] : (char)(FirstStandIn + at));
            if (at >= 0) i++;
        }

        return masked.ToString();
    }

    private static string Unmasked(string text)
    {
        var plain = new System.Text.StringBuilder(text.Length);
        foreach (var c in text) plain.Append(c is >= FirstStandIn and < (char)(FirstStandIn + 16) ? Escapable[c - FirstStandIn] : c);
        return plain.ToString();
    }

    private sealed class Block
    {
        public int Line { get; set; }
        public List<string> Lines { get; } = [];
        public List<string> Comments { get; } = [];
    }

    private sealed record Answer(bool IsEqual, decimal? Weight, string Text, string? Why);

    /// <summary>One question whose parts are known.</summary>
    private sealed class Question(int line, string source, bool isHtml, string before, string after)
    {
        private readonly List<Why> _notes = [];

        public QuestionRow Read(string body)
        {
            if (isHtml && AnkiText.HasMedia(Unmasked(before + after + body))) _notes.Add(new Why("Media"));
            var feedback = body.LastIndexOf("####", StringComparison.Ordinal);
            var general = feedback < 0 ? "" : Plain(body[(feedback + 4)..]);
            if (feedback >= 0) body = body[..feedback].Trim();
            var row = Body(body, general);
            if (row.Question is not { } question) return row;
            // the feedback of an essay is what the answer is compared with
            return row with { Notes = [.. _notes], Question = body.Length == 0 ? question : question with { Body = question.Body with { Explanation = general } } };
        }

        private QuestionRow Body(string body, string general)
        {
            if (body.Length == 0) return general.Length == 0 ? Refused("GiftEssay") : Row(Bodies.Flashcard(Stem(), general));
            if (body[0] == '#') return Numerical(body[1..].Trim());
            if (body[0] == '>') return Row(Bodies.Ordering(Stem(), [.. body.Split('\n').Skip(1).Select(Plain).Where(item => item.Length > 0)]));
            if (TrueOrFalse().Match(body) is { Success: true } judged) return Judged(judged.Groups["word"].Value is "T" or "TRUE", body[judged.Length..]);
            return Answers(body) is { } answers ? Of(answers) : Refused("GiftAnswers");
        }

        private QuestionRow Judged(bool answer, string feedback)
        {
            if (feedback.Trim(' ', '\n').Length > 0) _notes.Add(new Why("TrueFalseFeedback"));
            return Row(Bodies.TrueFalse(Stem(), answer));
        }

        private QuestionRow Of(List<Answer> answers)
        {
            var equals = answers.Count(answer => answer.IsEqual);
            if (equals == answers.Count && answers.TrueForAll(answer => answer.Text.Contains("->", StringComparison.Ordinal)))
                return Row(Bodies.Matching(Stem(), [.. answers.Select(answer => answer.Text.Split("->", 2)).Select(sides => new MatchPair(Plain(sides[0]), Plain(sides[1])))]));
            if (equals == answers.Count) return Typed(answers);
            if (equals > 1) return Refused("GiftTwoRight");
            var positive = answers.Where(answer => !answer.IsEqual && answer.Weight > 0).ToList();
            // with one answer of full credit it is a single choice, and what counts in part is wrong here
            var isMultiple = equals == 0 && positive.Count > 1;
            if (isMultiple ? positive.Select(answer => answer.Weight).Distinct().Count() > 1 : positive.Count > (equals == 0 ? 1 : 0)) _notes.Add(new Why("Weights"));
            return Row(Bodies.Choice(
                Stem(), [.. answers.Select(answer => new Option(Plain(answer.Text), answer.IsEqual || (equals == 0 && answer.Weight > 0), answer.Why is { } why ? Plain(why) : null))], isMultiple));
        }

        private QuestionRow Typed(List<Answer> answers)
        {
            if (answers.Exists(answer => answer.Text.Contains('*', StringComparison.Ordinal))) return Refused("Wildcard");
            NoteWhatIsLost(answers);
            return Row(Bodies.Cloze(Gapped(), [.. answers.Where(answer => answer.Weight is null or 100).Select(answer => Plain(answer.Text)).Distinct(StringComparer.Ordinal)]));
        }

        private QuestionRow Numerical(string body)
        {
            var numbers = new List<string>();
            var answers = body.StartsWith('=') || body.StartsWith('~') ? Answers(body) ?? [] : [new Answer(true, null, body.Split('#')[0], body.Split('#', 2) is [_, { } said] && !string.IsNullOrWhiteSpace(said) ? said : null)];
            NoteWhatIsLost(answers);
            foreach (var answer in answers)
            {
                if (answer.Weight is < 100) continue;
                var match = Number().Match(answer.Text.Trim());
                if (!match.Success) return Refused("GiftNumber");
                var (value, second) = (match.Groups["value"].Value, match.Groups["second"]);
                var exact = !second.Success || (match.Groups["mark"].Value == ":" ? Parse(second.Value) == 0 : Parse(second.Value) == Parse(value));
                if (!exact) return Refused("Tolerance");
                numbers.Add(value);
            }

            return numbers.Count == 0 ? Refused("GiftNumber") : Row(Bodies.Cloze(Gapped(), numbers));
        }

        private void NoteWhatIsLost(List<Answer> answers)
        {
            if (answers.Exists(answer => answer.Weight is > 0 and < 100)) _notes.Add(new Why("Weights"));
            if (answers.Exists(answer => answer.Why is not null)) _notes.Add(new Why("AnswerFeedback"));
        }

        private static decimal Parse(string number) => decimal.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);

        // Null where something stands before the first answer
        private static List<Answer>? Answers(string body)
        {
            if (body.Length == 0 || body[0] is not ('=' or '~')) return null;
            var answers = new List<Answer>();
            for (var at = 0; at < body.Length;)
            {
                var end = body.AsSpan(at + 1).IndexOfAny('=', '~') is >= 0 and var next ? at + 1 + next : body.Length;
                var text = body[(at + 1)..end];
                var weight = Weight().Match(text);
                if (weight.Success) text = text[weight.Length..];
                var parts = text.Split('#', 2);
                answers.Add(new Answer(body[at] == '=', weight.Success ? Parse(weight.Groups["weight"].Value) : null, parts[0].Trim(), parts.Length > 1 && !string.IsNullOrWhiteSpace(parts[1]) ? parts[1].Trim() : null));
                at = end;
            }

            return answers;
        }

        private QuestionRow Row(Domain.Questions.Question body) => new(line, RowText.Beginning(Plain(before))) { Question = new RowQuestion(body) };

        private QuestionRow Refused(string code) => QuestionRow.Refused(line, Plain(before).Length > 0 ? Plain(before) : source, code);

        private string Stem() => Plain(string.IsNullOrWhiteSpace(after) ? before : before.TrimEnd('\n') + Cloze.Blank + after);

        private string Gapped() => RowText.Blanks(RowText.WithBlanks(before + after)) == 1 ? RowText.WithBlanks(Plain(before + after)) : Plain(before.TrimEnd('\n') + Cloze.Blank + after);

        private string Plain(string text) => isHtml ? AnkiText.ToPlain(Unmasked(text)) : AnkiText.Tidy(Unmasked(Marked(text).Text));
    }

    [GeneratedRegex(@"^\s*\[(?<format>html|plain|markdown|moodle)\]", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Markup();

    [GeneratedRegex(@"^(?<word>TRUE|FALSE|T|F)(?=\s|#|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TrueOrFalse();

    [GeneratedRegex(@"^\s*%(?<weight>-?[0-9]{1,3}(\.[0-9]{1,7})?)%", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Weight();

    [GeneratedRegex(@"^(?<value>-?[0-9]{1,15}(\.[0-9]{1,10})?)((?<mark>:|\.\.)\s*(?<second>-?[0-9]{1,15}(\.[0-9]{1,10})?))?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Number();

    [GeneratedRegex(@"\[tag:(?<tag>[^\]]{1,255})\]", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex CommentTags();

    [GeneratedRegex(@"\[id:(?<id>[^\]]{1,255})\]", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex CommentId();
}
