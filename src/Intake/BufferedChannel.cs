// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;
using MQTTnet.Exceptions;

namespace Detector.Intake;

/// <summary>How long a connection waits for the other side to take what it is sent.</summary>
/// <param name="Within">The time.</param>
/// <param name="Time">What measures it.</param>
/// <param name="Exceeded">Told once it is over; the connection is closed then.</param>
internal sealed record SendingPatience(TimeSpan Within, TimeProvider Time, Action Exceeded);

/// <summary>The bytes of one connection in larger pieces than the library asks for: it reads a packet's two first bytes by themselves and writes each packet by itself, and every such call costs more than the packet.</summary>
/// <remarks>
/// Reading takes what is there. Writing gathers what comes while the bytes before it are being sent; a write ends when its bytes are gathered, so a fault of the connection is told by the
/// next one. Where more than <see cref="MostGatheredBytes"/> wait, a write ends when all are sent. Leaving sends what is gathered. One reader and one writer at a time, as the library does.
/// </remarks>
/// <param name="inner">The socket.</param>
/// <param name="patience">How long the other side may take for what it is sent; null for as long as it likes.</param>
internal sealed class BufferedChannel(IMqttChannel inner, SendingPatience? patience = null) : IMqttChannel
{
    /// <summary>Bytes that may wait to be sent before a writer waits as well.</summary>
    public const int MostGatheredBytes = 1 << 16;

    private const int LeastReadBytes = 1 << 9; // what an idle meter's connection holds: a broker may have a hundred thousand
    private const int MostReadBytes = 1 << 16;
    private const int HeaderBytes = 2; // what the library asks for first: MQTT 2.1.1

    private readonly Lock _gate = new();
    private byte[] _read = new byte[LeastReadBytes];
    private int _readFrom;
    private int _readTo;
    private (int Bytes, Task<int> Answer) _lastBody = (0, Task.FromResult(0));
    private byte[] _gathered = [];
    private int _gatheredBytes;
    private bool _isSending;
    private Task _sending = Task.CompletedTask;
    private Exception? _fault;

    public EndPoint RemoteEndPoint => inner.RemoteEndPoint;

    public EndPoint LocalEndPoint => inner.LocalEndPoint;

    public bool IsSecureConnection => inner.IsSecureConnection;

    public X509Certificate2 ClientCertificate => inner.ClientCertificate;

    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Sending().WaitAsync(cancellationToken);
        }
        finally
        {
            await inner.DisconnectAsync(cancellationToken);
        }
    }

    public Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (_readFrom == _readTo)
        {
            return FillAsync(buffer, offset, count, cancellationToken);
        }

        var taken = Take(buffer.AsSpan(offset, count));
        if (taken <= HeaderBytes)
        {
            return Task.FromResult(taken); // the runtime keeps those
        }

        if (taken != _lastBody.Bytes)
        {
            _lastBody = (taken, Task.FromResult(taken)); // packets are mostly as long as the one before
        }

        return _lastBody.Answer;
    }

    public Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ThrowIfFaulted();
            Gather(buffer);
            if (!isEndOfPacket && _gatheredBytes < MostGatheredBytes)
            {
                return Task.CompletedTask; // the rest of the packet comes at once
            }

            if (!_isSending)
            {
                _isSending = true;
                _sending = Task.Run(SendAsync, CancellationToken.None);
            }

            return _gatheredBytes < MostGatheredBytes ? Task.CompletedTask : SentAsync(_sending, cancellationToken);
        }
    }

    public void Dispose() => inner.Dispose();

    private async Task<int> FillAsync(byte[] buffer, int offset, int count, CancellationToken cancel)
    {
        if (count >= _read.Length)
        {
            return await inner.ReadAsync(buffer, offset, count, cancel);
        }

        _readTo = 0;
        _readFrom = 0;
        _readTo = await inner.ReadAsync(_read, 0, _read.Length, cancel);
        var isMoreLikely = _readTo == _read.Length && _read.Length < MostReadBytes;
        var taken = Take(buffer.AsSpan(offset, count));
        if (isMoreLikely)
        {
            Array.Resize(ref _read, 2 * _read.Length);
        }

        return taken;
    }

    private int Take(Span<byte> into)
    {
        var taken = Math.Min(into.Length, _readTo - _readFrom);
        _read.AsSpan(_readFrom, taken).CopyTo(into);
        _readFrom += taken;
        return taken;
    }

    private void Gather(ReadOnlySequence<byte> bytes)
    {
        var length = checked(_gatheredBytes + (int)bytes.Length);
        if (length > _gathered.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(length);
            _gathered.AsSpan(0, _gatheredBytes).CopyTo(larger);
            Return(_gathered);
            _gathered = larger;
        }

        bytes.CopyTo(_gathered.AsSpan(_gatheredBytes));
        _gatheredBytes = length;
    }

    private async Task SendAsync()
    {
        while (true)
        {
            byte[] bytes;
            int length;
            lock (_gate)
            {
                (bytes, length) = (_gathered, _gatheredBytes);
                (_gathered, _gatheredBytes) = ([], 0);
                if (length == 0)
                {
                    _isSending = false;
                    return;
                }
            }

            try
            {
                var write = inner.WriteAsync(new ReadOnlySequence<byte>(bytes, 0, length), true, CancellationToken.None);
                await (patience is null || write.IsCompletedSuccessfully ? write : write.WaitAsync(patience.Within, patience.Time));
                Return(bytes);
            }
            catch (Exception fault)
            {
                End(fault); // the bytes may still be on their way and are not lent to others
                return;
            }
        }
    }

    /// <summary>Whatever it is, the connection is of no use any more; who writes next is told, and who waits for bytes where the other side takes none.</summary>
    private void End(Exception fault)
    {
        lock (_gate)
        {
            _fault = fault;
            _isSending = false;
        }

        if (fault is TimeoutException && patience is not null)
        {
            patience.Exceeded();
            inner.Dispose();
        }
    }

    private async Task SentAsync(Task sending, CancellationToken cancel)
    {
        await sending.WaitAsync(cancel);
        lock (_gate)
        {
            ThrowIfFaulted();
        }
    }

    private Task Sending()
    {
        lock (_gate)
        {
            return _sending;
        }
    }

    private void ThrowIfFaulted()
    {
        if (_fault is { } fault)
        {
            throw new MqttCommunicationException(fault);
        }
    }

    private static void Return(byte[] rented)
    {
        if (rented.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
