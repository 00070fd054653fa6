using System.Globalization;

namespace DocExchange.Storage.Sqlite;

/// <summary>Forward-only numbered migrations, each in a transaction of its own. A store newer than the program is refused with a sentence.</summary>
internal static class Migrator
{
    public static void Migrate(Database database)
    {
        var steps = Steps();
        var version = CurrentVersion(database);
        if (version > steps.Count)
        {
            throw new StoreRefusedException(
                $"The store was written by a newer version (schema {version}, this program knows {steps.Count}). Install that version, or restore a backup made with this one.");
        }
        for (var next = version + 1; next <= steps.Count; next++)
        {
            database.Execute("BEGIN IMMEDIATE");
            database.Execute(steps[next - 1]);
            database.Execute($"PRAGMA user_version = {next.ToString(CultureInfo.InvariantCulture)}");
            database.Execute("COMMIT");
        }
    }

    /// <summary>True when the store has exactly the form that this program writes.</summary>
    public static bool IsCurrent(Database database) => CurrentVersion(database) == Steps().Count;

    private static int CurrentVersion(Database database)
    {
        var statement = database.Prepare("PRAGMA user_version");
        return (int)(statement.RunScalar() ?? 0);
    }

    private static List<string> Steps()
    {
        var assembly = typeof(Migrator).Assembly;
        var texts = new List<string>();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.Contains(".Migrations.V", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            texts.Add(reader.ReadToEnd());
        }
        return texts;
    }
}

/// <summary>The store will not be opened; the message says why and what to do.</summary>
public sealed class StoreRefusedException(string message) : Exception(message);
