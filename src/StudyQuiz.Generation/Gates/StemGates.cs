using System.Globalization;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.Generation.Gates;

/// <summary>A stem gives nothing away and asks what no other asks.</summary>
public static class StemGates
{
    /// <summary>A stem and its key share less than this.</summary>
    public const double MostShared = 0.35;

    /// <summary>Two stems of one type share less than this.</summary>
    public const double MostAlike = 0.6;

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
}
