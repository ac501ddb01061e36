using System.Globalization;
using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Gates;

/// <summary>A stem gives nothing away and asks what no other asks.</summary>
public static partial class StemGates
{
    /// <summary>A stem and its key share less than this.</summary>
    public const double MostShared = 0.35;

    /// <summary>Two stems of one type share less than this.</summary>
    public const double MostAlike = 0.6;

    // Letters of the shortest question (谁？ stands in for what its picture shows), and of the shortest sentence
    private const int FewestAsked = 1;
    private const int FewestSaid = 3;

    /// <summary>The key is not visible in its stem, and doesn't echo it.</summary>
    public static IEnumerable<Fault> KeyInStem(BankFile bank)
    {
        foreach (var question in bank.Questions)
            foreach (var key in Keys(question.Body))
            {
                var alike = Bigrams.Jaccard(question.Body.Stem, key);
                if (question.Body.Stem.Contains(key, StringComparison.Ordinal))
                    yield return new Fault(question.Id, "key-in-stem", $"Its stem already says the answer “{key}”: word it otherwise.");
                else if (alike >= MostShared)
                    yield return new Fault(question.Id, "key-echoed", $"Its stem echoes the answer “{key}” ({Percent(alike)} of their character pairs, under {Percent(MostShared)} is allowed): word it otherwise.");
            }
    }

    /// <summary>No two stems are the same, and none of the same type nearly so.</summary>
    public static IEnumerable<Fault> LikeStems(BankFile bank)
    {
        foreach (var stem in bank.Questions.GroupBy(question => question.Body.Stem, StringComparer.Ordinal))
            foreach (var question in stem.Skip(1).Where(question => question.Body.GetType() != stem.First().Body.GetType()))
                yield return new Fault(question.Id, "same-stem", $"It has the stem of {stem.First().Id}: drop one, or ask something else.");
        foreach (var type in bank.Questions.GroupBy(question => QuestionTypes.Of(question.Body), StringComparer.Ordinal))
        {
            var questions = type.ToList();
            foreach (var (later, earlier, alike) in SimilarSets.Pairs([.. questions.Select(question => Bigrams.Of(question.Body.Stem))], MostAlike))
                yield return new Fault(questions[later].Id, "like-stem", $"Its stem is too like that of {questions[earlier].Id} ({Percent(alike)} of their character pairs, under {Percent(MostAlike)} is allowed): drop one, or ask something else.");
        }
    }

    /// <summary>A choice asks something: with a mark or a word that asks, a blank, or a sentence that its options end. A statement states something.</summary>
    public static IEnumerable<Fault> Asks(BankFile bank)
    {
        foreach (var question in bank.Questions)
            switch (question.Body)
            {
                case SingleChoice or MultipleChoice when Letters(question.Body.Stem) < FewestAsked || !Asking().IsMatch(question.Body.Stem):
                    yield return new Fault(question.Id, "stem-asks-nothing", $"Its stem “{question.Body.Stem}” asks nothing: say what is to be chosen.");
                    break;
                case TrueFalse or Ordering or Matching when Letters(question.Body.Stem) < FewestSaid:
                    yield return new Fault(question.Id, "stem-says-nothing", $"Its stem “{question.Body.Stem}” says too little: give a whole sentence.");
                    break;
            }
    }

    private static int Letters(string stem) => stem.Count(char.IsLetterOrDigit);

    private static IEnumerable<string> Keys(Question body) => body switch
    {
        SingleChoice single => Correct(single.Options),
        MultipleChoice multiple => Correct(multiple.Options),
        Cloze cloze => cloze.Accepted,
        Flashcard card => [card.Back],
        _ => [],
    };

    private static IEnumerable<string> Correct(IEnumerable<Option> options) => options.Where(option => option.Correct).Select(option => option.Text);

    private static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %";

    [GeneratedRegex(@"[？?＿…]|__|[（(]\s*[）)]|[：:]\s*$|什么|哪|谁|几|多少|多[大高长远久]|何|怎|吗|是否|补全|选出|选择|找出|指出|[是为有在于由把将对指叫][。，]?\s*$|(包括|属于|称为|来自)[。，]?\s*$|\b(what|which|who|whom|whose|when|where|why|how|choose|select|complete|find|name)\b|\b(is|are|was|were|be|to|of|by|in|on|at|for|that|the|an?)\s*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Asking();
}
