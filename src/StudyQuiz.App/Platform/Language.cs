using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace StudyQuiz.App.Platform;

/// <summary>Chinese first, English by choice or by the browser's wish.</summary>
public static class Language
{
    public const string Chinese = "zh-CN";
    public const string English = "en";
    public const string Cookie = "lang";

    public static IServiceCollection AddLanguages(this IServiceCollection services) => services
        .AddLocalization()
        .Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture(Chinese).AddSupportedCultures(Chinese, English).AddSupportedUICultures(Chinese, English);
            options.RequestCultureProviders = [new ChosenLanguage(), new AcceptLanguageHeaderRequestCultureProvider()];
        });

    /// <summary>The language of this request, as an HTML lang value.</summary>
    public static string Current => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == English ? English : Chinese;

    private sealed class ChosenLanguage : RequestCultureProvider
    {
        public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext) =>
            Task.FromResult(httpContext.Request.Cookies[Cookie] is Chinese or English
                ? new ProviderCultureResult(httpContext.Request.Cookies[Cookie])
                : null);
    }
}
