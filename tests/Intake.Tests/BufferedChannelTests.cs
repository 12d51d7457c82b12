// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using MQTTnet.Channel;
using MQTTnet.Exceptions;

namespace Detector.Intake.Tests;

/// <summary>Bytes of a connection in larger pieces: all of them, in their order, and a fault told.</summary>
public sealed class BufferedChannelTests
{
    [Test]
    public async Task What_lies_there_is_read_at_once_and_given_in_pieces_as_asked_for()
    {
        var sent = Bytes(40_000, seed: 1);
        using var socket = new Socket(sent);
        using var channel = new BufferedChannel(socket);
        var received = new List<byte>();
        var chance = new Random(2);
        while (received.Count < sent.Length)
        {
            var piece = new byte[chance.Next(1, 200)];
            var read = await channel.ReadAsync(piece, 0, piece.Length, CancellationToken.None);
            Assert.That(read, Is.InRange(1, piece.Length));
            received.AddRange(piece.AsSpan(0, read));
        }

        Assert.That(received, Is.EqualTo(sent));
        Assert.That(await channel.ReadAsync(new byte[2], 0, 2, CancellationToken.None), Is.Zero, "the other side has left");
        Assert.That(socket.Reads, Is.LessThan(20), "the buffer grows with what comes");
    }

    [Test]
    public async Task A_large_body_is_read_straight_into_its_place()
    {
        var sent = Bytes(3_000, seed: 3);
        using var socket = new Socket(sent);
        using var channel = new BufferedChannel(socket);
        var body = new byte[3_000];
        Assert.That(await channel.ReadAsync(body, 0, body.Length, CancellationToken.None), Is.EqualTo(3_000));
        Assert.That(body, Is.EqualTo(sent));
        Assert.That(socket.Reads, Is.EqualTo(1));
    }

    [Test]
    public async Task Packets_written_while_others_are_sent_leave_together_and_in_order()
    {
        using var socket = new Socket([]) { Holds = true };
        using var channel = new BufferedChannel(socket);
        var sent = Bytes(4_000, seed: 4);
        for (var i = 0; i < sent.Length; i += 4)
        {
            await channel.WriteAsync(new ReadOnlySequence<byte>(sent, i, 1), false, CancellationToken.None);
            await channel.WriteAsync(new ReadOnlySequence<byte>(sent, i + 1, 3), true, CancellationToken.None);
        }

        socket.Release();
        await channel.DisconnectAsync(CancellationToken.None);
        Assert.That(socket.Written, Is.EqualTo(sent), "leaving sends what is gathered");
        Assert.That(socket.Writes, Is.LessThanOrEqualTo(2));
        Assert.That(socket.HasLeft, Is.True);
    }

    [Test]
    public async Task A_writer_waits_where_the_other_side_takes_nothing()
    {
        using var socket = new Socket([]) { Holds = true };
        using var channel = new BufferedChannel(socket);
        var packet = new ReadOnlySequence<byte>(new byte[1_000]);
        var written = 0;
        Task write;
        while ((write = channel.WriteAsync(packet, true, CancellationToken.None)).IsCompletedSuccessfully)
        {
            written += 1_000;
            Assert.That(written, Is.LessThan(3 * BufferedChannel.MostGatheredBytes), "memory is bounded");
        }

        socket.Release();
        await write;
        Assert.That(socket.Written, Has.Count.EqualTo(written + 1_000));
    }

    [Test]
    public async Task A_writer_that_waits_can_be_called_off()
    {
        using var socket = new Socket([]) { Holds = true };
        using var channel = new BufferedChannel(socket);
        using var impatient = new CancellationTokenSource();
        var write = channel.WriteAsync(new ReadOnlySequence<byte>(new byte[BufferedChannel.MostGatheredBytes]), true, impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThatAsync(() => write, Throws.InstanceOf<OperationCanceledException>());
        socket.Release();
    }

    [Test]
    public async Task A_broken_connection_is_told_to_who_writes_next_and_to_who_waits()
    {
        using var socket = new Socket([]) { Holds = true };
        using var channel = new BufferedChannel(socket);
        var waiting = channel.WriteAsync(new ReadOnlySequence<byte>(new byte[BufferedChannel.MostGatheredBytes]), true, CancellationToken.None);
        socket.Break();
        await Assert.ThatAsync(() => waiting, Throws.InstanceOf<MqttCommunicationException>().With.InnerException.InstanceOf<IOException>());
        await Assert.ThatAsync(() => channel.WriteAsync(new ReadOnlySequence<byte>(new byte[1]), true, CancellationToken.None), Throws.InstanceOf<MqttCommunicationException>());
        await channel.DisconnectAsync(CancellationToken.None);
        Assert.That(socket.HasLeft, Is.True);
    }

    [Test]
    public async Task Who_takes_nothing_in_time_is_closed_however_little_waits()
    {
        using var socket = new Socket([]) { Holds = true };
        var time = new FakeTimeProvider();
        var told = new TaskCompletionSource();
        using var channel = new BufferedChannel(socket, new SendingPatience(TimeSpan.FromSeconds(20), time, told.SetResult));
        await channel.WriteAsync(new ReadOnlySequence<byte>(new byte[10]), true, CancellationToken.None);
        while (socket.Writes == 0)
        {
            await Task.Delay(1);
        }

        while (!told.Task.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(20));
            await Task.WhenAny(told.Task, Task.Delay(5));
        }

        await Assert.ThatAsync(() => channel.WriteAsync(new ReadOnlySequence<byte>(new byte[1]), true, CancellationToken.None), Throws.InstanceOf<MqttCommunicationException>());
        Assert.That(socket.IsClosed, Is.True);
    }

    private static byte[] Bytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>A connection whose other side has sent everything already and takes nothing until it is told to.</summary>
    private sealed class Socket(byte[] incoming) : IMqttChannel
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _read;

        public bool Holds { get; init; }

        public int Reads { get; private set; }

        public int Writes { get; private set; }

        public List<byte> Written { get; } = [];

        public bool HasLeft { get; private set; }

        public EndPoint RemoteEndPoint => new IPEndPoint(IPAddress.Loopback, 1);

        public EndPoint LocalEndPoint => new IPEndPoint(IPAddress.Loopback, 2);

        public bool IsSecureConnection => false;

        public X509Certificate2 ClientCertificate => null!;

        public void Release() => _released.TrySetResult();

        public void Break() => _released.TrySetException(new IOException("broken"));

        public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task DisconnectAsync(CancellationToken cancellationToken)
        {
            HasLeft = true;
            return Task.CompletedTask;
        }

        public Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Reads++;
            var read = Math.Min(count, incoming.Length - _read);
            incoming.AsSpan(_read, read).CopyTo(buffer.AsSpan(offset));
            _read += read;
            return Task.FromResult(read);
        }

        public async Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken)
        {
            Writes++;
            if (Holds)
            {
                await _released.Task;
            }

            Written.AddRange(buffer.ToArray());
        }

        public bool IsClosed { get; private set; }

        public void Dispose()
        {
            IsClosed = true;
            _released.TrySetResult();
        }
    }
}
