using Microsoft.AspNetCore.Http.Features;

namespace StudyQuiz.App.Platform;

/// <summary>Marks an endpoint whose form may be large: it is read for those only who may send it, and no further than this.</summary>
/// <param name="Bytes">The largest request.</param>
/// <param name="TooLarge">Answers a larger one.</param>
public sealed record LargeForm(long Bytes, Func<HttpContext, Task<IResult>> TooLarge);

/// <summary>Limits for forms with files. It stands between authorization and the first that reads a form.</summary>
public static class LargeForms
{
    public static IApplicationBuilder UseLargeForms(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<LargeForm>() is { } large)
        {
            if (http.Request.ContentLength > large.Bytes)
            {
                await (await large.TooLarge(http)).ExecuteAsync(http);
                return;
            }

            // for one who does not say how much is coming
            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = large.Bytes;
            http.Features.Set<IFormFeature>(new FormFeature(http.Request, new FormOptions
            {
                MultipartBodyLengthLimit = large.Bytes,
                BufferBodyLengthLimit = large.Bytes,
                ValueLengthLimit = (int)large.Bytes,
            }));
        }

        await next();
    });
}
