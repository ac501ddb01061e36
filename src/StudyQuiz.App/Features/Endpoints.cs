using StudyQuiz.App.Features.AppealVerdicts;
using StudyQuiz.App.Features.ContinueElsewhere;
using StudyQuiz.App.Features.EditQuestion;
using StudyQuiz.App.Features.ExchangeCards;
using StudyQuiz.App.Features.ExchangeQuestions;
using StudyQuiz.App.Features.FirstAdmin;
using StudyQuiz.App.Features.GenerateBank;
using StudyQuiz.App.Features.Home;
using StudyQuiz.App.Features.HostGame;
using StudyQuiz.App.Features.ImportBank;
using StudyQuiz.App.Features.JoinGame;
using StudyQuiz.App.Features.KeepBank;
using StudyQuiz.App.Features.KeepGroups;
using StudyQuiz.App.Features.KeepNotebook;
using StudyQuiz.App.Features.KeepQuizzes;
using StudyQuiz.App.Features.KeepStatistics;
using StudyQuiz.App.Features.ManagePeople;
using StudyQuiz.App.Features.KeepWebhooks;
using StudyQuiz.App.Features.MyData;
using StudyQuiz.App.Features.PrintPaper;
using StudyQuiz.App.Features.ProposeQuestions;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Features.ReadPrivacy;
using StudyQuiz.App.Features.ReadReports;
using StudyQuiz.App.Features.ReadSource;
using StudyQuiz.App.Features.ReadStatus;
using StudyQuiz.App.Features.ResetPassword;
using StudyQuiz.App.Features.ReviewQuestions;
using StudyQuiz.App.Features.SetPreferences;
using StudyQuiz.App.Features.ShowPictures;
using StudyQuiz.App.Features.ShowProgress;
using StudyQuiz.App.Features.SignIn;
using StudyQuiz.App.Features.SignInElsewhere;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Features.TakeAssignment;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.App.Features.UseApi;
using StudyQuiz.App.Features.UsePasskeys;
using StudyQuiz.App.Features.WatchGame;

namespace StudyQuiz.App.Features;

/// <summary>What users can do, each from its own folder.</summary>
public static class Endpoints
{
    public static IServiceCollection AddFeatures(this IServiceCollection services) => services
        .AddSingleton<BankImporter>()
        .AddSingleton<CheckQuestion>()
        .AddSingleton<FindGame>()
        .AddSingleton<FirstAdminLink>()
        .AddSingleton<Generations>()
        .AddHostedService(services => services.GetRequiredService<Generations>())
        .AddSingleton(services => OfferedModel.Of(services.GetRequiredService<IConfiguration>(), services.GetRequiredService<ILogger<OfferedModel>>()))
        .AddSingleton<OpenGame>()
        .AddSingleton<Optimisations>()
        .AddHostedService(services => services.GetRequiredService<Optimisations>())
        .AddSingleton<OverdueAttempts>()
        .AddHostedService(services => services.GetRequiredService<OverdueAttempts>())
        .AddSingleton<PendingImports>()
        .AddSingleton<PendingQuestionFiles>()
        .AddSingleton<PinGuard>()
        .AddSingleton<FinalBoards>()
        .AddSingleton<ForgetUnclaimed>()
        .AddHostedService(services => services.GetRequiredService<ForgetUnclaimed>())
        .AddSingleton<ForgetGameNames>()
        .AddHostedService(services => services.GetRequiredService<ForgetGameNames>())
        .AddSingleton<RefreshStatistics>()
        .AddHostedService(services => services.GetRequiredService<RefreshStatistics>())
        .AddSingleton<ResetMails>()
        .AddHostedService(services => services.GetRequiredService<ResetMails>())
        .AddSingleton(services => WebhookSettings.Of(services.GetRequiredService<IConfiguration>()))
        .AddSingleton<SendWebhooks>()
        .AddHostedService(services => services.GetRequiredService<SendWebhooks>())
        .AddSingleton<SignInTries>()
        .AddSingleton<StoreGeneration>()
        .AddSingleton<ScheduledPublishing>()
        .AddHostedService(services => services.GetRequiredService<ScheduledPublishing>())
        .AddSingleton<Withdrawals>()
        .AddHostedService(services => services.GetRequiredService<Withdrawals>());

    public static void MapFeatures(this IEndpointRouteBuilder app)
    {
        AccountEndpoints.Map(app);
        ApiEndpoints.Map(app);
        AppealEndpoints.Map(app);
        AssignmentEndpoints.Map(app);
        AuditEndpoints.Map(app);
        StatusEndpoints.Map(app);
        CardsEndpoints.Map(app);
        PrivacyEndpoints.Map(app);
        ProgressEndpoints.Map(app);
        ContinueEndpoints.Map(app);
        EditQuestionEndpoints.Map(app);
        ElsewhereEndpoints.Map(app);
        ExchangeEndpoints.Map(app);
        ExchangeQuestionsEndpoints.Map(app);
        FirstAdminEndpoints.Map(app);
        GenerateBankEndpoints.Map(app);
        GroupEndpoints.Map(app);
        HomeEndpoints.Map(app);
        HostGameEndpoints.Map(app);
        JoinGameEndpoints.Map(app);
        KeepBankEndpoints.Map(app);
        WatchGameEndpoints.Map(app);
        WebhookEndpoints.Map(app);
        MyDataEndpoints.Map(app);
        NotebookEndpoints.Map(app);
        PaperEndpoints.Map(app);
        PasskeyEndpoints.Map(app);
        PictureEndpoints.Map(app);
        PeopleEndpoints.Map(app);
        PreferencesEndpoints.Map(app);
        QuizEndpoints.Map(app);
        ReadSourceEndpoints.Map(app);
        ReadReportEndpoints.Map(app);
        ResetPasswordEndpoints.Map(app);
        ReviewEndpoints.Map(app);
        SelfTestEndpoints.Map(app);
        SignInEndpoints.Map(app);
        SignUpEndpoints.Map(app);
    }
}
