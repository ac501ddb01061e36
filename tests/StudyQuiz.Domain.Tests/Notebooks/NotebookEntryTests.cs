using CsCheck;
using StudyQuiz.Domain.Notebooks;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.Domain.Tests.Notebooks;

/// <summary>What puts a question into the notebook of wrong answers, and what takes it out.</summary>
public sealed class NotebookEntryTests
{
    private static readonly DateTimeOffset _start = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly _firstDay = new(2026, 11, 1);

    [Fact]
    public void What_was_never_wrong_is_not_in_it()
    {
        Assert.Null(NotebookEntry.Of([], 2));
        Assert.Null(NotebookEntry.Of([Asked(0, true), Card(1, Rating.Hard)], 2));
    }

    [Fact]
    public void A_wrong_answer_in_a_self_test_or_a_game_puts_it_in_and_right_ones_on_two_later_days_take_it_out()
    {
        List<LoggedReview> log = [Asked(0, false)];
        Is(log, NotebookState.In, misses: 1, left: 2);
        log.Add(Asked(1, true));
        Is(log, NotebookState.In, misses: 1, left: 1);
        log.Add(Asked(3, true));
        Is(log, NotebookState.Learned, misses: 1, left: 0, leftOn: 3);
        log.Add(Asked(4, false));
        Is(log, NotebookState.In, misses: 2, left: 2);
    }

    [Fact]
    public void Right_answers_on_one_day_count_once_and_those_of_the_day_of_the_miss_not_at_all() =>
        Is([Asked(0, false), Asked(0, true, minute: 5), Asked(1, true), Asked(1, true, minute: 5), Card(1, Rating.Easy, minute: 9)], NotebookState.In, misses: 1, left: 1);

    [Theory]
    [InlineData(1, NotebookState.Learned)]
    [InlineData(3, NotebookState.In)]
    public void How_many_days_is_the_learners_choice(int needed, NotebookState state) =>
        Assert.Equal(state, NotebookEntry.Of([Asked(0, false), Asked(1, true), Card(2, Rating.Hard)], needed)!.State);

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void There_is_no_other_choice(int needed) => Assert.Throws<ArgumentOutOfRangeException>(() => NotebookEntry.Of([], needed));

    [Fact]
    public void A_card_that_is_only_being_learned_is_not_in_it_and_one_that_was_known_on_an_earlier_day_is()
    {
        List<LoggedReview> log = [Card(0, Rating.Again), Card(0, Rating.Good, minute: 10), Card(0, Rating.Again, minute: 20), Card(0, Rating.Good, minute: 30)];
        Assert.Null(NotebookEntry.Of(log, 2));
        log.Add(Card(4, Rating.Again));
        Is(log, NotebookState.In, misses: 1, left: 2);
        // Its steps of minutes are no further misses, and no right days
        log.AddRange([Card(4, Rating.Again, minute: 1), Card(4, Rating.Good, minute: 11)]);
        Is(log, NotebookState.In, misses: 1, left: 2);
    }

    [Fact]
    public void A_card_of_a_question_that_was_missed_before_begins_its_days_again() =>
        Is([Asked(0, false), Card(1, Rating.Good), Card(2, Rating.Again)], NotebookState.In, misses: 2, left: 2);

    [Fact]
    public void What_was_undone_or_regraded_counts_as_what_it_is_now()
    {
        var (wrong, right, other) = (Asked(0, false), Asked(1, true), Asked(2, true));
        Assert.Null(NotebookEntry.Of([wrong, right, Over(wrong, ReviewKind.Undone, default)], 2));
        Assert.Null(NotebookEntry.Of([wrong, right, Over(wrong, ReviewKind.Assessed, Rating.Good)], 2));
        Is([wrong, right, other, Over(right, ReviewKind.Undone, default)], NotebookState.In, misses: 1, left: 1);
        Is([wrong, right, other, Over(right, ReviewKind.Assessed, Rating.Again)], NotebookState.In, misses: 2, left: 1);
    }

    [Fact]
    public void Taken_out_by_hand_it_stays_out_until_the_next_wrong_answer()
    {
        var removal = Mark(1, isRemoval: true);
        Is([Asked(0, false), Asked(2, true)], NotebookState.Removed, misses: 1, left: 1, leftOn: 1, mark: removal);
        Is([Asked(0, false), Asked(2, false)], NotebookState.In, misses: 2, left: 2, mark: removal);
        // Answered before the removal, on a device that sent it afterwards
        Is([Asked(0, false), Asked(1, false, minute: -60)], NotebookState.Removed, misses: 2, left: 2, leftOn: 1, mark: removal);
        Assert.Null(NotebookEntry.Of([Asked(0, true)], 2, removal));
    }

    [Fact]
    public void Put_back_by_hand_it_has_the_days_that_it_had_and_one_that_had_left_begins_again()
    {
        var restoring = Mark(3, isRemoval: false);
        Is([Asked(0, false), Asked(1, true)], NotebookState.In, misses: 1, left: 1, mark: restoring);
        List<LoggedReview> log = [Asked(0, false), Asked(1, true), Asked(2, true)];
        Is(log, NotebookState.In, misses: 1, left: 2, mark: restoring);
        log.Add(Asked(3, true, minute: 60));
        Is(log, NotebookState.In, misses: 1, left: 2, mark: restoring);
        log.AddRange([Asked(4, true), Asked(5, true)]);
        Is(log, NotebookState.Learned, misses: 1, left: 0, leftOn: 5, mark: restoring);
    }

