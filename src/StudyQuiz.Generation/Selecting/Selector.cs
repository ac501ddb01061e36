using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Items;
using StudyQuiz.Generation.KeyPoints;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Selecting;

/// <summary>
/// Chooses a bank's questions from all that passed the gates: heavy key points first, then every key point in turn, each time of the
/// type that the bank has least of for its share, and of that type in the form that it has least of. What is asked in one form is not asked again in
/// another (<see cref="Matters"/>): forms are spread over facts. Ships fewer rather than a question that would unbalance the bank, or that has the stem of another.
/// </summary>
public static class Selector
{
    /// <summary>The share of each type in a bank that has enough of all.</summary>
    public static IReadOnlyDictionary<string, double> Shares { get; } = new Dictionary<string, double>(StringComparer.Ordinal)
    {
        [QuestionTypes.SingleChoice] = 0.34,
        [QuestionTypes.TrueFalse] = 0.18,
        [QuestionTypes.MultipleChoice] = 0.08,
        [QuestionTypes.Cloze] = 0.18,
        [QuestionTypes.Ordering] = 0.05,
        [QuestionTypes.Matching] = 0.03,
        [QuestionTypes.Flashcard] = 0.14,
    };

    // where a text says little that can be asked otherwise, questions on where something stands make up what is missing to so many, or to a sixth of what its length could give
    private const int Fewest = 12;
    private const int OfLength = 6;

    /// <summary>The chosen questions in the order in which they were chosen; at most <paramref name="most"/>.</summary>
    /// <param name="candidates">What can be chosen.</param>
    /// <param name="keyPoints">What must be asked about.</param>
    /// <param name="most">No more are chosen.</param>
    /// <param name="isWanted">So many are wanted: where there are fewer facts, further forms of the same follow, last.</param>
    /// <param name="kept">Ids of those that come first, whatever else they unbalance: people have kept them.</param>
    public static IReadOnlyList<Candidate> Choose(IReadOnlyList<Candidate> candidates, IReadOnlyList<KeyPoint> keyPoints, int most, bool isWanted = false, IReadOnlySet<string>? kept = null)
    {
        var selection = new Selection(candidates, most);
        foreach (var candidate in candidates.Where(candidate => kept?.Contains(candidate.Question.Id) == true).Take(most)) selection.Keep(candidate);
        var order = keyPoints.SelectMany(point => point.WithDescendants()).OrderByDescending(point => point.Weight).ToList();
        // what asks for several figures at once comes before they are asked for one by one
        var heavy = order.Count(point => point.Weight == 3);
        foreach (var candidate in candidates.Where(candidate => candidate.Fact is FiguresFact or RowFact))
            if (selection.Count + heavy < most) selection.TakeTogether(candidate);
        foreach (var asking in new[] { Asking.WhatIsSaid, Asking.OfMissingType, Asking.OfMissingTypeAtLeast }) InTurn(selection, order, most, asking);
        Cover(selection, order);
        InTurn(selection, order, most, Asking.WhereItStands);
        if (isWanted) InTurn(selection, order, most, Asking.Again);
        return selection.Chosen;
    }

    private static void InTurn(Selection selection, List<KeyPoint> order, int most, Asking asking)
    {
        for (var turn = 0; selection.Count < most; turn++)
        {
            var before = selection.Count;
            foreach (var point in order)
            {
                // the heavier a point, the more of the turns it gets
                if (turn > 0 && turn % (4 - point.Weight) != 0) continue;
                // what nothing asks about itself is covered by a point below it
                selection.TakeOne(turn == 0 && asking == Asking.WhatIsSaid ? StandIn(point, selection.HasAny) : point.Id, asking);
            }

            if (selection.Count == before && turn % 6 == 5) break;
        }
    }

