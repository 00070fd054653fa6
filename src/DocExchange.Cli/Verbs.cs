using DocExchange.Cli.Parties;
using DocExchange.Cli.Exchange;
using DocExchange.Cli.Proof;
using DocExchange.Cli.Tracking;

namespace DocExchange.Cli;

/// <summary>The table of commands, in the order the help shows them.</summary>
internal static class Verbs
{
    public static readonly IReadOnlyList<Verb> All =
    [
        new SendVerb(), new InboxVerb(), new FetchVerb(), new ConfirmVerb(), new StatusVerb(), new SentVerb(),
        new TrackVerb(), new ReceiptVerb(), new VerifyVerb(), new ExportVerb(), new ExportsVerb(), new LogMirrorVerb(), new WitnessVerb(),
        new AgenciesListVerb(), new AgenciesAddVerb(), new AgenciesLockVerb(), new AgenciesUnlockVerb(),
        new DirectoryFindVerb(), new DirectoryImportVerb(), new DirectoryExportVerb(),
        new SystemsListVerb(), new SystemsAddVerb(), new SystemsSuspendVerb(), new SystemsResumeVerb(), new SystemsDialectVerb(), new SystemsCertificateVerb(), new SystemsSignedCopiesVerb(),
        new CredentialsListVerb(), new CredentialsAddVerb(), new CredentialsBindVerb(), new CredentialsRevokeVerb(),
        new RequestsListVerb(), new RequestsApproveVerb(), new RequestsRejectVerb(),
        new DeadLettersListVerb(), new DeadLettersRequeueVerb(), new DeadLettersAbandonVerb(),
        new ApprovalsListVerb(), new ApprovalsApproveVerb(), new ApprovalsRejectVerb(),
        new AccountsListVerb(), new AccountsSetVerb(), new AccountsDisableVerb(), new AccountsResetVerb(), new AccountsLinkVerb(), new AccountsUnlinkVerb(),
        new AxisListVerb(), new AxisRegisterVerb(), new AxisUnregisterVerb(),
        new TrustListVerb(), new TrustAddVerb(), new TrustRemoveVerb(), new TrustImpactVerb(), new TrustJudgeVerb(),
        new SettingsReloadVerb(),
        new AlarmsListVerb(), new AlarmsAcknowledgeVerb(),
    ];

    /// <summary>The command that the first one or two words name, and the words after it.</summary>
    public static (Verb Verb, IReadOnlyList<string> Words) Find(IReadOnlyList<string> words)
    {
        if (words.Count > 1 && Named($"{words[0]} {words[1]}") is { } two) return (two, [.. words.Skip(2)]);
        if (Named(words[0]) is { } one) return (one, [.. words.Skip(1)]);
        // "agencies" alone, or followed by options, is "agencies list"; "agencies frobnicate" is a mistake.
        if ((words.Count == 1 || words[1].StartsWith('-')) && Named(words[0] + " list") is { } list) return (list, [.. words.Skip(1)]);
        var shown = string.Join(' ', words.Take(All.Any(verb => verb.Name.StartsWith(words[0] + " ", StringComparison.Ordinal)) ? 2 : 1));
        throw CommandFailed.Usage($"There is no command \"{shown}\".", $"Không có lệnh \"{shown}\".");
    }

    public static Verb? Named(string name) => All.FirstOrDefault(verb => verb.Name == name);
}
