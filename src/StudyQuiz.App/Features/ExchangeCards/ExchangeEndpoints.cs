namespace StudyQuiz.App.Features.ExchangeCards;

/// <summary>Cards leave for other programs and come in from them.</summary>
public static class ExchangeEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        ExportDeck.Map(app);
        ImportEndpoints.Map(app);
    }
}
