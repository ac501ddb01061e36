using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Items;
using StudyQuiz.Generation.KeyPoints;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Selecting;

/// <summary>
/// Chooses a bank's questions from all that passed the gates: heavy key points first, then every key point in turn, each time of the
/// type that the bank has least of for its share, and of that type in the form that it has least of. Ships fewer rather than a question
/// that would unbalance the bank, or that has the stem of another.
/// </summary>
public static class Selector
{
    /// <summary>The share of each type in a bank that has enough of all.</summary>
    public static IReadOnlyDictionary<string, double> Shares { get; } = new Dictionary<string, double>(StringComparer.Ordinal)
    {
        [QuestionTypes.SingleChoice] = 0.36,
        [QuestionTypes.TrueFalse] = 0.16,
        [QuestionTypes.MultipleChoice] = 0.12,
        [QuestionTypes.Cloze] = 0.14,
        [QuestionTypes.Ordering] = 0.05,
        [QuestionTypes.Matching] = 0.03,
        [QuestionTypes.Flashcard] = 0.14,
    };

    /// <summary>The chosen questions in the order in which they were chosen; at most <paramref name="most"/>.</summary>
    public static IReadOnlyList<Candidate> Choose(IReadOnlyList<Candidate> candidates, IReadOnlyList<KeyPoint> keyPoints, int most)
    {
        var selection = new Selection(candidates, most);
        var order = keyPoints.SelectMany(point => point.WithDescendants()).OrderByDescending(point => point.Weight).ToList();
        for (var turn = 0; selection.Count < most; turn++)
        {
            var before = selection.Count;
            foreach (var point in order)
            {
                // the heavier a point, the more of the turns it gets
                if (turn > 0 && turn % (4 - point.Weight) != 0) continue;
                // what nothing asks about itself is covered by a point below it
                selection.TakeOne(turn == 0 ? StandIn(point, selection.HasAny) : point.Id);
            }

            if (selection.Count == before && turn % 6 == 5) break;
        }

        return selection.Chosen;
    }

    /// <summary>The key point that a first question on a point is taken from: itself, or where there is none on it, the first below it.</summary>
    internal static string StandIn(KeyPoint point, Func<string, bool> isAsked) =>
        point.WithDescendants().FirstOrDefault(below => isAsked(below.Id))?.Id ?? point.Id;

    private sealed class Selection
    {
        private const int MostCompared = 10;

        /// <summary>How many questions of one form a key point gets: one a clause would be a list, not a bank.</summary>
        private const int MostOfForm = 3;

        /// <summary>So many of a form are no pattern yet.</summary>
        private const int FewOfForm = 2;

        private readonly int _most;
        private readonly Dictionary<string, Dictionary<string, List<Candidate>>> _waiting;
        private readonly Dictionary<string, int> _counts = QuestionTypes.All.ToDictionary(type => type, _ => 0, StringComparer.Ordinal);
        private readonly HashSet<(string Type, string FactId, string Asked)> _asked = [];
        private readonly HashSet<(string Type, Place List)> _lists = [];
        private readonly HashSet<string> _facts = new(StringComparer.Ordinal);
        private readonly HashSet<string> _stems = new(StringComparer.Ordinal);
        private readonly HashSet<string> _covered = new(StringComparer.Ordinal);
        private readonly Dictionary<(string KeyPoint, string Type, string Form), int> _formsOfPoint = [];
        private readonly Dictionary<(string Type, string Form), int> _forms = [];
        private readonly ILookup<string, string> _formsOfType;
        private int _true;
        private int _trueLength;
        private int _falseLength;
        private int _longest;
        private double _longestByChance;
        private int _choices;

        public Selection(IReadOnlyList<Candidate> candidates, int most)
        {
            _most = most;
            _formsOfType = candidates.Select(candidate => (candidate.Type, candidate.Form)).Distinct().ToLookup(form => form.Type, form => form.Form, StringComparer.Ordinal);
            _waiting = candidates.GroupBy(candidate => candidate.Question.KeyPoint, StringComparer.Ordinal).ToDictionary(
                point => point.Key,
                point => point.GroupBy(candidate => candidate.Type, StringComparer.Ordinal)
                    .ToDictionary(type => type.Key, type => type.ToList(), StringComparer.Ordinal),
                StringComparer.Ordinal);
        }

        public List<Candidate> Chosen { get; } = [];
        public int Count => Chosen.Count;

        public bool HasAny(string keyPoint) => _waiting.TryGetValue(keyPoint, out var types) && types.Count > 0;

