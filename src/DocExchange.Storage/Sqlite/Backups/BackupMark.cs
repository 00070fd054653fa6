using System.Globalization;
using DocExchange.Core;

namespace DocExchange.Storage.Sqlite.Backups;

/// <summary>The note that a backup leaves in the data folder, so that the hub can say how old its newest backup is.</summary>
internal static class BackupMark
{
    private const string FileName = "backed-up";

    public static void Write(string folder, DateTimeOffset takenAt) =>
        DurableFile.Write(Path.Combine(folder, FileName), System.Text.Encoding.ASCII.GetBytes(takenAt.ToString("O", CultureInfo.InvariantCulture)));

    public static DateTimeOffset? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        return File.Exists(path) && DateTimeOffset.TryParseExact(File.ReadAllText(path), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var taken) ? taken : null;
    }
}
