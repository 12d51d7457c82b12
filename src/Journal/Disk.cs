// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Detector.Journal;

/// <summary>The few operations on files whose failure or delay matters; tests put a disk that is full, slow or failing in its place.</summary>
internal partial class Disk
{
    /// <summary>Others may read and delete what we hold open: readers, inspection by a second process, release of old segments.</summary>
    public const FileShare Shared = FileShare.ReadWrite | FileShare.Delete;

    public virtual SafeFileHandle Create(string path) => File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, Shared);

    public virtual void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(file, bytes, offset);

    /// <summary>Returns when the bytes are on the medium, not in a cache of the operating system.</summary>
    public virtual void Flush(SafeFileHandle file) => RandomAccess.FlushToDisk(file);

    public virtual void Truncate(SafeFileHandle file, long length) => RandomAccess.SetLength(file, length);

    /// <summary>Makes new names in a folder durable. POSIX demands it; Windows has no such call and needs none.</summary>
    public virtual void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(folder, 0);
        if (descriptor < 0)
        {
            throw new IOException($"The folder {folder} could not be opened to flush it (error {Marshal.GetLastPInvokeError()}).");
        }

        try
        {
            if (Synchronise(descriptor) != 0)
            {
                throw new IOException($"The folder {folder} could not be flushed (error {Marshal.GetLastPInvokeError()}).");
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>Replaces a small file as a whole: the old content or the new one survives a power cut, never a mixture.</summary>
    public virtual void Replace(string path, ReadOnlySpan<byte> content)
    {
        var next = path + ".new";
        using (var file = Create(next))
        {
            Write(file, content, 0);
            Flush(file);
        }

        File.Move(next, path, overwrite: true);
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Synchronise(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
