using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Components;

/// <summary>Draws a stem or an explanation with its stress, lines and lists. Only phrasing elements, so that it may stand in a heading or a legend; no whitespace of its own.</summary>
public sealed class Marked : ComponentBase
{
    [Parameter, EditorRequired] public required string Text { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        foreach (var (at, line) in MarkedText.Lines(Text).Index())
        {
            if (at > 0) builder.AddMarkupContent(0, "<br>");
            if (line.IsItem) builder.AddContent(1, "• ");
            foreach (var piece in line.Pieces)
            {
                if (piece.IsStressed)
                {
                    builder.OpenElement(2, "strong");
                    builder.AddContent(3, piece.Text);
                    builder.CloseElement();
                }
                else
                {
                    builder.AddContent(4, piece.Text);
                }
            }
        }
    }
}