        public void TakeOne(string keyPoint)
        {
            if (Count >= _most || !_waiting.TryGetValue(keyPoint, out var types)) return;
            foreach (var type in types.Keys.OrderBy(type => _counts[type] / Shares[type]).ThenBy(type => type, StringComparer.Ordinal))
            {
                var fitting = types[type].Where(candidate => KeepsBalance(candidate) && (!_covered.Contains(keyPoint) || IsShared(candidate))).ToList();
                var candidate = type == QuestionTypes.TrueFalse ? NearestInLength(fitting) : fitting.OrderBy(other => _facts.Contains(other.FactId)).ThenBy(other => CountOf(other)).FirstOrDefault();
                if (candidate is null) continue;
                types[type].Remove(candidate);
                if (types[type].Count == 0) types.Remove(type);
                Take(candidate, type);
                return;
            }
        }

        // No form has more than a quarter of its type unless others have nearly as many: one way of asking, again and again, makes a bank a drill
        private bool IsShared(Candidate candidate)
        {
            var others = _formsOfType[candidate.Type].Where(form => form != candidate.Form).Select(form => _forms.GetValueOrDefault((candidate.Type, form))).ToList();
            return others.Count == 0 || CountOf(candidate) < Math.Max(FewOfForm, Math.Max(others.Max() + 1, (others.Sum() + 2) / 3));
        }

        private int CountOf(Candidate candidate) => _forms.GetValueOrDefault((candidate.Type, candidate.Form));

        private void Take(Candidate candidate, string type)
        {
            Chosen.Add(candidate);
            _counts[type]++;
            _asked.Add((type, candidate.FactId, candidate.Asked));
            if (ListOf(candidate) is { } list) _lists.Add((type, list));
            _facts.Add(candidate.FactId);
            _stems.Add(candidate.Question.Body.Stem);
            _covered.Add(candidate.Question.KeyPoint);
            _forms[(type, candidate.Form)] = CountOf(candidate) + 1;
            _formsOfPoint[OfPoint(candidate)] = _formsOfPoint.GetValueOrDefault(OfPoint(candidate)) + 1;
            if (candidate.Question.Body is TrueFalse statement)
            {
                if (statement.Answer) _true++;
                if (statement.Answer) _trueLength += statement.Stem.Length;
                else _falseLength += statement.Stem.Length;
            }

            if (candidate.Options is not { Count: > 0 } options) return;
            _choices++;
            _longestByChance += options.Count(option => option.Correct) / (double)options.Count;
            if (OptionGates.IsKeyLongest(options)) _longest++;
        }

        private bool KeepsBalance(Candidate candidate)
        {
            if (ListOf(candidate) is { } list && _lists.Contains((candidate.Type, list))) return false;
            if (_asked.Contains((candidate.Type, candidate.FactId, candidate.Asked)) || _stems.Contains(candidate.Question.Body.Stem) || _formsOfPoint.GetValueOrDefault(OfPoint(candidate)) >= MostOfForm) return false;
            if (candidate.Question.Body is TrueFalse statement) return KeepsTruthBalance(statement);
            if (candidate.Options is not { Count: > 0 } options || !OptionGates.IsKeyLongest(options)) return true;
            return _longest + 1 <= _longestByChance + (OptionGates.Allowance * _choices) + 0.2;
        }

        // One list with one item after another left out is the same question again and again
        private static Place? ListOf(Candidate candidate) => candidate.Fact is TermFact { Role: TermRole.ListItem } term ? term.Clause : null;

        private static (string KeyPoint, string Type, string Form) OfPoint(Candidate candidate) => (candidate.Question.KeyPoint, candidate.Type, candidate.Form);

        // True and false statements shall be of like length, so the next is the one nearest to what the other side has
        private Candidate? NearestInLength(IEnumerable<Candidate> statements)
        {
            var lengths = Chosen.Where(candidate => candidate.Type == QuestionTypes.TrueFalse).TakeLast(MostCompared).Select(candidate => candidate.Question.Body.Stem.Length).ToList();
            if (lengths.Count == 0) return statements.FirstOrDefault();
            var mean = lengths.Average();
            return statements.MinBy(candidate => Math.Abs(candidate.Question.Body.Stem.Length - mean));
        }

        // True and false in turn, and neither side longer than the other beyond what a gate allows
        private bool KeepsTruthBalance(TrueFalse statement)
        {
            var @false = _counts[QuestionTypes.TrueFalse] - _true;
            if (statement.Answer ? _true > @false : @false > _true) return false;
            var (own, other) = statement.Answer ? (_trueLength, _falseLength) : (_falseLength, _trueLength);
            var (ownCount, otherCount) = statement.Answer ? (_true, @false) : (@false, _true);
            if (ownCount == 0 || otherCount < 2) return true;
            var (a, b) = ((own + statement.Stem.Length) / (double)(ownCount + 1), other / (double)otherCount);
            return Math.Max(a, b) <= TrueFalseGates.MostTimes * Math.Min(a, b);
        }
    }
}
