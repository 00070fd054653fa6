using System.Security.Cryptography;
using DocExchange.Core.Malware;

namespace DocExchange.Cli.Proof;

internal sealed class QuarantineVerb() : Verb(
    "quarantine open", "FILE", "decrypt an infected original that a hub kept for the security officer; open the result on a machine meant for it",
    "giải mã gói tin nhiễm mã độc mà trục lưu cho cán bộ an toàn thông tin; chỉ mở kết quả trên máy dành riêng", "--key PEM", "--output FILE")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var keyFile = arguments["--key"] ?? throw CommandFailed.Usage("--key PEM is missing: the private key of the officer's certificate.", "Thiếu --key PEM: khóa bí mật của chứng thư cán bộ an toàn thông tin.");
        var target = arguments["--output"] ?? throw CommandFailed.Usage("--output FILE is missing.", "Thiếu --output FILE.");
        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(await File.ReadAllTextAsync(keyFile, ct).ConfigureAwait(false));
            await using var sealedFile = File.OpenRead(arguments.Operands[0]);
            await WholeFile.WriteAsync(target, plain =>
            {
                SealedFile.Read(sealedFile, plain, key);
                return Task.FromResult(true);
            }).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is CryptographicException or InvalidDataException or ArgumentException)
        {
            throw new CommandFailed(ExitCode.Refused, $"The file cannot be decrypted with this key: {fault.Message}", "Không giải mã được tệp bằng khóa này.");
        }
        session.Output.Line($"Written to {target}. It is infected: do not open it here. / Đã ghi vào {target}. Tệp nhiễm mã độc: không mở trên máy này.");
        return ExitCode.Done;
    }
}
