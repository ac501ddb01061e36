using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>What the document says of operations beside what the framework reads off them: scopes, versions, pages, statuses, examples.</summary>
internal static class ApiDocument
{
    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["slug"] = "The bank's name in addresses.",
        ["id"] = "As the list or the answer to making it told.",
        ["after"] = "The last page's next; left out for the first page.",
        ["limit"] = "How many a page holds.",
        ["q"] = "Words, or what names begin with.",
        ["words"] = "Words of titles.",
        ["position"] = "The question's place in the attempt, from 1.",
        ["section"] = "The section's id.",
        ["item"] = "As the section's list told.",
        ["member"] = "As the group's list told.",
        ["comment"] = "As the question's standing told.",
        ["delivery"] = "As the webhook's deliveries told.",
        ["attempt"] = "As the list of attempts told.",
        ["hash"] = "As storing it told.",
        ["status"] = "draft, review, published or retired; all for every one, left out for all but retired ones.",
        ["type"] = "single_choice, multiple_choice, true_false, cloze, ordering, matching or flashcard.",
        ["tag"] = "Questions that have it.",
        ["flag"] = "any, behind, no-evidence, appeals, reports, or a name of the statistics' flags.",
        ["sort"] = "order, concern, changed, facility, discrimination or answers.",
        ["bank"] = "The slug of one of the quiz's banks.",
        ["keyPoint"] = "A key point at the top of its bank, with those below it.",
        ["difficulty"] = "1 to 3.",
        ["list"] = "waiting, scheduled, withdrawn or trash.",
        ["format"] = "gift, aiken, moodle-xml, qti, kahoot, csv, xlsx, apkg, anki-tsv, docx, text or yaml; qti3 is only written. Of an import it may be left out.",
        ["name"] = "The file's name, which helps to tell its format.",
        ["preview"] = "true says what an import would do and stores nothing.",
        ["all"] = "true for retired questions too.",
    };

    /// <summary>Completes an operation.</summary>
    public static void Tell(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
        {
            parameter.Description ??= Parameters.GetValueOrDefault(parameter.Name ?? "");
            if (parameter is { Name: "limit", Schema: OpenApiSchema limit }) (limit.Minimum, limit.Maximum, limit.Default) = ("1", "200", JsonValue.Create(ApiResults.PageSize.Usual));
        }

        var statuses = new List<(int Status, string Told)>();
        if (metadata.OfType<NeededScope>().FirstOrDefault() is { } needed)
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(TokenAuthentication.Scheme, context.Document)] = [] }];
            operation.Description = string.Join(" ", new[] { needed.Scope is null ? null : $"Scope: {needed.Scope}.", needed.Roles.Count == 0 ? null : $"Roles: {string.Join(", ", needed.Roles)}." }.Where(line => line is not null));
            statuses.Add((StatusCodes.Status401Unauthorized, "No token, or none that is good"));
            statuses.Add((StatusCodes.Status403Forbidden, "Not with this scope or role"));
        }

        if (operation.Parameters.Any(parameter => parameter.In == ParameterLocation.Path)) statuses.Add((StatusCodes.Status404NotFound, "There is no such thing, or it is not yours"));
        if (metadata.OfType<NeedsVersion>().Any())
        {
            operation.Parameters.Add(new OpenApiParameter { Name = "If-Match", In = ParameterLocation.Header, Required = true, Description = "The ETag of what was read, such as \"7\" with its quotes.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
            statuses.Add((StatusCodes.Status412PreconditionFailed, "It was changed since it was read"));
            statuses.Add((StatusCodes.Status428PreconditionRequired, "If-Match is missing"));
        }

        if (context.Description.HttpMethod != "GET")
        {
            statuses.Add((StatusCodes.Status409Conflict, "Something there stands against it: code says what"));
            statuses.Add((StatusCodes.Status422UnprocessableEntity, "It can't be like that: code says why, details what"));
            if (operation.RequestBody is not null) statuses.Add((StatusCodes.Status413PayloadTooLarge, "Too large"));
            if (operation.RequestBody is not null) statuses.Add((StatusCodes.Status415UnsupportedMediaType, "Another Content-Type is asked for"));
        }

        statuses.Add((StatusCodes.Status429TooManyRequests, "Too often; Retry-After says when"));
        operation.Responses ??= [];
        foreach (var (status, told) in statuses)
        {
            operation.Responses.TryAdd(
                status.ToString(System.Globalization.CultureInfo.InvariantCulture),
                new OpenApiResponse { Description = told, Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference("ProblemDetails", context.Document) } } });
        }

        Headers(operation, "429", ("Retry-After", "Seconds to wait"));
        if (metadata.OfType<TellsVersion>().Any()) Headers(operation, "2", ("ETag", "The version, for If-Match"));
        if (operation.Parameters.Any(parameter => parameter.Name == "after")) Headers(operation, "2", ("Link", "The next page, with rel=next; none on the last"));
        if (operation.Responses.ContainsKey("201")) Headers(operation, "201", ("Location", "Where it is"));
        Body(operation);
    }

    /// <summary>Says what our problems have beside what all have.</summary>
    public static void TellProblems(OpenApiDocument document)
    {
        if (document.Components?.Schemas?.TryGetValue("ProblemDetails", out var problem) != true || problem is not OpenApiSchema { Properties: { } properties }) return;
        properties["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "A word for programs; title says it to people." };
        properties["details"] = new OpenApiSchema { Description = "What more there is to know of it." };
        properties["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "By which the log knows the request." };
    }

    private static void Body(OpenApiOperation operation)
    {
        foreach (var (media, body) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
        {
            // Bytes; as a schema of its own programs take them for JSON
            if (media == "application/octet-stream") body.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
            else if (ApiExamples.Of(operation.OperationId) is { } example) body.Example = JsonNode.Parse(example);
        }
    }

    private static void Headers(OpenApiOperation operation, string status, (string Name, string Told) header)
    {
        foreach (var response in operation.Responses!.Where(one => one.Key.StartsWith(status, StringComparison.Ordinal)).Select(one => one.Value).OfType<OpenApiResponse>())
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
            response.Headers[header.Name] = new OpenApiHeader { Description = header.Told, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        }
    }
}