    // What must be asked about is asked where it stands, or for its number, if nothing better can be asked
    private static void Cover(Selection selection, List<KeyPoint> order)
    {
        foreach (var point in order.Where(point => point.Weight == 3)) CoverOne(selection, point);
        var second = order.Where(point => point.Weight == 2).ToList();
        foreach (var point in second)
        {
            if (second.Count(selection.IsCovered) >= CoverageGates.LeastOfWeight2 * second.Count) break;
            CoverOne(selection, point);
        }
    }

    private static void CoverOne(Selection selection, KeyPoint point)
    {
        if (selection.IsCovered(point)) return;
        foreach (var asking in new[] { Asking.WhatIsSaid, Asking.ToCover, Asking.ToCoverAtLeast })
            foreach (var below in point.WithDescendants())
                if (selection.TakeOne(below.Id, asking)) return;
    }

    /// <summary>The key point that a first question on a point is taken from: itself, or where there is none on it, the first below it.</summary>
    internal static string StandIn(KeyPoint point, Func<string, bool> isAsked) =>
        point.WithDescendants().FirstOrDefault(below => isAsked(below.Id))?.Id ?? point.Id;

    /// <summary>What may be taken now.</summary>
    private enum Asking
    {
        /// <summary>Questions on what the text says, each matter once.</summary>
        WhatIsSaid,

        /// <summary>Questions on where something stands, on key points that would have none.</summary>
        ToCover,

        /// <summary>The number of a point too.</summary>
        ToCoverAtLeast,

        /// <summary>Questions on where something stands too, of types that the bank lacks.</summary>
        OfMissingType,

        /// <summary>Those on what opens a point too, and those of which less than half has been asked.</summary>
        OfMissingTypeAtLeast,

        /// <summary>Questions on where something stands too, as far as there are few others.</summary>
        WhereItStands,

        /// <summary>Anything, in further forms too.</summary>
        Again,
    }

    private sealed class Selection
    {
        private const int MostCompared = 10;

        /// <summary>How many questions of one form a key point gets: one a clause would be a list, not a bank.</summary>
        private const int MostOfForm = 3;

        /// <summary>So many blanks, choices and statements are taken from what one sentence tells.</summary>
        private const int MostOfSentence = 2;

        /// <summary>So many of a form are no pattern yet.</summary>
        private const int FewOfForm = 2;

        private readonly int _most;
        private readonly Dictionary<string, Dictionary<string, List<Candidate>>> _waiting;
        private readonly Dictionary<string, int> _counts = QuestionTypes.All.ToDictionary(type => type, _ => 0, StringComparer.Ordinal);
        private readonly HashSet<(string Type, string FactId, string Asked)> _asked = [];
        private readonly HashSet<(string Type, Place List)> _lists = [];
        private readonly Dictionary<int, List<Place>> _terms = [];
        private readonly HashSet<string> _facts = new(StringComparer.Ordinal);
        private readonly AskedMatters _matters = new();
        private readonly HashSet<Series> _ordered = new(ReferenceEqualityComparer.Instance);
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
            _ordered.UnionWith(candidates.Where(candidate => candidate.Question.Body is Ordering).Select(candidate => candidate.Fact).OfType<SeriesFact>().Select(fact => fact.Series));
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

        /// <summary>Whether a chosen question asks about a point or one below it.</summary>
        public bool IsCovered(KeyPoint point) => point.WithDescendants().Any(below => _covered.Contains(below.Id));

        /// <summary>Takes a question on a key point; false where there is none that fits.</summary>
        public bool TakeOne(string keyPoint, Asking asking)
        {
            if (Count >= _most || !_waiting.TryGetValue(keyPoint, out var types)) return false;
            foreach (var type in types.Keys.OrderBy(type => _counts[type] / Shares[type]).ThenBy(type => type, StringComparer.Ordinal))
            {
                var fitting = types[type].Where(candidate => IsAskable(candidate, asking) && KeepsBalance(candidate) && (!_covered.Contains(keyPoint) || IsShared(candidate))).ToList();
                var candidate = type == QuestionTypes.TrueFalse ? NearestInLength(fitting)
                    : fitting.OrderBy(other => _facts.Contains(other.FactId)).ThenBy(IsOnNumber).ThenBy(other => CountOf(other)).ThenBy(other => _matters.Near(other)).FirstOrDefault();
                if (candidate is null) continue;
                types[type].Remove(candidate);
                if (types[type].Count == 0) types.Remove(type);
                Take(candidate, type);
                return true;
            }

            return false;
        }

