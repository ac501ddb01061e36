using System.Globalization;
using System.Text;
using StudyQuiz.App.Features.ReviewQuestions;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>What the form of a question says, as it was typed. Fields that its type has no use for are empty.</summary>
/// <param name="Options">Of a choice; those without a text are not there.</param>
/// <param name="Pairs">Of a matching; those without either side are not there.</param>
/// <param name="Answer">Of a judgement true or false; of other types a line each, but for a flashcard's back, which is one text.</param>
/// <param name="AnyOrder">Of a cloze: whether the parts of a list count in any order.</param>
/// <param name="Quotes">The words of the text that it rests on; null where the form does not ask for them.</param>
/// <param name="Picture">The name of the picture and what it shows, each may be empty; null where the form does not ask for one.</param>
/// <param name="Enemies">Ids of questions that it is to be kept apart from, beside those that it is kept apart from already.</param>
/// <param name="Why">What the change is for, for whoever reads the versions; may be empty.</param>
/// <param name="MeaningChanged">Whether memories of the old wording count no longer; null where it was not said.</param>
/// <param name="Regrade">Whether earlier answers are graded by the new key; null where it was not said.</param>
public sealed record QuestionForm(
    string Stem, string Explanation, string Difficulty, IReadOnlyList<Option> Options, IReadOnlyList<MatchPair> Pairs, string Answer, bool AnyOrder, IReadOnlyList<TypedQuote>? Quotes, TypedPicture? Picture, IReadOnlyList<long> Enemies, string Why, bool? MeaningChanged, bool? Regrade)
{
    /// <summary>Why another meaning may do without evidence; empty where nobody was asked.</summary>
    public string Waiver { get; init; } = "";

    public const int LongestStem = 1000;
    public const int LongestLine = 500;
    public const int LongestExplanation = 2000;
    public const int LongestWhy = 200;

    /// <summary>The most options, pairs or lines.</summary>
    public const int MostRows = 26;

    /// <summary>Fields, as errors name them.</summary>
    public static class Fields
    {
        public const string Stem = "stem";
        public const string Explanation = "explanation";
        public const string Difficulty = "difficulty";
        public const string Options = "options";
        public const string Pairs = "pairs";
        public const string Answer = "answer";
        public const string AnyOrder = "anyOrder";
        public const string Evidence = "evidence";
        public const string Picture = "picture";
        public const string Why = "why";
        public const string Meaning = "meaning";
        public const string Regrade = "regrade";
        public const string Waiver = "waiver";
    }

    internal static QuestionForm Of(Question question) => new(
        question.Stem, question.Explanation, question.Difficulty.ToString(CultureInfo.InvariantCulture),
        OptionsOf(question), question is Matching matching ? matching.Pairs : [],
        question switch
        {
            TrueFalse statement => statement.Answer ? "true" : "false",
            Cloze cloze => string.Join('\n', cloze.Accepted),
            Ordering ordering => string.Join('\n', ordering.Items),
            Flashcard card => card.Back,
            _ => "",
        },
        question is Cloze { AnyOrder: true }, [.. question.Evidence.Select(TypedQuote.Of)], TypedPicture.Of(question.Picture), [], "", null, null);

    internal static QuestionForm Of(IFormCollection form)
    {
        var correct = form["correct"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        return new QuestionForm(
            Field(Fields.Stem), Field(Fields.Explanation), Field(Fields.Difficulty),
            [.. Rows().Select(row => new Option(Field("option" + row), correct.Contains(row), Field("reason" + row) is { Length: > 0 } why ? why : null)).Where(option => option.Text.Length > 0)],
            [.. Rows().Select(row => new MatchPair(Field("left" + row), Field("right" + row))).Where(pair => pair.Left.Length + pair.Right.Length > 0)],
            Field(Fields.Answer), form[Fields.AnyOrder] == "on",
            form.ContainsKey(Fields.Evidence) ? [.. Rows().Select(row => new TypedQuote(Field("quote" + row), Field("place" + row))).Where(quote => quote.Words.Length > 0)] : null,
            TypedPicture.Of(form),
            [.. form["enemy"].Select(id => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var enemy) ? enemy : 0).Where(enemy => enemy > 0).Distinct()],
            VersionReason.Typed(Field(Fields.Why)),
            form[Fields.Meaning].ToString() switch { "changed" => true, "same" => false, _ => null },
            form[Fields.Regrade].ToString() switch { "yes" => true, "no" => false, _ => null })
        {
            Waiver = Field(Fields.Waiver).Replace('\n', ' '),
        };

        // Browsers send line ends as CR LF
        string Field(string name) => StorableText.Clean(form[name].ToString()).ReplaceLineEndings("\n").Trim();
        static IEnumerable<string> Rows() => Enumerable.Range(0, MostRows).Select(row => row.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Reads it as a question of the same type.</summary>
    /// <param name="paragraphs">Where its quotes are looked for; where the form has none the evidence stays.</param>
    /// <returns>The question; or the name of what is wrong, by field.</returns>
    internal (Question? Question, IReadOnlyDictionary<string, string> Errors) Read(Question current, IReadOnlyList<TextParagraph>? paragraphs = null)
    {
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var evidence = Quotes is null || paragraphs is null ? current.Evidence : Placed(Quotes, paragraphs, errors);
        var lines = Answer.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Check(Fields.Stem, Stem, LongestStem, "StemMissing");
        Check(Fields.Explanation, Explanation, LongestExplanation, "ExplanationMissing");
        if (Why.Length > LongestWhy || !StorableText.Is(Why)) errors[Fields.Why] = "TooLong";
        if (Waiver.Length > ChangeStatus.LongestWaiver || !StorableText.Is(Waiver)) errors[Fields.Waiver] = "TooLong";
        if (Difficulty is not ("1" or "2" or "3")) errors[Fields.Difficulty] = "DifficultyInvalid";
        foreach (var option in Options)
        {
            Check(Fields.Options, option.Text, LongestLine, "OptionMissing");
            if (option.Why is { } why) Check(Fields.Options, why, LongestLine, "OptionMissing");
        }

        foreach (var side in Pairs.SelectMany(pair => new[] { pair.Left, pair.Right })) Check(Fields.Pairs, side, LongestLine, "SideMissing");
        if (current is Cloze && Stem.Split(Cloze.Blank).Length != 2) errors.TryAdd(Fields.Stem, "OneBlank");
        if (current is SingleChoice or MultipleChoice && HasEqual(Options.Select(option => option.Text))) errors.TryAdd(Fields.Options, "OptionsEqual");
        if (current is Ordering && HasEqual(lines)) errors.TryAdd(Fields.Answer, "ItemsEqual");
        if (current is Matching && (HasEqual(Pairs.Select(pair => pair.Left)) || HasEqual(Pairs.Select(pair => pair.Right)))) errors.TryAdd(Fields.Pairs, "SidesEqual");
        switch (current)
        {
            case SingleChoice when Options.Count(option => option.Correct) != 1 || Options.Count < 2: errors.TryAdd(Fields.Options, "OneRight"); break;
            case MultipleChoice when Options.Count(option => option.Correct) < 2 || Options.All(option => option.Correct): errors.TryAdd(Fields.Options, "SomeRight"); break;
            case TrueFalse when Answer is not ("true" or "false"): errors[Fields.Answer] = "AnswerMissing"; break;
            case Cloze or Ordering:
                Check(Fields.Answer, Answer, LongestLine * MostRows, "AnswerMissing");
                if (lines.Length > MostRows || lines.Any(line => line.Length > LongestLine)) errors.TryAdd(Fields.Answer, "TooLong");
                if (current is Ordering && lines.Length < 3) errors.TryAdd(Fields.Answer, "ThreeItems");
                break;
            case Matching when Pairs.Count < 2: errors.TryAdd(Fields.Pairs, "TwoPairs"); break;
            case Flashcard: Check(Fields.Answer, Answer, LongestExplanation, "AnswerMissing"); break;
        }

        return errors.Count > 0 ? (null, errors) : (Kept(current, Filled(current, lines)) with { Stem = Stem, Explanation = Explanation, Difficulty = Difficulty[0] - '0', Evidence = evidence }, errors);

        void Check(string field, string text, int longest, string missing)
        {
            if (text.Length == 0) errors.TryAdd(field, missing);
            else if (text.Length > longest) errors.TryAdd(field, "TooLong");
            else if (!StorableText.Is(text)) errors.TryAdd(field, "Unstorable");
        }
    }

    // Who chooses the other one of two that read alike would be told that it is wrong
    private static bool HasEqual(IEnumerable<string> texts) => !texts.Where(text => text.Length > 0 && StorableText.Is(text)).Select(AsRead).All(new HashSet<string>(StringComparer.Ordinal).Add);

    private static string AsRead(string text) => string.Join(' ', text.Normalize(NormalizationForm.FormKC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IReadOnlyList<Evidence> Placed(IReadOnlyList<TypedQuote> quotes, IReadOnlyList<TextParagraph> paragraphs, Dictionary<string, string> errors)
    {
        var placed = new List<Evidence>();
        foreach (var quote in quotes)
        {
            var (evidence, error) = quote.Find(paragraphs);
            if (evidence is not null && !placed.Contains(evidence)) placed.Add(evidence);
            if (error is not null) errors.TryAdd(Fields.Evidence, error);
        }

        return placed;
    }

    // What was accepted on appeal names places: with other options or items it would name others
    private static Question Kept(Question current, Question filled) =>
        current.AlsoCounts is null || (KeyAmendment.SamePositions(current, filled) && !ChangesKey(current, filled)) ? filled : filled with { AlsoCounts = null };

    private Question Filled(Question current, string[] lines) => current switch
    {
        SingleChoice single => single with { Options = Options },
        MultipleChoice multiple => multiple with { Options = Options },
        TrueFalse statement => statement with { Answer = Answer == "true" },
        Cloze cloze => cloze with { Accepted = lines, AnyOrder = AnyOrder },
        Ordering ordering => ordering with { Items = lines },
        Matching matching => matching with { Pairs = Pairs },
        Flashcard card => card with { Back = Answer },
        _ => throw new NotSupportedException($"A {current.GetType().Name} can't be edited."),
    };

    /// <summary>Whether what counts as right differs: then memories of the old question may be of something else.</summary>
    internal static bool ChangesKey(Question before, Question after) => !Key(before).SequenceEqual(Key(after), StringComparer.Ordinal);

    private static IEnumerable<string> Key(Question question) => question switch
    {
        TrueFalse statement => [statement.Answer ? "true" : "false"],
        Cloze cloze => cloze.Accepted.Take(1),
        Ordering ordering => ordering.Items,
        Matching matching => matching.Pairs.SelectMany(pair => new[] { pair.Left, pair.Right }),
        Flashcard card => [card.Back],
        _ => OptionsOf(question).Where(option => option.Correct).Select(option => option.Text).Order(StringComparer.Ordinal),
    };

    private static IReadOnlyList<Option> OptionsOf(Question question) => question switch
    {
        SingleChoice single => single.Options,
        MultipleChoice multiple => multiple.Options,
        _ => [],
    };
}
