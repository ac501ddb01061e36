using Npgsql;

namespace StudyQuiz.Load;

/// <summary>The product that players are let loose on.</summary>
internal interface IServer : IAsyncDisposable
{
    /// <summary>Of each app host.</summary>
    IReadOnlyList<Uri> Addresses { get; }

    NpgsqlDataSource Database { get; }

    /// <summary>What it takes of the machine; null where it is not known.</summary>
    ProcessUse? Use { get; }

    /// <summary>Warnings and errors that the app logged, as far as they are known.</summary>
    IReadOnlyList<string> Complaints { get; }

    /// <summary>A browser in which somebody is signed in who may host games.</summary>
    Task<Visitor> SignInAsync(Web web, CancellationToken stop);
}
