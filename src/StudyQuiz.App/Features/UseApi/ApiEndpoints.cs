using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>The HTTP API: what pages do, for programs, with a document that says how.</summary>
public static class ApiEndpoints
{
    private const string Document = "v1";

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Scheme, null);
        services.AddOpenApi(Document, options =>
        {
            // What most programs that make clients read
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0;
            options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
            // Numbers are taken from strings too; a client that is told so has no numbers
            options.AddSchemaTransformer((schema, _, _) =>
            {
                if (schema.Type is { } type && type.HasFlag(JsonSchemaType.String) && (type.HasFlag(JsonSchemaType.Integer) || type.HasFlag(JsonSchemaType.Number))) (schema.Type, schema.Pattern) = (type & ~JsonSchemaType.String, null);
                return Task.CompletedTask;
            });
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new OpenApiInfo { Title = "StudyQuiz", Version = Document, Description = "Banks, questions, quizzes, attempts, cards, games, groups and their reports, as the pages have them." };
                document.Servers = [];
                ApiDocument.TellProblems(document);
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
                {
                    [TokenAuthentication.Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A personal token: sq_…" },
                };
                return Task.CompletedTask;
            });
            options.AddOperationTransformer((operation, context, _) =>
            {
                ApiDocument.Tell(operation, context);
                return Task.CompletedTask;
            });
        });
        return services;
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1").RequireRateLimiting(RateLimits.Api).ProducesProblem(StatusCodes.Status400BadRequest).AddEndpointFilter(ApiResults.RefuseHolesAsync).AddEndpointFilter(ApiResults.AnswerAsync);
        TokensApi.Map(api);
        BanksApi.Map(api);
        QuestionsApi.Map(api);
        PicturesApi.Map(api);
        ReviewApi.Map(api);
        QuizzesApi.Map(api);
        SectionsApi.Map(api);
        AttemptsApi.Map(api);
        LearningApi.Map(api);
        AppealsApi.Map(api);
        GamesApi.Map(api);
        GroupsApi.Map(api);
        PeopleApi.Map(api);
        WebhooksApi.Map(api);
        app.MapOpenApi("/api/{documentName}/openapi.json");
        app.MapGet("/api", (HttpContext http, CancellationToken stop) => ReferenceAsync(http, stop));
        TokenPages.Map(app);
    }

    private static async Task<IResult> ReferenceAsync(HttpContext http, CancellationToken stop) =>
        Pages.Render<ReferencePage>(new { Document = await http.RequestServices.GetRequiredKeyedService<IOpenApiDocumentProvider>(Document).GetOpenApiDocumentAsync(stop) });
}
