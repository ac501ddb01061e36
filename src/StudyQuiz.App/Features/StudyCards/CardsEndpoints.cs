namespace StudyQuiz.App.Features.StudyCards;

/// <summary>Flashcards: decks, the cards of the day, and what a browser did to them.</summary>
public static class CardsEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        CardsShell.Map(app);
        SyncCards.Map(app);
        ShowDecks.Map(app);
        ShowDeck.Map(app);
        SaveDeck.Map(app);
        AdoptPlan.Map(app);
        LiftPause.Map(app);
        SuspendedCards.Map(app);
        OptimiseEndpoints.Map(app);
        ChosenDeck.Map(app);
    }
}
