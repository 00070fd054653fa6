using System.Diagnostics;
using DocExchange.Core.Parties;
using DocExchange.Core.Validation;
using Xunit;
using Xunit.Abstractions;

namespace DocExchange.UnitTests.Validation;

public sealed class JudgingCostTests(ITestOutputHelper output)
{
    [Fact]
    public void Judging_a_good_letter_allocates_next_to_nothing_because_four_thousand_come_in_a_second()
    {
        var reading = TestEnvelopes.Letter().Reading();
        var context = new RuleContext(Profile.Agency, TestEnvelopes.Now);
        for (var i = 0; i < 20_000; i++) ValidationRules.Default.Judge(reading, context);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < 20_000; i++) ValidationRules.Default.Judge(reading, context);
        var microseconds = Stopwatch.GetElapsedTime(start).TotalMicroseconds / 20_000;
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / 20_000;

        output.WriteLine($"{microseconds:F2} us, {bytes} bytes");
        Assert.InRange(bytes, 0, 1_000);
    }
}
