using StudyQuiz.Domain.Games;

namespace StudyQuiz.Domain.Tests.Games;

/// <summary>By what the players of a game are known, and what others see of it.</summary>
public sealed class IdentityTests
{
    private static readonly RosterEntry[] _roster = [new("王芳", "203", "二班"), new("王芳", "311", "三班"), new("李雷", null, "二班")];

    [Fact]
    public void Equal_names_are_told_apart_by_unit_or_number()
    {
        var game = Playing.Game(new GameOptions { Identity = PlayerIdentity.NameAndUnit }).Do(new TakeSeat("王芳", "二班"));
        Assert.Equal("王芳", game.State.NameOf(1));
        game.Do(new TakeSeat("王芳", "三班"));
        Assert.Equal(["王芳（二班）", "王芳（三班）"], [game.State.NameOf(1), game.State.NameOf(2)]);
        game.Do(new TakeSeat("王 芳", "三班"));
        Assert.Equal(["王芳（二班）", "王芳（三班 · #2）", "王 芳（三班 · #3）"], [game.State.NameOf(1), game.State.NameOf(2), game.State.NameOf(3)]);
        Assert.Equal(GameRefusal.UnitInvalid, game.Refused(new TakeSeat("李雷", " ")));
    }

    [Fact]
    public void A_roster_seats_each_of_its_people_once()
    {
        var game = Playing.Game(new GameOptions { Identity = PlayerIdentity.Roster }, roster: _roster).Do(new TakeSeat("王芳", Code: "203"));
        Assert.Equal("二班", game.State.Seats[1].Unit);
        Assert.Equal(GameRefusal.RosterSeatTaken, game.Refused(new TakeSeat("王芳", Code: " 203 ")));
        Assert.Equal(GameRefusal.NotOnRoster, game.Refused(new TakeSeat("王芳")));
        Assert.Equal(GameRefusal.NotOnRoster, game.Refused(new TakeSeat("李雷", Unit: "三班")));
        game.Do(new TakeSeat("王芳", Code: "311")).Do(new TakeSeat("李雷", Unit: "二班"));
        game.Do(new RemoveSeat(1, Ban: false)).Do(new TakeSeat("王芳", Code: "203"));
        Assert.Equal("王芳（二班）", game.State.NameOf(4));
    }

    [Fact]
    public void Who_is_banned_does_not_come_back_under_the_same_name_and_namesakes_do()
    {
        var game = Playing.Game(new GameOptions { Identity = PlayerIdentity.NameAndUnit }).Do(new TakeSeat("王芳", "二班")).Do(new RemoveSeat(1, Ban: true));
        Assert.Equal(GameRefusal.NameBanned, game.Refused(new TakeSeat("王 芳", "二班")));
        Assert.Equal("三班", game.Do(new TakeSeat("王芳", "三班")).State.Seats[2].Unit);
        var listed = Playing.Game(new GameOptions { Identity = PlayerIdentity.Roster }, roster: _roster).Do(new TakeSeat("王芳", Code: "203")).Do(new RemoveSeat(1, Ban: true));
        Assert.Equal(GameRefusal.NameBanned, listed.Refused(new TakeSeat("王芳", Code: "203")));
        listed.Do(new TakeSeat("王芳", Code: "311"));
    }

    [Fact]
    public void A_name_that_waits_is_shown_to_nobody()
    {
        var game = Playing.Game(new GameOptions { ReviewNames = true }).Do(new TakeSeat("白露"));
        Assert.Equal("#1", game.State.NameOf(1));
        Assert.Equal(GameRefusal.NicknameTaken, game.Refused(new TakeSeat("白 露")));
        Assert.Equal("白露", game.Do(new ApproveSeat(1)).State.NameOf(1));
        game.Do(new TakeSeat("青石")).Do(new RenameSeat(2, "大青石"));
        Assert.Equal("大青石", game.State.NameOf(2));
        Assert.Equal(GameRefusal.NicknameTaken, game.Refused(new RenameSeat(2, "白露")));
        Assert.Equal(GameRefusal.UnknownSeat, game.Refused(new ApproveSeat(9)));
    }

    [Fact]
    public void Made_up_names_are_free_and_the_only_ones_where_the_host_wants_it()
    {
        var game = Playing.Game(new GameOptions { GeneratedNames = true });
        Assert.Equal(GameRefusal.NicknameNotOffered, game.Refused(new TakeSeat("我自己")));
        for (var seed = 0; seed < 1500; seed++)
        {
            var names = FriendlyNames.Suggest(seed % 2 == 0, name => !game.State.Skeletons.ContainsKey(Nickname.Skeleton(name)), seed, 1);
            game.Do(new TakeSeat(names[0]));
        }

        Assert.Equal(1500, game.State.Seats.Count);
    }

    [Fact]
    public void Where_all_words_are_used_up_made_up_names_carry_a_number()
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var names = FriendlyNames.Suggest(isEnglish: false, taken.Add, seed: 7, count: 2500);
        Assert.Equal(2500, names.Distinct(StringComparer.Ordinal).Count());
        Assert.All(names, name => Assert.True(FriendlyNames.IsOne(name) && Nickname.Clean(name) == name));
    }

    [Fact]
    public void Names_near_a_taken_one_are_free()
    {
        var near = Nickname.Near("白 露", name => name != "白 露二", 2);
        Assert.Equal(["小白 露", "白 露三"], near);
        Assert.Equal(["Ann 2", "The Ann"], Nickname.Near("Ann", _ => true, 2));
    }

    [Theory]
    [InlineData("傻 逼", true)]
    [InlineData("我是傻.逼", true)]
    [InlineData("F u c k", true)]
    [InlineData("oh FUCK you", true)]
    [InlineData("dlck", true)]
    [InlineData("Dickens", false)]
    [InlineData("逼真的画", false)]
    [InlineData("白露", false)]
    public void Blocked_words_are_found_however_they_are_spaced_and_not_inside_others(string name, bool blocked) =>
        Assert.Equal(blocked, new BlockedWords(["傻逼", "fuck", "dick"]).AreIn(name));
}
