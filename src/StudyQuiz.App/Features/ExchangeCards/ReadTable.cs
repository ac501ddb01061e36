using System.Globalization;
using System.Text;

namespace StudyQuiz.App.Features.ExchangeCards;

/// <summary>Reads Anki's text files and CSV: columns by Anki's headers, by a first row that names them, else front and back.</summary>
internal static class ReadTable
{
    private static readonly Encoding[] Marked = [new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true), new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true)];

    private static readonly Encoding[] Unmarked =
    [
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true),
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!,
    ];

    private static readonly Dictionary<string, string> ColumnNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["guid"] = "guid",
        ["id"] = "guid",
        ["编号"] = "guid",
        ["front"] = "front",
        ["question"] = "front",
        ["正面"] = "front",
        ["问题"] = "front",
        ["back"] = "back",
        ["answer"] = "back",
        ["背面"] = "back",
        ["答案"] = "back",
        ["tags"] = "tags",
        ["标签"] = "tags",
    };

    public static FileReading Of(byte[] bytes, string name)
    {
        if (bytes.Length > ImportedFile.LargestText) return new FileReading.Refused("TextTooLarge");
        if (Decode(bytes) is not { } text) return new FileReading.Refused("Encoding");
        if (text.StartsWith("%PDF", StringComparison.Ordinal)) return new FileReading.Refused("OtherFormat");
        if (text.Contains('\0', StringComparison.Ordinal)) return new FileReading.Refused("Nul");
        var start = text.TrimStart();
        if (start.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<?xml", StringComparison.Ordinal)) return new FileReading.Refused("Html");
        if (start.Length == 0) return new FileReading.Refused("Empty");

        var (headers, at, line) = Headers.Read(text, name);
        var columns = headers.Columns;
        var rows = new List<ImportedRow>();
        foreach (var row in DelimitedText.Rows(text, headers.Separator, at, line))
        {
            if (columns is null)
            {
                columns = Named(row.Cells);
                if (columns is not null) continue;
                columns = Columns.FirstTwo;
            }

            if (rows.Count == ImportedFile.MostRows) return new FileReading.Refused("TooMany");
            rows.Add(Row(row, columns with { Guid = headers.Guid ?? columns.Guid }, headers));
        }

        return rows.Count == 0 ? new FileReading.Refused("NoRows") : new FileReading.Read(new ImportedFile(name, IsPackage: false, rows));
    }

    private static ImportedRow Row(DelimitedRow row, Columns columns, Headers headers)
    {
        if (row.IsBroken) return new ImportedRow(row.Line, "", Shown(row.Cells[0]), "", [], "OpenQuote");
        if (row.Cells.Count <= Math.Max(columns.Front, columns.Back)) return new ImportedRow(row.Line, "", Shown(string.Join(' ', row.Cells)), "", [], "FewColumns");
        var (front, back) = AnkiText.Sides(Text(columns.Front), Text(columns.Back));
        return ImportedRow.Of(row.Line, columns.Guid is { } guid && guid < row.Cells.Count ? Cell(guid).Trim() : "", front, back, []) with
        {
            Tags = columns.Tags is { } tags && tags < row.Cells.Count ? Cell(tags).Split(' ', StringSplitOptions.RemoveEmptyEntries) : [],
            LosesMedia = headers.IsHtml && (AnkiText.HasMedia(row.Cells[columns.Front]) || AnkiText.HasMedia(row.Cells[columns.Back])),
        };

        string Text(int column) => headers.IsHtml ? AnkiText.ToPlain(Cell(column)) : AnkiText.Tidy(Cell(column));

        // CSV with guids left from here; elsewhere an apostrophe is what somebody wrote
        string Cell(int column) => headers.Separator == ',' && columns.Guid is not null ? DelimitedText.Armed(row.Cells[column]) : row.Cells[column];
    }

    private static string Shown(string broken) => AnkiText.Tidy(broken) is { Length: > 200 } text ? string.Concat(text.EnumerateRunes().Take(200)) : AnkiText.Tidy(broken);

    private static Columns? Named(IReadOnlyList<string> cells)
    {
        var names = cells.Select(cell => ColumnNames.GetValueOrDefault(cell.Trim())).ToList();
        return names.IndexOf("front") is >= 0 and var front && names.IndexOf("back") is >= 0 and var back
            ? new Columns(front, back, names.IndexOf("guid") is >= 0 and var guid ? guid : null, names.IndexOf("tags") is >= 0 and var tags ? tags : null)
            : null;
    }

    private static string? Decode(byte[] bytes)
    {
        var isMarked = bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];
        foreach (var encoding in isMarked ? Marked : Unmarked)
        {
            var mark = encoding.Preamble;
            if (isMarked && !bytes.AsSpan().StartsWith(mark)) continue;
            try
            {
                return encoding.GetString(bytes.AsSpan(mark.Length > 0 && bytes.AsSpan().StartsWith(mark) ? mark.Length : 0));
            }
            catch (DecoderFallbackException)
            {
                // the next may do
            }
        }

        return null;
    }

    private sealed record Columns(int Front, int Back, int? Guid, int? Tags)
    {
        public static Columns FirstTwo { get; } = new(0, 1, null, null);
    }

    /// <summary>What the lines with # at the head of Anki's text files say.</summary>
    private sealed record Headers(char Separator, bool IsHtml, Columns? Columns, int? Guid)
    {
        public static (Headers, int At, int Line) Read(string text, string name)
        {
            var (at, line) = (0, 1);
            char? separator = null;
            var (isHtml, guid, tags, others) = (true, (int?)null, (int?)null, new HashSet<int>());
            string? columns = null;
            var isAnkis = false;
            while (at < text.Length && text[at] == '#')
            {
                var end = text.IndexOf('\n', at);
                var header = text[(at + 1)..(end < 0 ? text.Length : end)].TrimEnd('\r');
                (at, line) = (end < 0 ? text.Length : end + 1, line + 1);
                if (header.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon)) continue;
                var (key, value) = (header[..colon].Trim().ToLowerInvariant(), header[(colon + 1)..]);
                isAnkis = true;
                switch (key)
                {
                    case "separator": separator = SeparatorOf(value.Trim()); break;
                    case "html": isHtml = value.Trim() == "true"; break;
                    case "columns": columns = value; break;
                    case "guid column": guid = Number(value); break;
                    case "tags column" when Number(value) is { } place:
                        tags = place;
                        others.Add(place);
                        break;
                    case "deck column" or "notetype column" when Number(value) is { } other: others.Add(other); break;
                }
            }

            var chosen = separator ?? Guess(text, at, name);
            // Without a word on it Anki's own files are HTML, anybody's table is plain text
            var headers = new Headers(chosen, isAnkis && isHtml, null, guid);
            var named = columns is null ? null : Named(columns.Split(chosen));
            if (named is null && (guid is not null || others.Count > 0))
            {
                var free = Enumerable.Range(0, others.Count + 3).Where(column => column != guid && !others.Contains(column)).Take(2).ToList();
                named = new Columns(free[0], free[1], guid, tags);
            }

            return (headers with { Columns = named }, at, line);
        }

        private static int? Number(string value) => int.TryParse(value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 100 ? number - 1 : null;

        private static char? SeparatorOf(string value) => value.ToLowerInvariant() switch
        {
            "tab" or "\\t" => '\t',
            "comma" => ',',
            "semicolon" => ';',
            "pipe" => '|',
            "colon" => ':',
            "space" => ' ',
            [var one] when one is not ('"' or '\n' or '\r') => one,
            _ => null,
        };

        private static char Guess(string text, int at, string name)
        {
            var end = text.IndexOf('\n', at);
            var first = text.AsSpan(at, (end < 0 ? text.Length : end) - at);
            return first.Contains('\t') ? '\t'
                : name.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) ? '\t'
                : first.Contains(';') && !first.Contains(',') ? ';'
                : ',';
        }
    }
}
