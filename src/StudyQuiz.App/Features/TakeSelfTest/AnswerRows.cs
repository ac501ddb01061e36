using Microsoft.Extensions.Localization;
using StudyQuiz.App.Components;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>A line of a review: an option, a statement's side, typed words, an item or a pair, with what it was.</summary>
/// <param name="Cap">A letter or number; null shows the verdict's sign.</param>
/// <param name="Class">right, wrong or empty.</param>
/// <param name="Why">In the words of the question.</param>
/// <param name="Note">In the words of the page.</param>
public sealed record AnswerRow(string? Cap, string Class, string Text, string? Tag = null, string? Why = null, string? Note = null);

/// <summary>What a review says in lines, by type.</summary>
internal static class AnswerRows
{
    private const string Right = "right";
    private const string Wrong = "wrong";

    public static IEnumerable<AnswerRow> Of(Answered answered, IStringLocalizer<SelfTestText> text, IStringLocalizer<QuestionText> words) => answered.Question switch
    {
        SingleChoice single => Options(answered, single.Options, text),
        MultipleChoice multiple => Options(answered, multiple.Options, text),
        TrueFalse statement => Sides(statement, answered, text, words),
        Cloze cloze => Words(cloze, answered, text),
        Ordering ordering => Items(ordering, answered, text),
        Matching matching => Pairs(matching, answered, text),
        Flashcard card => Points(card, answered.Answer, text),
        _ => [],
    };

    /// <summary>An answer in a line, as it was given.</summary>
    public static string Say(Answered answered, GivenAnswer given, IStringLocalizer<QuestionText> words) => (answered.Question, given) switch
    {
        (SingleChoice or MultipleChoice, Chosen) => string.Join(" ", ((Chosen)answered.Presentation.ToShown(given)).Options.Select(Letter)),
        (TrueFalse, Judged judged) => words[judged.Value ? "True" : "False"],
        (_, Typed typed) => typed.Text,
        (_, Recalled recalled) => recalled.Text,
        (Ordering ordering, Ordered ordered) => string.Join(" → ", ordered.Items.Select(item => ordering.Items[item])),
        (Matching matching, Paired paired) => string.Join(
            " · ", paired.Rights.Select((right, left) => (right, left)).Where(pair => pair.right != Paired.None).Select(pair => $"{matching.Pairs[pair.left].Left} → {matching.Pairs[pair.right].Right}")),
        _ => "",
    };

    /// <summary>Options that were neither chosen nor right, and say why not.</summary>
    public static IReadOnlyList<AnswerRow> Others(Answered answered)
    {
        var options = OptionsOf(answered.Question);
        return
        [
            .. answered.Presentation.Order.Take(options.Count)
                .Select((author, shown) => (Option: options[author], Chosen: IsChosen(answered, author), Cap: Letter(shown)))
                .Where(o => !o.Chosen && o.Option is { Correct: false, Why: not null })
                .Select(o => new AnswerRow(o.Cap, "", o.Option.Text, Why: o.Option.Why)),
        ];
    }

    /// <summary>A choice's options, in the author's order; none of other types.</summary>
    public static IReadOnlyList<Option> OptionsOf(Question question) => question switch { SingleChoice single => single.Options, MultipleChoice multiple => multiple.Options, _ => [] };

    private static IEnumerable<AnswerRow> Options(Answered answered, IReadOnlyList<Option> options, IStringLocalizer<SelfTestText> text)
    {
        for (var shown = 0; shown < options.Count; shown++)
        {
            var author = answered.Presentation.Order[shown];
            var (option, chosen) = (options[author], IsChosen(answered, author));
            if (!chosen && !option.Correct) continue;
            if (chosen && answered.AlsoCounts)
            {
                yield return new AnswerRow(Letter(shown), Right, option.Text, text["YoursRight"], Note: text["CountsToo"]);
                continue;
            }

            var tag = (chosen, option.Correct) switch
            {
                (true, true) => text["YoursRight"],
                (true, false) => text["Yours"],
                _ => text[answered.Question is MultipleChoice && answered.Answer is not null ? "LeftOut" : "RightAnswer"],
            };
            yield return new AnswerRow(Letter(shown), option.Correct ? Right : Wrong, option.Text, tag, option.Why);
        }
    }

