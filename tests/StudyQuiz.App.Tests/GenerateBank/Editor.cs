using System.IO.Compression;
using System.Net;
using System.Text;
using Dapper;
using StudyQuiz.App.Platform;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.GenerateBank;

/// <summary>Someone who makes banks of texts in the browser.</summary>
internal sealed class Editor(TestApp app, TestBrowser browser) : IDisposable
{
    public const string Form = "/banks/new";

    /// <summary>A talk of our own with a numbered series, enough for questions of several types.</summary>
    public const string Talk = """
        社区食堂开张一年座谈会

        来源：清河社区报
        时间：2026-05-12

        清河社区食堂开张一年来，每天为三百多位老人做午饭。街道负责人在座谈会上说，要办好社区食堂，必须抓好三件事。

        第一，把好食材关。食堂的蔬菜来自城郊两家农场，每天清晨六点送到。所有肉类必须附有检验证明，没有证明的一律退回。食堂要公开每周的采购清单，接受居民监督。

        第二，照顾好行动不便的老人。食堂和志愿者队签订协议，由志愿者为八十岁以上的老人送餐上门。送餐时要看一看老人的身体情况，发现异常立即通知家属和社区医生。要为糖尿病患者准备少糖的菜单。

        第三，算好长远账。食堂不以赚钱为目的，但要收支平衡。一顿午饭定价十二元，街道补贴三元，其余由用餐者承担。要吸引年轻人也来吃饭，提高晚餐的上座率，摊薄房租和人工。

        负责人最后说，社区食堂是一件小事，也是一件大事。小事要天天做，大事要一起做。
        """;

    public TestBrowser Browser => browser;

    public static async Task<Editor> SignInAsync(TestApp app, string name) => new(app, await app.SignedInAsync(name, Roles.Editor));

    public Task<HttpResponseMessage> PasteAsync(string text, params (string Name, string Value)[] fields) => browser.UploadAsync(Form, Form, null, [("text", text), .. fields]);

    public Task<HttpResponseMessage> UploadAsync(string fileName, byte[] bytes, params (string Name, string Value)[] fields) => browser.UploadAsync(Form, Form, (fileName, bytes), [("text", ""), .. fields]);

    /// <summary>Waits until the bank that was asked for is there.</summary>
    /// <returns>The address of its review.</returns>
    public async Task<string> ReviewOfAsync(HttpResponseMessage sent)
    {
        Assert.Equal(HttpStatusCode.Found, sent.StatusCode);
        var address = sent.Headers.Location!.ToString();
        await Until.TrueAsync(
            async () =>
            {
                if (address.EndsWith("/review", StringComparison.Ordinal)) return true;
                using var waiting = await browser.GetAsync(address);
                if (waiting.StatusCode == HttpStatusCode.Found) address = waiting.Headers.Location!.ToString();
                return false;
            },
            "the bank is made");
        return address;
    }

    /// <summary>Makes a bank of the talk under an address name.</summary>
    public async Task<string> MakeAsync(string slug, string title = "")
    {
        using var sent = await PasteAsync(Talk, ("slug", slug), ("title", title));
        return await ReviewOfAsync(sent);
    }

    /// <summary>Decides on the question that a review shows first, or on one that it names.</summary>
    public Task<HttpResponseMessage> DecideAsync(string review, long question, string decision, params (string Name, string Value)[] fields) =>
        browser.SubmitAsync($"{review}?q={question}", $"{review}/{question}", [("decision", decision), .. fields]);

    public async Task<IReadOnlyList<(long Id, string Status)>> QuestionsAsync(string slug)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return (await connection.QueryAsync<(long, string)>(
            "select q.id, q.status from question q join source s on s.id = q.source_id where s.slug = @slug order by q.id", new { slug })).AsList();
    }

    public async Task<long> CountAsync(string table)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<long>($"select count(*) from {table}");
    }

    /// <summary>A .docx file with a paragraph for each line.</summary>
    public static byte[] Docx(string text)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            Write("[Content_Types].xml", """
                <?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>
                """);
            Write("_rels/.rels", """
                <?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>
                """);
            var paragraphs = string.Concat(text.Split('\n').Select(line => $"<w:p><w:r><w:t xml:space=\"preserve\">{WebUtility.HtmlEncode(line)}</w:t></w:r></w:p>"));
            Write("word/document.xml", $"""<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{paragraphs}</w:body></w:document>""");

            void Write(string name, string content)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content.Trim()));
            }
        }

        return file.ToArray();
    }

    public void Dispose() => browser.Dispose();
}
