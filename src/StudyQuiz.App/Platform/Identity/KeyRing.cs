using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace StudyQuiz.App.Platform.Identity;

/// <summary>
/// Keeps the keys of cookies and antiforgery tokens in PostgreSQL, so that a restart signs nobody out and all hosts share them.
/// </summary>
/// <remarks>Not encrypted: who can read this table can write the accounts' table.</remarks>
public sealed class KeyRing(NpgsqlDataSource db) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = db.OpenConnection();
        return [.. connection.Query<string>("select xml from data_protection_key order by created_at, name").Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = db.OpenConnection();
        connection.Execute(
            "insert into data_protection_key (name, xml) values (@name, @xml) on conflict (name) do update set xml = excluded.xml",
            new { name = friendlyName, xml = element.ToString(SaveOptions.DisableFormatting) });
    }
}
