namespace StudyQuiz.Generation.Proposals;

/// <summary>Why a proposal did not even become a candidate.</summary>
public enum ProposalRefusal
{
    /// <summary>The item is not as the schema says.</summary>
    WrongSchema,

    /// <summary>More items than one reply may hold.</summary>
    TooMany,

    UnknownType,

    /// <summary>It names no fact that was offered with it.</summary>
    UnknownFact,

    EmptyText,

    /// <summary>Control, invisible or unassigned characters, or half of a surrogate pair.</summary>
    ControlCharacter,

    /// <summary>A link, an e-mail or a web address.</summary>
    Address,

    /// <summary>HTML, Markdown or the like.</summary>
    Markup,

    TooLong,

    /// <summary>Its fields don't fit its type.</summary>
    WrongShape,

    /// <summary>The quote does not stand in the fact's paragraph, word for word.</summary>
    QuoteNotThere,

    /// <summary>Normalizing left a doubt about the quoted words.</summary>
    DoubtfulQuote,

    /// <summary>A key does not stand in the quote.</summary>
    KeyNotInQuote,

    /// <summary>The text gives the items, or the sides of pairs, in another order.</summary>
    OtherOrder,

    /// <summary>The order of what it wants to have ordered means nothing.</summary>
    FreeOrder,

    /// <summary>The sentence forbids, denies or warns up to the end of the quote: rules can't see whether the item keeps that.</summary>
    Denied,

    /// <summary>A true statement is not whole clauses of the quote, or a false one is not such clauses with one element changed.</summary>
    StatementNotFromQuote,

    /// <summary>The stem has nothing in common with the paragraph.</summary>
    StemNotFromText,

    /// <summary>The stem holds words in quotation marks that the text does not.</summary>
    MadeUpQuotation,

    /// <summary>The stem says that someone said something.</summary>
    Attribution,

    /// <summary>It was proposed before.</summary>
    Twice,
}

/// <summary>Refusals in words, for the model that shall mend them and for the person who reads the report.</summary>
public static class ProposalRefusals
{
    public static string Words(this ProposalRefusal refusal) => refusal switch
    {
        ProposalRefusal.WrongSchema => "it is not as the schema says",
        ProposalRefusal.TooMany => "the reply holds too many items",
        ProposalRefusal.UnknownType => "its type is none of the seven",
        ProposalRefusal.UnknownFact => "it names a fact that was not offered",
        ProposalRefusal.EmptyText => "a text in it is empty",
        ProposalRefusal.ControlCharacter => "a text in it holds control or invisible characters",
        ProposalRefusal.Address => "a text in it holds a link or an address",
        ProposalRefusal.Markup => "a text in it holds HTML, Markdown or the like",
        ProposalRefusal.TooLong => "a text in it is too long",
        ProposalRefusal.WrongShape => "its fields do not fit its type",
        ProposalRefusal.QuoteNotThere => "its quote does not stand in the paragraph of the fact word for word",
        ProposalRefusal.DoubtfulQuote => "its quote is a doubtful place of the text",
        ProposalRefusal.KeyNotInQuote => "what it counts as right does not stand in its quote word for word",
        ProposalRefusal.OtherOrder => "the quote gives the items or pairs in another order",
        ProposalRefusal.FreeOrder => "the order of these items means nothing in the text",
        ProposalRefusal.Denied => "the sentence of its quote forbids, denies or warns",
        ProposalRefusal.StatementNotFromQuote => "a true statement must be whole clauses of the quote, a false one such clauses with one element changed and no negation put in",
        ProposalRefusal.StemNotFromText => "its stem has nothing in common with the text",
        ProposalRefusal.MadeUpQuotation => "its stem quotes words that the text does not hold",
        ProposalRefusal.Attribution => "its stem says that someone said something",
        ProposalRefusal.Twice => "it was proposed before",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "Not a refusal."),
    };
}
