using System.Runtime.InteropServices;

namespace DocExchange.Cli.Proof;

/// <summary>
/// The machine's own root certificates, which count for nothing here. With OpenSSL the framework reads all of them before it builds any chain,
/// which takes as long as everything else that a verification does.
/// </summary>
internal static class SystemRoots
{
    private const string Nowhere = "/dev/null";

    /// <summary>Lets the framework find none. Before the first chain is built, and in a process that speaks TLS to nobody.</summary>
    public static void LeaveUnread()
    {
        if (!OperatingSystem.IsLinux()) return;
        // The framework asks the C library, which does not see what Environment.SetEnvironmentVariable sets.
        _ = SetVariable("SSL_CERT_DIR", Nowhere, overwrite: 1);
        _ = SetVariable("SSL_CERT_FILE", Nowhere, overwrite: 1);
    }

#pragma warning disable SYSLIB1054 // Generated marshalling needs unsafe blocks in the whole project.
    [DllImport("libc", EntryPoint = "setenv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetVariable([MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
#pragma warning restore SYSLIB1054
}
