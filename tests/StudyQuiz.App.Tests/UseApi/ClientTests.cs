using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.GenerateBank;

namespace StudyQuiz.App.Tests.UseApi;

/// <summary>A client that a common tool makes of the OpenAPI document, and that alone, does a whole story.</summary>
public sealed class ClientTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_generated_client_signs_in_makes_a_bank_and_a_quiz_takes_it_and_reads_the_report()
    {
        using var admin = await app.SignedInAsync("apimaker", Roles.Admin);
        using var http = new HttpClient { BaseAddress = app.Address };
        var document = await http.GetStringAsync("/api/v1/openapi.json", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("/self-test", document, StringComparison.Ordinal);
        var read = await OpenApiDocument.FromJsonAsync(document, TestContext.Current.CancellationToken);
        // All that is refused is one kind of exception with its status: code for each would be most of what is compiled
        foreach (var responses in read.Operations.Select(operation => operation.Operation.Responses)) foreach (var status in responses.Keys.Where(status => status[0] == '4').ToList()) responses.Remove(status);
        var generator = new CSharpClientGenerator(read, new CSharpClientGeneratorSettings
        {
            ClassName = "StudyQuizClient",
            InjectHttpClient = true,
            UseBaseUrl = false,
            CSharpGeneratorSettings = { Namespace = "Generated", JsonLibrary = NJsonSchema.CodeGeneration.CSharp.CSharpJsonLibrary.SystemTextJson, GenerateNullableReferenceTypes = true, GenerateOptionalPropertiesAsNullable = true },
        });
        var story = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "UseApi", "story.txt"), TestContext.Current.CancellationToken);
        var context = new AssemblyLoadContext("generated", isCollectible: true);
        var run = Compile(context, generator.GenerateFile(), story).GetType("Story")!.GetMethod("RunAsync", BindingFlags.Public | BindingFlags.Static)!;
        var told = await (Task<string>)run.Invoke(null, [app.Address, "apimaker", TestAccounts.Password, Editor.Talk])!;
        Assert.Matches("of [345]$", told);
        context.Unload();
    }

    // What the client and the story use: to read all that there is takes longer than to compile them
    private static readonly string[] Needed =
    [
        "System.Private.CoreLib", "System.Private.Uri", "System.Runtime", "System.Collections", "System.Linq", "System.Net.Http", "System.Net.Primitives", "System.Text.Json", "System.ComponentModel.Annotations", "System.ComponentModel.Primitives",
        "System.Runtime.Serialization.Primitives", "System.Diagnostics.Tools", "System.Threading", "System.Memory", "System.Text.Encoding.Extensions", "System.Text.Encodings.Web", "System.ObjectModel", "System.Threading.Tasks", "System.IO", "System.IO.Pipelines", "netstandard",
    ];

    private static Assembly Compile(AssemblyLoadContext context, params string[] sources)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => Needed.Contains(Path.GetFileNameWithoutExtension(path), StringComparer.Ordinal));
        var compilation = CSharpCompilation.Create(
            "Generated", sources.Select(source => CSharpSyntaxTree.ParseText(source)), references.Select(path => MetadataReference.CreateFromFile(path)), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Assert.True(emitted.Success, string.Join(Environment.NewLine, emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(10)));
        image.Position = 0;
        return context.LoadFromStream(image);
    }
}
