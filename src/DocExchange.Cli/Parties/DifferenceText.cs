using DocExchange.Client;

namespace DocExchange.Cli.Parties;

/// <summary>How a difference reads in a terminal: a sign a line (- ended, + added, ~ changed, ^ revived, ! wrong), fields below, counts last.</summary>
internal static class DifferenceText
{
    public static void Write(Output output, ImportReport report)
    {
        if (output.IsJson)
        {
            output.Record(report);
            return;
        }
        foreach (var wrong in report.Wrong)
        {
            output.Line($"! line {wrong.Line}  {wrong.Code}  {wrong.Field}: {wrong.English}");
            output.Line($"    dòng {wrong.Line}: {wrong.Vietnamese}");
        }
        More(output, report.WrongRows - report.Wrong.Count);
        foreach (var change in report.Changes)
        {
            output.Line($"{Sign(change.Kind)} {change.Code}  {change.Name}");
            foreach (var field in change.Fields) output.Line($"    {field.Field}: {Shown(field.Before)} -> {Shown(field.After)}");
        }
        More(output, report.Added + report.Changed + report.Ended + report.Revived - report.Changes.Count);
        output.Line($"added {report.Added}, changed {report.Changed}, ended {report.Ended}, revived {report.Revived}, unchanged {report.Unchanged}, wrong {report.WrongRows}");
        output.Line($"thêm {report.Added}, thay đổi {report.Changed}, kết thúc {report.Ended}, khôi phục {report.Revived}, không đổi {report.Unchanged}, sai {report.WrongRows}");
        if (report.Overtaken.Count > 0) output.Line($"Changed by somebody else meanwhile, import again: {string.Join(", ", report.Overtaken)}");
        output.Line(report.Applied ? $"Applied, import {report.Import}. / Đã ghi." : "Nothing was applied. / Chưa ghi gì.");
    }

    private static string Sign(string kind) => kind switch { "ended" => "-", "added" => "+", "revived" => "^", _ => "~" };

    private static string Shown(string text) => text.Length == 0 ? "(nothing)" : text;

    private static void More(Output output, int count)
    {
        if (count > 0) output.Line($"  ... and {count} more / và {count} mục nữa");
    }
}
