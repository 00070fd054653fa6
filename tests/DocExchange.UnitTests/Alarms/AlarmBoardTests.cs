using DocExchange.Core.Alarms;
using DocExchange.Core.Ports;

namespace DocExchange.UnitTests.Alarms;

public sealed class AlarmBoardTests
{
    private readonly MemoryAlarms _store = new();
    private readonly Clock _clock = new();
    private readonly AlarmBoard _board;

    public AlarmBoardTests() => _board = new AlarmBoard(_store, _clock);

    [Fact]
    public void What_happens_again_is_one_alarm_with_a_count_and_its_first_and_last_time()
    {
        var told = 0;
        _board.Raised += _ => told++;
        var first = _clock.Now;
        _board.Raise(AlarmKind.ListCut, "a", "10");
        _clock.Now = first.AddSeconds(5);
        _board.Raise(AlarmKind.ListCut, "a", "20");
        _board.Raise(AlarmKind.ReplayedCall, "a");

        Assert.Equal(new Alarm(AlarmKind.ListCut, "a", first, first.AddSeconds(5), 2, "20"), _board.All.Single(a => a.Kind == AlarmKind.ListCut));
        Assert.Equal(2, told);
        Assert.Equal((1, 1, 0), (_board.CountsByKind()["list-cut"], _board.CountsByKind()["replayed-call"], _board.CountsByKind()["store-unwell"]));
    }

    [Fact]
    public void A_flood_of_subjects_becomes_one_alarm_about_all_of_them()
    {
        for (var i = 0; i < 5000; i++) _board.Raise(AlarmKind.CallsRefused, "10.0.0." + i);

        Assert.Equal(AlarmBoard.MostSubjects + 1, _board.All.Count);
        Assert.Equal(5000 - AlarmBoard.MostSubjects, _board.All.Single(a => a.Subject == AlarmBoard.Others).Times);
    }

    [Fact]
    public void One_that_goes_on_is_written_once_a_minute_and_not_every_time()
    {
        for (var i = 0; i < 120; i++)
        {
            _board.Raise(AlarmKind.StoreUnwell, "disk");
            _clock.Now += TimeSpan.FromSeconds(1);
        }

        Assert.Equal([1L, 61L], _store.Saved.Select(a => a.Times));
    }

    [Fact]
    public async Task An_acknowledged_one_is_gone_and_is_raised_anew_when_it_happens_again()
    {
        _board.Raise(AlarmKind.ListCut, "a");

        Assert.True(await _board.AcknowledgeAsync(AlarmKind.ListCut, "a", "account 1", default));
        Assert.False(await _board.AcknowledgeAsync(AlarmKind.ListCut, "a", "account 1", default));

        Assert.Empty(_board.All);
        _board.Raise(AlarmKind.ListCut, "a");
        Assert.Equal(1, _board.All.Single().Times);
    }

    [Fact]
    public async Task A_store_that_cannot_write_neither_stops_an_alarm_nor_lets_it_be_acknowledged_unseen()
    {
        _store.Fails = true;
        _board.Raise(AlarmKind.StoreUnwell, "store");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => _board.AcknowledgeAsync(AlarmKind.StoreUnwell, "store", "account 1", default));

        Assert.Single(_board.All);
    }

    [Fact]
    public void Every_kind_says_in_both_languages_whom_it_is_about() => Assert.All(AlarmKind.All, kind =>
    {
        Assert.Same(kind, AlarmKind.Named(kind.Name));
        Assert.Contains("{subject}", kind.English, StringComparison.Ordinal);
        Assert.Contains("{subject}", kind.Vietnamese, StringComparison.Ordinal);
    });

    private sealed class MemoryAlarms : IAlarmStore
    {
        public bool Fails { get; set; }

        public List<Alarm> Saved { get; } = [];

        public ValueTask<IReadOnlyList<Alarm>> LoadAlarmsAsync(CancellationToken cancellationToken) => new([]);

        public Task SaveAlarmAsync(Alarm alarm, CancellationToken cancellationToken) => Run(() => Saved.Add(alarm));

        public Task AcknowledgeAlarmAsync(Alarm alarm, string actor, CancellationToken cancellationToken) => Run(() => Saved.Clear());

        private Task Run(Action change)
        {
            if (Fails) return Task.FromException(new StoreUnavailableException("full"));
            change();
            return Task.CompletedTask;
        }
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 21, 1, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
