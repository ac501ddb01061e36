using System.Reflection;
using System.Text.RegularExpressions;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Tests.Platform;

/// <summary>What is dangerous and nobody here needs stands nowhere in the source, or in the one file that has a reason.</summary>
public sealed class SourceRulesTests
{
    internal static string Root { get; } = typeof(SourceRulesTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "RepositoryRoot").Value!;

    public static TheoryData<string, string, string> Rules => new()
    {
        // A shell would read what is between quotes
        { "cs", @"UseShellExecute = true|ProcessStartInfo\(\""|\.Arguments = ", "" },
        { "cs", "Process\\.Start|new ProcessStartInfo", "Command.cs" },
        // Memory by hand; chown is the one thing of the system that .NET does not have
        { "cs", @"\bunsafe\b|Marshal\.(Alloc|Copy|Ptr)|LibraryImport", "" },
        { "cs", "DllImport\\(", "ServerUser.cs" },
        // Types that come out of data
        { "cs", "BinaryFormatter|NetDataContractSerializer|TypeNameHandling|JsonPolymorphic\\(.*Unknown|Type\\.GetType\\(", "" },
        { "cs", @"CSharpScript|DynamicInvoke|XPath|Activator\.CreateInstance\(Type", "" },
        // Documents may not fetch or define anything
        { "cs", @"XmlDocument|XmlTextReader|DtdProcessing\.Parse|XmlUrlResolver|XDocument\.Load", "" },
        // Patterns are written here, never typed by anybody; one has the letter of a paper's next option in it
        { "cs", @"new Regex\(|Regex\.(Match|IsMatch|Replace|Split)\(", "PaperQuestion.cs" },
        // Old and home-made cryptography; the checksum of Anki's notes is SHA-1 and protects nothing
        { "cs", @"\bMD5\b|\bDES\b|TripleDES|RC2|CipherMode|RijndaelManaged|\bAes\b|\bRSA\b|System\.Random\b|new Random\(|Random\.Shared", "" },
        { "cs", "SHA1", "AnkiText.cs" },
        // Whoever answers has a certificate that the system trusts
        { "cs", "ServerCertificateCustomValidationCallback|RemoteCertificateValidationCallback|ServerCertificateValidationCallback|DangerousAccept|CheckCertificateRevocation = false|TrustServerCertificate|Trust Server Certificate", "" },
        // Redirects are not followed by whoever calls out
        { "cs", "AllowAutoRedirect = true", "" },
        { "cs", "new SocketsHttpHandler(?!.*AllowAutoRedirect = false)", "" },
        // Other sites are allowed nothing, logs go nowhere else, faults tell nothing
        { "cs", "AddCors|UseCors|Access-Control|AddFile\\(|AddEventLog|AddSyslog|UseDeveloperExceptionPage|EnableDetailedErrors = true|IncludeErrorDetail|EnableParameterLogging|UseDirectoryBrowser|UseFileServer", "" },
        // Tokens of other services are used and forgotten
        { "cs", "SaveTokens = true", "" },
        // Markup that is not escaped: texts of ours with numbers in them
        { "razor", @"MarkupString\)(?!\(?T\[|\(Stays|\(running)", "" },
        { "cs", "MarkupString", "" },
        { "ts", @"\.innerHTML\s*=[^=]|outerHTML\s*=|insertAdjacentHTML|unsafeHTML|unsafeSVG|unsafeStatic|document\.write|\beval\(|new Function\(|setTimeout\(['""`]|\.srcdoc|__proto__|postMessage|onmessage|localStorage\.setItem\('(?!sq)", "" },
        // Nothing that is not ours names a property that is written
        { "ts", @"(?<!dataset)\[[a-z]\w*\] = |Object\.assign\((?!document\.createElement)", "store.ts study.ts" },
        { "ts", @"https?://(?!www\.w3\.org)", "" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void What_is_dangerous_is_nowhere_or_where_it_has_a_reason(string kind, string pattern, string reasons)
    {
        var allowed = reasons.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var rule = new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(5));
        var found = Sources(kind).Where(file => !allowed.Contains(Path.GetFileName(file), StringComparer.Ordinal)).SelectMany(file => File.ReadLines(file).Index()
            .Where(line => !line.Item.TrimStart().StartsWith("//", StringComparison.Ordinal) && rule.IsMatch(line.Item)).Select(line => $"{Path.GetRelativePath(Root, file)}:{line.Index + 1}: {line.Item.Trim()}")).ToList();
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found));
        Assert.All(allowed, name => Assert.Contains(Sources(kind), file => Path.GetFileName(file) == name && rule.IsMatch(File.ReadAllText(file))));
    }

    [Fact]
    public void Secrets_are_long_random_and_in_no_file_of_ours()
    {
        Assert.All(Enumerable.Range(0, 100).Select(_ => SecretToken.Create()), secret => Assert.True(SecretToken.HasShape(secret) && Convert.FromBase64String(secret.Replace('-', '+').Replace('_', '/') + "=").Length == 32));
        Assert.Equal(100, Enumerable.Range(0, 100).Select(_ => SecretToken.Create()).Distinct(StringComparer.Ordinal).Count());
        var secrets = new Regex(@"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}|(Password|Secret|Key)=(?!\$|\{|s3cret|guess|\.\.\.|top-secret)[A-Za-z0-9]{8,}", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        var files = Sources("cs").Concat(Sources("ts")).Concat(Directory.EnumerateFiles(Root, "*.yml").Concat(Directory.EnumerateFiles(Root, "Dockerfile")).Concat(Directory.EnumerateFiles(Path.Combine(Root, "migrations"))));
        Assert.Empty(files.Where(file => secrets.IsMatch(File.ReadAllText(file))).Select(file => Path.GetRelativePath(Root, file)));
    }

    private static IEnumerable<string> Sources(string kind) => Directory.EnumerateFiles(Path.Combine(Root, "src"), "*." + kind, SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"));
}
