using Npgsql;
using StudyQuiz.App.Features.SignIn;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.ContinueElsewhere;

/// <summary>Brings a learner without an account into a browser that may have somebody already.</summary>
internal static class JoinHistory
{
    /// <summary>
    /// In the caller's transaction: into the account that is signed in to, else together with what this browser did itself, else as the one that it
    /// is from now on.
    /// </summary>
    /// <param name="own">Whom <see cref="Learners.FindAsync"/> found in this browser.</param>
    /// <param name="other">Who comes.</param>
    /// <returns>False where one of the two is not there any more as it was.</returns>
    public static async Task<bool> RunAsync(HttpContext http, NpgsqlConnection connection, Learners learners, Guid? own, Guid other) =>
        own == other
        || (Viewer.Of(http.User).AccountId, own) switch
        {
            ({ }, { } accounts) => await MergeLearners.MoveAsync(connection, other, accounts),
            ({ } account, null) => await Learners.GiveToAccountAsync(connection, other, account),
            (null, { } here) => await MergeLearners.MoveAsync(connection, here, other),
            _ => await learners.AddDeviceAsync(http, connection, other),
        };
}
