using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.KeepBank;

/// <summary>Editors keep their banks: topics, texts in versions, questions found, looked at and changed many at once.</summary>
public static class KeepBankEndpoints
{
    public const string List = "/banks";

    public static void Map(IEndpointRouteBuilder app)
    {
        var banks = app.MapGroup(List).RequireAuthorization(Policies.EditBanks);
        ListBanks.Map(banks);
        ShowBank.Map(banks);
        ShowQuestion.Map(banks);
        RenewText.Map(banks);
        Topics.Map(app.MapGroup("/topics").RequireAuthorization(Policies.EditBanks));
    }
}
