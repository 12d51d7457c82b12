// SPDX-License-Identifier: Apache-2.0
namespace Detector.Host.Demo;

/// <summary>Where the demo keeps its state: the folder that was asked for, or a temporary one that goes with the demo.</summary>
internal sealed class DemoState : IAsyncDisposable
{
    private readonly bool _temporary;

    private DemoState(string folder, bool temporary)
    {
        Folder = folder;
        _temporary = temporary;
    }

    public string Folder { get; }

    public static DemoState Choose(string? asked) =>
        asked is not null ? new DemoState(asked, temporary: false) : new DemoState(Directory.CreateTempSubdirectory("detector-demo-").FullName, temporary: true);

    public ValueTask DisposeAsync()
    {
        if (_temporary)
        {
            Directory.Delete(Folder, recursive: true);
        }

        return ValueTask.CompletedTask;
    }
}
