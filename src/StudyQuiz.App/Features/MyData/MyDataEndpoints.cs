using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Npgsql;
using StudyQuiz.App.Features.SignIn;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Features.MyData;

/// <summary>What is kept about whoever asks, with an account or without: to take along, and to delete.</summary>
public static class MyDataEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/my-data", ShowAsync);
        app.MapGet("/my-data/export", ExportMyData.AnswerAsync);
        app.MapGet("/my-data/delete", () => TypedResults.LocalRedirect("/my-data")); // a refusal stands at this address
        app.MapPost("/my-data/delete", DeleteAsync).RequireRateLimiting(RateLimits.Passwords);
        app.MapGet("/my-data/deleted", ShowDeletedAsync);
    }

    private static async Task<RazorComponentResult> ShowAsync(HttpContext http, NpgsqlDataSource db, Learners learners, UserManager<Account> users) =>
        Pages.Render<MyDataPage>(new { Data = await FindAsync(http, db, learners, users) });

    private static async Task<IResult> DeleteAsync(
        HttpContext http,
        [FromForm] string? learner,
        [FromForm] string? password,
        [FromForm] string? word,
        NpgsqlDataSource db,
        Learners learners,
        Clock clock,
        SignInTries tries,
        SignInManager<Account> signIn,
        IStringLocalizer<MyDataText> text)
    {
        var data = await FindAsync(http, db, learners, signIn.UserManager);
        // The form names what it showed: a browser that has become somebody else meanwhile deletes nothing unseen
        if ((data.Learner?.ToString() ?? "") != (learner ?? "") || (data.Learner is null && data.Account is null)) return TypedResults.LocalRedirect("/my-data");

        SignInTry? attempt = null;
        var refusal = data.AsksForPassword
            ? (attempt = await WrongPasswordAsync(http, password, tries, signIn)) is null ? (EraseRefusal?)null : EraseRefusal.Password
            : IsConfirmed(word, text) ? null : EraseRefusal.NotConfirmed;
        if (refusal is null)
        {
            await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
            if (data.Account is { } account) refusal = await EraseMyData.AccountAsync(connection, account, clock.Now);
            else await EraseMyData.LearnerAsync(connection, data.Learner!.Value);
        }

        if (refusal is not null) return Pages.Render<MyDataPage>(new { Data = data, Refusal = refusal, Try = attempt }, StatusCodes.Status422UnprocessableEntity);
        if (data.Account is null) Learners.ForgetDevice(http);
        else await signIn.SignOutAsync();
        return TypedResults.LocalRedirect("/my-data/deleted" + (data.Learner is { } gone ? $"?learner={gone}" : ""));
    }

    /// <summary>The page tells the browser whose cards to forget: only of someone who is gone, so that no link that somebody sends empties a browser.</summary>
    private static async Task<RazorComponentResult> ShowDeletedAsync(HttpContext http, Guid? learner, NpgsqlDataSource db)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var isThere = await connection.QuerySingleAsync<bool>("select exists (select 1 from learner where id = @learner)", new { learner });
        return Pages.Render<DeletedPage>(new { Learner = isThere ? null : learner });
    }

    private static bool IsConfirmed(string? word, IStringLocalizer<MyDataText> text) =>
        string.Equals(word?.Trim(), text["Word"], StringComparison.OrdinalIgnoreCase);

    private static async Task<SignInTry?> WrongPasswordAsync(HttpContext http, string? password, SignInTries tries, SignInManager<Account> signIn) =>
        await PasswordCheck.FailsAsync(http, (await signIn.UserManager.GetUserAsync(http.User))!, password, tries);

    private static async Task<MyDataView> FindAsync(HttpContext http, NpgsqlDataSource db, Learners learners, UserManager<Account> users)
    {
        var account = Viewer.Of(http.User).IsSignedIn ? await users.GetUserAsync(http.User) : null;
        var learner = await learners.FindAsync(http);
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var (attempts, reviews) = await connection.QuerySingleAsync<(long, long)>(
            "select (select count(*) from attempt where learner_id = @learner), (select count(*) from review where learner_id = @learner)", new { learner });
        return new MyDataView(account?.Id, learner, attempts, reviews, account?.PasswordHash is not null);
    }
}

/// <param name="Account">Null without one.</param>
/// <param name="Learner">Null where nothing was begun.</param>
/// <param name="Attempts">How many self-tests.</param>
/// <param name="Reviews">How many entries of the review log.</param>
/// <param name="AsksForPassword">Whether deleting takes a password, and not a word.</param>
public sealed record MyDataView(Guid? Account, Guid? Learner, long Attempts, long Reviews, bool AsksForPassword)
{
    public bool IsAnything => Account is not null || Learner is not null;
}
