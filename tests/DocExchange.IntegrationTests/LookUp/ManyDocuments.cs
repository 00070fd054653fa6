using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DocExchange.Core;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Parties;
using DocExchange.Storage.Sqlite;

namespace DocExchange.IntegrationTests.LookUp;

/// <summary>
/// Fills a closed store with documents by plain SQL: what a search reads is there, evidence is not. 200 agencies send to each other; agency
/// <see cref="Quiet"/> got one document in ten thousand. "cong van" stands in every subject, "ngoaile" in one of a hundred thousand.
/// </summary>
internal static class ManyDocuments
{
    public const int Agencies = 200;
    public const string Everywhere = "văn";
    public const string Rare = "ngoaile";

    private static readonly string[] Syllables =
    [
        "triển", "khai", "thực", "hiện", "nghị", "quyết", "chuyển", "đổi", "số", "năm", "tỉnh", "báo", "cáo", "kết", "quả", "tháng", "quý", "phòng", "chống", "thiên",
        "tai", "dịch", "bệnh", "đầu", "tư", "công", "trung", "hạn", "xây", "dựng", "nông", "thôn", "mới", "giáo", "dục", "y", "tế", "đất", "đai", "môi", "trường",
        "họp", "giao", "ban", "kiểm", "tra", "thanh", "cải", "cách", "hành", "chính", "bổ", "sung", "dự", "toán", "ngân", "sách", "phê", "duyệt", "quy", "hoạch",
    ];

    public static void Insert(string folder, IReadOnlyList<long> agencies, long quiet, int count)
    {
        using var database = Database.Open(Path.Combine(folder, "store", "exchange.db"), readOnly: false);
        database.Execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL; PRAGMA cache_size = -65536");
        var number = (database.Prepare("SELECT max(ordinal) FROM epoch").RunScalar()!.Value << 40) + 1000;
        var random = new Random(7);
        for (var done = 0; done < count;)
        {
            database.Execute("BEGIN");
            for (var i = 0; i < 2000 && done < count; i++, done++) InsertOne(database, ++number, done, agencies, quiet, random);
            // As if they had been there before the index: filling it is part of what is tested.
            database.Execute("COMMIT");
        }
        database.Execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('look_up', '0')");
    }

    private static void InsertOne(Database database, long number, int serial, IReadOnlyList<long> agencies, long quiet, Random random)
    {
        var subject = "Công văn về việc " + string.Join(' ', Enumerable.Range(0, 10).Select(_ => Syllables[random.Next(Syllables.Length)]));
        if (serial % 100_000 == 50_000) subject += " " + Rare;
        var sender = agencies[random.Next(agencies.Count)];
        var recipient = serial % 10_000 == 5_000 ? quiet : agencies[random.Next(agencies.Count)];
        var code = string.Create(CultureInfo.InvariantCulture, $"{random.Next(1, 5000)}/{(random.Next(2) == 0 ? "CV" : "KH")}-{random.Next(50)}UBND");
        var accepted = 1_735_689_600_000L + (serial * 25_000L);
        var digest = SHA256.HashData(BitConverter.GetBytes(serial));
        var body = database.Prepare("INSERT INTO body (digest, size, stored_at) VALUES (?1, 10000, ?2) RETURNING id").Bind(1, digest).Bind(2, accepted).RunScalar()!.Value;
        database.Prepare("""
            INSERT INTO document (number, kind, sender_id, identity, business_type, document_id, digest, size, system, profile, subject, subject_folded, code,
              promulgation_date, priority, signature, attachments, warnings, accepted_at, receipt_index, body)
            VALUES (?1, 0, ?2, ?3, 0, ?3, ?4, 10000, 1, 0, ?5, ?6, ?7, '2025/01/05', 0, 0, '[]', '[]', ?8, ?1, ?9)
            """)
            .Bind(1, number).Bind(2, sender).Bind(3, "SEED," + serial.ToString(CultureInfo.InvariantCulture)).Bind(4, digest)
            .Bind(5, subject).Bind(6, FoldedText.Fold(subject)).Bind(7, code).Bind(8, accepted).Bind(9, body).Run();
        database.Prepare("""
            INSERT INTO delivery (document, ordinal, agency_id, addressed_as, mailbox, kind, state, lane, created_at, updated_at) VALUES (?1, 1, ?2, 'X', 1, 0, 2, 4, ?3, ?3)
            """).Bind(1, number).Bind(2, recipient).Bind(3, accepted).Run();
    }
}