    [Fact]
    public void The_order_in_which_rows_arrive_and_how_often_is_of_no_account() =>
        Gen.Select(Gen.Int[0, 10_000].List[0, 40], Gen.Int[1, NotebookEntry.MostDays], Gen.Int[-1, 40], Gen.Long).Sample(
            (numbers, needed, marked, seed) =>
            {
                var log = Log(numbers);
                var mark = marked < 0 ? null : Mark(marked / 2, isRemoval: marked % 2 == 0);
                var shuffled = Shuffle.Positions(log.Count, seed).Select(at => log[at]).Concat(log.Take(3));
                Same(NotebookEntry.Of(log, needed, mark), NotebookEntry.Of(shuffled, needed, mark));
            },
            iter: 500);

    [Fact]
    public void Undoing_the_last_answer_brings_back_what_was_before_it() =>
        Gen.Select(Gen.Int[0, 10_000].List[0, 30], Gen.Int[1, NotebookEntry.MostDays], Gen.Bool).Sample(
            (numbers, needed, isRight) =>
            {
                var log = Log(numbers);
                var last = Asked(60, isRight);
                Same(NotebookEntry.Of(log, needed), NotebookEntry.Of([.. log, last, Over(last, ReviewKind.Undone, default)], needed));
            },
            iter: 500);

    [Fact]
    public void It_is_in_exactly_while_fewer_days_than_needed_had_a_right_answer_since_the_last_miss() =>
        Gen.Select(Gen.Int[0, 10_000].List[1, 40], Gen.Int[1, NotebookEntry.MostDays]).Sample(
            (numbers, needed) =>
            {
                var answers = ReviewLog.Effective(Log(numbers));
                var misses = answers.Where((answer, i) => answer.Rating == Rating.Again && (answer.Kind == ReviewKind.Assessed
                    || answers.Take(i).Any(before => before.Rating == Rating.Again && before.Kind == ReviewKind.Assessed)
                    || answers.Take(i).Any(before => before.Rating != Rating.Again && before.Day < answer.Day)
                    // once forgotten, every further one counts
                    || answers.Take(i).Where((before, at) => before.Rating == Rating.Again && answers.Take(at).Any(known => known.Rating != Rating.Again && known.Day < before.Day)).Any())).ToList();
                var entry = NotebookEntry.Of(Log(numbers), needed);
                Assert.Equal(misses.Count == 0, entry is null);
                if (entry is null) return;
                var days = answers.SkipWhile(answer => answer.Id != misses[^1].Id).Where(answer => answer.Rating != Rating.Again && answer.Day > misses[^1].Day).Select(answer => answer.Day).Distinct().Count();
                Assert.Equal((misses[^1].Id, days < needed ? NotebookState.In : NotebookState.Learned), (entry.Miss.Id, entry.State));
            },
            iter: 500);

    private static void Is(IReadOnlyList<LoggedReview> log, NotebookState state, int misses, int left, int? leftOn = null, NotebookMark? mark = null)
    {
        var entry = NotebookEntry.Of(log, 2, mark)!;
        Assert.Equal((state, misses, left, leftOn is { } day ? _firstDay.AddDays(day) : (DateOnly?)null), (entry.State, entry.Misses, entry.Left, entry.LeftOn));
    }

    private static void Same(NotebookEntry? one, NotebookEntry? other)
    {
        Assert.Equal((one?.Miss, one?.Misses, one?.State, one?.LeftOn), (other?.Miss, other?.Misses, other?.State, other?.LeftOn));
        Assert.Equal(one?.RightDays, other?.RightDays);
    }

    // Answers over some weeks, several a day, every ninth undone
    private static List<LoggedReview> Log(IReadOnlyList<int> numbers)
    {
        var rows = new List<LoggedReview>();
        for (var i = 0; i < numbers.Count; i++)
        {
            var day = numbers[i] % 20;
            var answer = numbers[i] % 3 == 0 ? Asked(day, numbers[i] % 2 == 0, minute: i) : Card(day, (Rating)(numbers[i] / 3 % 4 + 1), minute: i);
            rows.Add(answer);
            if (numbers[i] % 9 == 0) rows.Add(Over(answer, ReviewKind.Undone, default));
        }

        return rows;
    }

    private static LoggedReview Asked(int day, bool isRight, int minute = 0) => Answer(day, minute, ReviewKind.Assessed, isRight ? Rating.Good : Rating.Again);

    private static LoggedReview Card(int day, Rating rating, int minute = 0) => Answer(day, minute, ReviewKind.Rated, rating);

    private static LoggedReview Answer(int day, int minute, ReviewKind kind, Rating rating)
    {
        var at = _start.AddDays(day).AddMinutes(minute);
        return new LoggedReview(new Guid(day, (short)minute, (short)((int)kind * 10 + (int)rating), new byte[8]), at, at, _firstDay.AddDays(day), kind, rating);
    }

    private static LoggedReview Over(LoggedReview answer, ReviewKind kind, Rating rating) =>
        answer with { Id = new Guid([.. answer.Id.ToByteArray().Take(15), 1]), ReviewedAt = answer.ReviewedAt.AddDays(100), ReceivedAt = answer.ReceivedAt.AddDays(100), Kind = kind, Rating = rating, Replaces = answer.Id };

    private static NotebookMark Mark(int day, bool isRemoval) => new(isRemoval, _start.AddDays(day), _firstDay.AddDays(day));
}
