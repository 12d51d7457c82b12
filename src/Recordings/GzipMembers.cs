// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;

namespace Detector.Recordings;

/// <summary>The unpacked bytes of a gzip file (RFC 1952) of one member or several, whose end is an end only where the last member is whole.</summary>
/// <remarks>
/// The library compares the sum and the length at the end of each member, but takes a file that was cut anywhere for one that ended there, and the number
/// that the cut went through for a real one. So one more member is given to it when the file is at its end: it comes out as it was packed where the file was
/// whole, and is taken for the rest of the packed data where it was not. What follows the last member and is none is passed over, as gzip does.
/// </remarks>
internal sealed class GzipMembers : ForwardStream
{
    private static readonly byte[] Mark = "end of the file"u8.ToArray();
    private static readonly byte[] PackedMark = Pack(Mark);

    private readonly Packed _packed;
    private readonly GZipStream _unpacked;
    private bool _ended;

    public GzipMembers(Stream file)
    {
        _packed = new Packed(file);
        _unpacked = new GZipStream(_packed, CompressionMode.Decompress);
    }

    /// <exception cref="InvalidDataException">The file is cut or damaged.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_ended || buffer.IsEmpty)
        {
            return 0;
        }

        var read = _unpacked.Read(buffer);
        if (read == 0)
        {
            RequireWhole();
            _ended = true;
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
            _packed.Dispose();
        }

        base.Dispose(disposing);
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private void RequireWhole()
    {
        _packed.GoOnWith(PackedMark);
        Span<byte> last = stackalloc byte[Mark.Length + 1];
        var isWhole = false;
        try
        {
            var read = _unpacked.ReadAtLeast(last, last.Length, throwOnEndOfStream: false);
            isWhole = last[..read].SequenceEqual(Mark) || (read == 0 && _packed.IsWaiting);
        }
        catch (InvalidDataException)
        {
            // The mark is no rest of what was packed.
        }

        if (!isWhole || _packed.IsEmpty)
        {
            throw new InvalidDataException("The file is truncated: its packed data stops before its end.");
        }
    }

    /// <summary>The packed bytes of the file, and after it those it is told to go on with.</summary>
    private sealed class Packed(Stream file) : ForwardStream
    {
        private byte[] _more = [];
        private int _given;

        /// <summary>Whether the file has no byte.</summary>
        public bool IsEmpty { get; private set; } = true;

        /// <summary>Whether nobody has asked for what it goes on with: what is read has ended before.</summary>
        public bool IsWaiting => _given == 0;

        public void GoOnWith(byte[] more) => _more = more;

        public override int Read(Span<byte> buffer)
        {
            var read = file.Read(buffer);
            if (read > 0 || buffer.IsEmpty)
            {
                IsEmpty &= read == 0;
                return read;
            }

            read = Math.Min(buffer.Length, _more.Length - _given);
            _more.AsSpan(_given, read).CopyTo(buffer);
            _given += read;
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                file.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
