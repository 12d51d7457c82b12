// SPDX-License-Identifier: Apache-2.0
namespace Detector.Recordings.Csv;

/// <summary>Lines of a file, unpacked where it is packed, as bytes, without a copy for each.</summary>
internal sealed class CsvLines(string path) : IDisposable
{
    /// <summary>Longest line, in bytes; a longer one is no row of readings.</summary>
    public const int MaxLineBytes = 1 << 20;

    private readonly Stream _stream = ReadingsFile.OpenBytes(path);
    private byte[] _buffer = new byte[1 << 17];
    private int _from;
    private int _to;
    private bool _ended;

    /// <summary>Number of the line last read, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The next line without its end; valid until the next call. False at the end of the stream.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var window = _buffer.AsSpan(_from, _to - _from);
            var end = window[searched..].IndexOf((byte)'\n');
            if (end >= 0)
            {
                end += searched;
                _from += end + 1;
                return Take(window[..end], out line);
            }

            if (_ended)
            {
                _from = _to;
                if (window.IsEmpty)
                {
                    line = default;
                    return false;
                }

                return Take(window, out line);
            }

            searched = window.Length;
            Fill();
        }
    }

    public void Dispose() => _stream.Dispose();

    private bool Take(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> line)
    {
        Number++;
        line = !text.IsEmpty && text[^1] == '\r' ? text[..^1] : text;
        if (Number == 1 && line.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }

        return true;
    }

    private void Fill()
    {
        if (_from > 0)
        {
            _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
            _to -= _from;
            _from = 0;
        }

        if (_to == _buffer.Length)
        {
            if (_buffer.Length >= MaxLineBytes)
            {
                throw new ReadingsFileException(path, Number + 1, $"the line is longer than {MaxLineBytes} bytes; is this a CSV file?");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        try
        {
            var read = _stream.Read(_buffer.AsSpan(_to));
            _ended = read == 0;
            _to += read;
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            throw new ReadingsFileException(path, Number, $"it cannot be read further: {fault.Message} Copy or pack it again.", fault);
        }
    }
}