        public void Keep(Candidate candidate)
        {
            var types = _waiting[candidate.Question.KeyPoint];
            types[candidate.Type].Remove(candidate);
            if (types[candidate.Type].Count == 0) types.Remove(candidate.Type);
            Take(candidate, candidate.Type);
        }

        /// <summary>Takes a question on several figures as long as its type has half of what is its share in the largest bank: most figures are asked for one by one.</summary>
        public void TakeTogether(Candidate candidate)
        {
            if (Count < _most && _counts[candidate.Type] < Math.Max(1, Shares[candidate.Type] * _most / 2) && KeepsBalance(candidate) && !_matters.Hold(candidate)) Keep(candidate);
        }

        private bool IsAskable(Candidate candidate, Asking asking) => asking switch
        {
            Asking.Again => true,
            _ when IsAskedEnough(candidate) => false,
            Asking.WhatIsSaid => !Matters.IsOnPlace(candidate) && !_matters.Hold(candidate),
            Asking.ToCover => !IsOnNumber(candidate) && !_matters.Hold(candidate),
            Asking.OfMissingType => _counts[candidate.Type] == 0 && !candidate.IsOnOpening && candidate.Fact is not PointFact && !_matters.Hold(candidate),
            Asking.OfMissingTypeAtLeast => _counts[candidate.Type] == 0 && candidate.Fact is not PointFact && !_matters.HoldHalf(candidate),
            Asking.ToCoverAtLeast => IsOnNumber(candidate) || candidate.Fact is WhoFact || !_matters.Hold(candidate),
            _ => candidate.Fact is not PointFact && !_matters.Hold(candidate)
                && (!Matters.IsOnPlace(candidate) || (!candidate.IsOnOpening && Count < Math.Max(Fewest, _most / OfLength) && IsRare(candidate.Type))),
        };

        // one blank after another in the same sentence
        private bool IsAskedEnough(Candidate candidate) => candidate.Fact is TermFact && _terms.TryGetValue(candidate.Fact.Quote.Paragraph, out var quotes) && quotes.Count(candidate.Fact.Quote.Overlaps) >= MostOfSentence;

        // of types that can ask what is said there is enough
        private bool IsRare(string type) => type is not (QuestionTypes.MultipleChoice or QuestionTypes.Matching) || _counts[type] == 0;

        // which number a point has, who has the ordering knows
        private bool IsOnNumber(Candidate candidate) => candidate.Fact is PointFact fact && _ordered.Contains(fact.Series);

        // No form has more than a quarter of a bank unless others of its type have nearly as many: one way of asking, again and again, makes a bank a drill
        private bool IsShared(Candidate candidate)
        {
            var others = _formsOfType[candidate.Type].Where(form => form != candidate.Form).Select(form => _forms.GetValueOrDefault((candidate.Type, form))).ToList();
            return others.Count == 0 || CountOf(candidate) < Math.Max(Math.Max(FewOfForm, others.Max() + 1), (Count + 3) / 4);
        }

        private int CountOf(Candidate candidate) => _forms.GetValueOrDefault((candidate.Type, candidate.Form));

        private void Take(Candidate candidate, string type)
        {
            Chosen.Add(candidate);
            _counts[type]++;
            _matters.Add(candidate);
            if (candidate.Fact is TermFact { Quote: var quote })
            {
                if (!_terms.TryGetValue(quote.Paragraph, out var quotes)) _terms[quote.Paragraph] = quotes = [];
                quotes.Add(quote);
            }

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
