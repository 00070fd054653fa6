using Xunit;

namespace DocExchange.IntegrationTests.Durability.Tracing;

/// <summary>How lines of the tracer are understood; a misread line would make a proof worthless.</summary>
public sealed class StraceLogTests
{
    [Fact]
    public void A_call_interrupted_by_another_thread_keeps_both_its_moments()
    {
        var trace = WrittenTrace.Of(
            """7 fsync(5</d/a> <unfinished ...>""",
            """8 pwrite64(6</d/b>, "xy", 2, 10) = 2""",
            """7 <... fsync resumed>) = 0""");

        var sync = Assert.IsType<FileSynced>(trace.Events[0]);
        Assert.Equal((1, 3), (sync.Begin, sync.End));
        var write = Assert.IsType<FileWritten>(trace.Events[1]);
        Assert.Equal((2, 2, 10L, "xy"), (write.Begin, write.End, write.Offset, System.Text.Encoding.ASCII.GetString(write.Data)));
    }

    [Fact]
    public void A_call_that_never_returned_is_known_as_such()
    {
        var trace = WrittenTrace.Of("""7 fsync(5</d/a> <unfinished ...>""", "7 +++ killed by SIGKILL +++");

        Assert.Equal(SyscallEvent.Never, Assert.Single(trace.Events).End);
    }

    [Fact]
    public void An_injected_error_is_an_error()
    {
        var trace = WrittenTrace.Of("""7 fsync(5</d/a>) = -1 EIO (Input/output error) (INJECTED)""");

        Assert.Equal("EIO", Assert.Single(trace.Events).Error);
    }

    [Fact]
    public void A_vector_is_joined_and_a_short_write_counts_as_far_as_it_went()
    {
        var trace = WrittenTrace.Of("""7 pwritev(5</d/a>, [{iov_base="abc", iov_len=3}, {iov_base="def", iov_len=3}], 2, 100) = 4""");

        var write = Assert.IsType<FileWritten>(Assert.Single(trace.Events));
        Assert.Equal("abcd"u8.ToArray(), write.Written.ToArray());
    }

    [Fact]
    public void Plain_writes_land_after_each_other_and_appends_at_the_end()
    {
        var trace = WrittenTrace.Of(
            """7 openat(AT_FDCWD</>, "/d/a", O_WRONLY|O_CREAT|O_CLOEXEC, 0644) = 5</d/a>""",
            """7 write(5</d/a>, "abc", 3) = 3""",
            """7 write(5</d/a>, "def", 3) = 3""",
            """7 lseek(5</d/a>, 1, SEEK_SET) = 1""",
            """7 write(5</d/a>, "x", 1) = 1""",
            """7 openat(AT_FDCWD</>, "/d/b", O_WRONLY|O_APPEND) = 6</d/b>""",
            """7 write(6</d/b>, "y", 1) = 1""");

        Assert.Equal([0, 3, 1, -1], trace.Events.OfType<FileWritten>().Select(write => write.Offset));
    }

    [Fact]
    public void Answers_are_final_responses_of_the_port_in_the_order_of_their_first_byte()
    {
        var trace = WrittenTrace.Of(
            """7 sendto(9<TCP:[127.0.0.1:80->127.0.0.1:41]>, "HTTP/1.1 100 Continue", 21, 0, NULL, 0) = 21""",
            """7 sendmsg(9<TCP:[127.0.0.1:80->127.0.0.1:41]>, {msg_name=NULL, msg_iov=[{iov_base="HTTP/1.1 200 OK", iov_len=15}], msg_iovlen=1}, 0) = 15""",
            """7 sendto(9<TCP:[127.0.0.1:80->127.0.0.1:41]>, "the rest of the body", 20, 0, NULL, 0) = 20""",
            """7 sendto(8<TCP:[127.0.0.1:81->127.0.0.1:42]>, "HTTP/1.1 200 OK", 15, 0, NULL, 0) = 15""",
            """7 sendto(7<TCP:[127.0.0.1:80->127.0.0.1:43]>, "HTTP/1.1 503 No", 15, 0, NULL, 0) = 15""");

        Assert.Equal([(1, 200, 41), (2, 503, 43)], trace.HttpAnswers(80).Select(answer => (answer.Number, answer.Status, answer.ClientPort)));
    }

    [Theory]
    [InlineData("""7 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, 5</d/a>, 0) = 0x7f00""")]
    [InlineData("""7 openat(AT_FDCWD</>, "/d/a", O_WRONLY|O_CREAT|O_DSYNC, 0644) = 5</d/a>""")]
    [InlineData("""7 write(5</d/a>, "abc", 3) = 3""")]
    [InlineData("""7 copy_file_range(4</x>, NULL, 5</d/a>, NULL, 100, 0) = 100""")]
    [InlineData("""7 rename("/elsewhere/a", "/d/a") = 0""")]
    [InlineData("""7 fallocate(5</d/a>, FALLOC_FL_PUNCH_HOLE|FALLOC_FL_KEEP_SIZE, 0, 4096) = 0""")]
    public void What_cannot_be_followed_ends_the_analysis(string line) => Assert.Throws<NotSupportedException>(() => WrittenTrace.Of(line));

    [Theory]
    [InlineData("""7 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, 5</d/a-shm>, 0) = 0x7f00""")]
    [InlineData("""7 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_PRIVATE, 5</d/a>, 0) = 0x7f00""")]
    [InlineData("""7 mmap(NULL, 4096, PROT_READ, MAP_SHARED, 5</d/a>, 0) = 0x7f00""")]
    [InlineData("""7 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED|MAP_ANONYMOUS, -1, 0) = 0x7f00""")]
    [InlineData("""7 write(5</elsewhere>, "abc", 3) = 3""")]
    public void What_does_not_concern_durable_files_is_passed_over(string line) => Assert.Empty(WrittenTrace.Of(line).Events);

    [Fact]
    public void A_shortened_string_is_no_evidence() =>
        Assert.Throws<FormatException>(() => WrittenTrace.Of("""7 pwrite64(5</d/a>, "abc"..., 100, 0) = 100"""));
}
