namespace DocExchange.CrashHost;

/// <summary>Bytes that a checker can make again from the number alone.</summary>
public static class Payload
{
    public static byte[] For(int number, int size)
    {
        var bytes = new byte[size];
        new Random(number).NextBytes(bytes);
        return bytes;
    }
}
