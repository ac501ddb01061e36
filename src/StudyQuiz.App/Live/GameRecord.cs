using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Live;

/// <summary>What of a game goes on record: whatever changed a round's result after its close.</summary>
internal sealed record GameRecord(string Act, int Round)
{
    public static GameRecord? Of(GameEvent happened) => happened switch
    {
        RoundReopened reopened => new GameRecord(AuditActs.GameReopened, reopened.Round),
        RoundVoided voided => new GameRecord(AuditActs.GameVoided, voided.Round),
        KeyCorrected corrected => new GameRecord(AuditActs.GameCorrected, corrected.Round),
        _ => null,
    };
}