    private static IEnumerable<AnswerRow> Sides(TrueFalse statement, Answered answered, IStringLocalizer<SelfTestText> text, IStringLocalizer<QuestionText> words)
    {
        var judged = answered.Answer as Judged;
        string Word(bool value) => words[value ? "True" : "False"];
        if (judged is not null && judged.Value != statement.Answer)
            yield return answered.AlsoCounts ? new AnswerRow(null, Right, Word(judged.Value), text["YoursRight"], Note: text["CountsToo"]) : new AnswerRow(null, Wrong, Word(judged.Value), text["Yours"]);
        yield return new AnswerRow(null, Right, Word(statement.Answer), text[judged?.Value == statement.Answer ? "YoursRight" : "RightAnswer"]);
    }

    private static IEnumerable<AnswerRow> Words(Cloze cloze, Answered answered, IStringLocalizer<SelfTestText> text)
    {
        if (answered.Answer is Typed typed)
        {
            // What was accepted says what was overlooked for it
            var match = answered.IsRight ? Grading.Match(cloze, typed.Text) : TypedMatch.None;
            yield return new AnswerRow(
                null, answered.IsRight ? Right : Wrong, typed.Text, text[answered.IsRight ? "YoursRight" : "Yours"],
                Note: match is TypedMatch.None or TypedMatch.Exact ? null : text["Match." + match, cloze.Accepted[0]].Value);
        }

        if (answered.IsRight) yield break;
        var others = cloze.Accepted.Skip(1).ToList();
        yield return new AnswerRow(null, Right, cloze.Accepted[0], text["RightAnswer"], Note: others.Count == 0 ? null : text["AlsoRight", string.Join(text["ListSeparator"].Value, others)].Value);
    }

    private static IEnumerable<AnswerRow> Items(Ordering ordering, Answered answered, IStringLocalizer<SelfTestText> text)
    {
        var ordered = answered.Answer as Ordered;
        for (var place = 0; place < ordering.Items.Count; place++)
        {
            var item = ordered?.Items[place] ?? place;
            if (answered.AlsoCounts) yield return new AnswerRow($"{place + 1}", Right, ordering.Items[item], text["YoursRight"], Note: place == 0 ? text["CountsToo"].Value : null);
            else yield return item == place
                ? new AnswerRow($"{place + 1}", Right, ordering.Items[item], ordered is null ? null : text["InPlace"].Value)
                : new AnswerRow($"{place + 1}", Wrong, ordering.Items[item], text["ShouldBeAt", item + 1]);
        }
    }

    private static IEnumerable<AnswerRow> Pairs(Matching matching, Answered answered, IStringLocalizer<SelfTestText> text)
    {
        var paired = answered.Answer as Paired;
        for (var left = 0; left < matching.Pairs.Count; left++)
        {
            var (pair, given) = (matching.Pairs[left], paired?.Rights[left] ?? Paired.None);
            if (given == left || answered.AlsoCounts)
            {
                var right = given == Paired.None ? "–" : matching.Pairs[given].Right;
                yield return new AnswerRow($"{left + 1}", Right, $"{pair.Left} → {right}", text["YoursRight"], Note: given == left ? null : text["CountsToo"].Value);
                continue;
            }

            if (given != Paired.None) yield return new AnswerRow($"{left + 1}", Wrong, $"{pair.Left} → {matching.Pairs[given].Right}", text["Yours"]);
            yield return new AnswerRow($"{left + 1}", Right, $"{pair.Left} → {pair.Right}", text["RightAnswer"]);
        }
    }

    // What was had is ticked; beside a back that was only read nothing is
    private static IEnumerable<AnswerRow> Points(Flashcard card, GivenAnswer? answer, IStringLocalizer<SelfTestText> text)
    {
        var rated = answer as SelfRated;
        if ((rated?.Text ?? (answer as Recalled)?.Text) is { Length: > 0 } written) yield return new AnswerRow(text["YouShort"], "", written, text["YouWrote"]);
        foreach (var (index, point) in Flashcards.Points(card).Index())
        {
            var said = answer is null || rated?.Said.Contains(index) == true;
            yield return new AnswerRow($"{index + 1}", said ? Right : "", point, answer is not null && said ? text["SaidIt"].Value : null);
        }
    }

    private static bool IsChosen(Answered answered, int author) => answered.Answer is Chosen chosen && chosen.Options.Contains(author);

    /// <summary>The letter of a place on the screen.</summary>
    public static string Letter(int shown) => $"{(char)('A' + shown)}";
}
