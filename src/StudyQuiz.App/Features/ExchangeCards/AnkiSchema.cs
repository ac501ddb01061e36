using System.Text.Json.Nodes;

namespace StudyQuiz.App.Features.ExchangeCards;

/// <summary>The tables of an Anki collection in the form that every Anki reads, schema 11, and what stands in the row that describes it.</summary>
internal static class AnkiSchema
{
    public const int Version = 11;

    /// <summary>The newest that there is; what is older than it and not than <see cref="Version"/> is read too.</summary>
    public const int Newest = 18;

    public const string Tables =
        """
        create table col (
          id integer primary key, crt integer not null, mod integer not null, scm integer not null, ver integer not null, dty integer not null, usn integer not null,
          ls integer not null, conf text not null, models text not null, decks text not null, dconf text not null, tags text not null);
        create table notes (
          id integer primary key, guid text not null, mid integer not null, mod integer not null, usn integer not null, tags text not null, flds text not null,
          sfld integer not null, csum integer not null, flags integer not null, data text not null);
        create table cards (
          id integer primary key, nid integer not null, did integer not null, ord integer not null, mod integer not null, usn integer not null, type integer not null,
          queue integer not null, due integer not null, ivl integer not null, factor integer not null, reps integer not null, lapses integer not null,
          left integer not null, odue integer not null, odid integer not null, flags integer not null, data text not null);
        create table revlog (
          id integer primary key, cid integer not null, usn integer not null, ease integer not null, ivl integer not null, lastIvl integer not null,
          factor integer not null, time integer not null, type integer not null);
        create table graves (usn integer not null, oid integer not null, type integer not null);
        create index ix_notes_usn on notes (usn);
        create index ix_cards_usn on cards (usn);
        create index ix_revlog_usn on revlog (usn);
        create index ix_cards_nid on cards (nid);
        create index ix_cards_sched on cards (did, queue, due);
        create index ix_revlog_cid on revlog (cid);
        create index ix_notes_csum on notes (csum);
        """;

    /// <summary>Between the fields of a note.</summary>
    public const char FieldSeparator = '\x1f';

    /// <summary>One for all decks, so that Anki keeps one note type of ours however many of them come in.</summary>
    public const long NoteType = 1_598_054_400_000;

    private const string Style = ".card { font-family: sans-serif; font-size: 20px; line-height: 1.6; text-align: left; max-width: 40em; margin: 0 auto; }";

    public static JsonObject Conf(long deck) => new()
    {
        ["activeDecks"] = new JsonArray(1),
        ["addToCur"] = true,
        ["collapseTime"] = 1200,
        ["curDeck"] = deck,
        ["curModel"] = NoteType,
        ["dueCounts"] = true,
        ["estTimes"] = true,
        ["newSpread"] = 0,
        ["nextPos"] = 1,
        ["sortBackwards"] = false,
        ["sortType"] = "noteFld",
        ["timeLim"] = 0,
    };

    public static JsonObject Models(long deck, long seconds) => new()
    {
        [$"{NoteType}"] = new JsonObject
        {
            ["id"] = NoteType,
            ["name"] = "StudyQuiz",
            ["type"] = 0,
            ["mod"] = seconds,
            ["usn"] = -1,
            ["sortf"] = 0,
            ["did"] = deck,
            ["css"] = Style,
            ["latexPre"] = "",
            ["latexPost"] = "",
            ["latexsvg"] = false,
            ["tags"] = new JsonArray(),
            ["vers"] = new JsonArray(),
            ["req"] = new JsonArray(new JsonArray(0, "any", new JsonArray(0))),
            ["flds"] = new JsonArray(Field("Front", 0), Field("Back", 1)),
            ["tmpls"] = new JsonArray(new JsonObject
            {
                ["name"] = "Card 1",
                ["ord"] = 0,
                ["qfmt"] = "{{Front}}",
                ["afmt"] = "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}",
                ["bqfmt"] = "",
                ["bafmt"] = "",
                ["did"] = null,
                ["bfont"] = "",
                ["bsize"] = 0,
            }),
        },
    };

    public static JsonObject Decks(long deck, string title, long seconds) => new()
    {
        ["1"] = Deck(1, "Default", 0),
        [$"{deck}"] = Deck(deck, title, seconds),
    };

    public static JsonObject Options() => new()
    {
        ["1"] = new JsonObject
        {
            ["id"] = 1,
            ["mod"] = 0,
            ["name"] = "Default",
            ["usn"] = 0,
            ["maxTaken"] = 60,
            ["autoplay"] = true,
            ["timer"] = 0,
            ["replayq"] = true,
            ["dyn"] = false,
            ["new"] = new JsonObject
            {
                ["bury"] = false,
                ["delays"] = new JsonArray(1.0, 10.0),
                ["initialFactor"] = 2500,
                ["ints"] = new JsonArray(1, 4, 0),
                ["order"] = 1,
                ["perDay"] = 10,
            },
            ["rev"] = new JsonObject
            {
                ["bury"] = false,
                ["ease4"] = 1.3,
                ["ivlFct"] = 1.0,
                ["maxIvl"] = 36500,
                ["perDay"] = 100,
                ["hardFactor"] = 1.2,
            },
            ["lapse"] = new JsonObject
            {
                ["delays"] = new JsonArray(10.0),
                ["leechAction"] = 1,
                ["leechFails"] = 8,
                ["minInt"] = 1,
                ["mult"] = 0.0,
            },
        },
    };

    private static JsonObject Field(string name, int place) => new()
    {
        ["name"] = name,
        ["ord"] = place,
        ["sticky"] = false,
        ["rtl"] = false,
        ["font"] = "Arial",
        ["size"] = 20,
        ["media"] = new JsonArray(),
    };

    private static JsonObject Deck(long id, string name, long seconds) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["mod"] = seconds,
        ["usn"] = -1,
        ["desc"] = "",
        ["dyn"] = 0,
        ["conf"] = 1,
        ["collapsed"] = false,
        ["browserCollapsed"] = false,
        ["extendNew"] = 0,
        ["extendRev"] = 0,
        ["newToday"] = new JsonArray(0, 0),
        ["revToday"] = new JsonArray(0, 0),
        ["lrnToday"] = new JsonArray(0, 0),
        ["timeToday"] = new JsonArray(0, 0),
    };
}
