using DocExchange.Hub.Clerk;

namespace DocExchange.Hub.Operator;

/// <summary>Columns of a file in the reader's language; in Vietnamese with the name they have in the file.</summary>
internal static class ColumnWords
{
    public static string Of(Visit visit, string column) => visit.InEnglish ? column : column switch
    {
        "code" => "mã (code)",
        "name" => "tên (name)",
        "parent" => "trực thuộc (parent)",
        "kind" => "loại (kind)",
        "route" => "đường gửi (route)",
        "aliases" => "mã khác (aliases)",
        "validFrom" => "có hiệu lực từ (validFrom)",
        "validTo" => "kết thúc (validTo)",
        "successor" => "kế thừa (successor)",
        "lockedSince" => "khóa từ (lockedSince)",
        "mail" => "thư điện tử (mail)",
        "refuseRepeatedNumber" => "từ chối trùng số (refuseRepeatedNumber)",
        "focalPoints" => "đầu mối (focalPoints)",
        _ => column,
    };
}
