using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace StudyQuiz.App.Components;

/// <summary>The icon symbols, inlined once a page so that <c>use</c> needs no request and inherits colours.</summary>
public sealed class Sprite : ComponentBase
{
    private static string? _symbols;

    [Inject]
    public required IWebHostEnvironment Environment { get; init; }

    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddMarkupContent(0, _symbols ??= Read());

    private string Read()
    {
        using var stream = Environment.WebRootFileProvider.GetFileInfo("client/icons.svg").CreateReadStream();
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
