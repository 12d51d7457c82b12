// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace Detector.Codecs;

/// <summary>Keys of a payload as a tree, so that nested ones are found while walking down; a plain key is a leaf of the root.</summary>
internal sealed class KeyTree
{
    private readonly List<(byte[] Key, KeyTree Below)> _children = [];

    /// <summary>What the value here holds; null where it is only on the way to others, or unknown.</summary>
    public KeyBinding? Binding { get; private set; }

    /// <summary>Whether keys further down are known.</summary>
    public bool HasChildren => _children.Count > 0;

    /// <summary>The steps of a key: a JSON Pointer (RFC 6901) where it begins with a slash, else the one key as it is written.</summary>
    public static string[] Steps(string key) => key.StartsWith('/')
        ? [.. key[1..].Split('/').Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]
        : [key];

    /// <summary>Adds a key unless it is there; the first meaning counts.</summary>
    public void Add(KeyBinding binding)
    {
        var at = this;
        foreach (var step in Steps(binding.Key))
        {
            var key = Encoding.UTF8.GetBytes(step);
            var below = at.Find(key);
            if (below is null)
            {
                below = new KeyTree();
                at._children.Add((key, below));
            }

            at = below;
        }

        at.Binding ??= binding;
    }

    /// <summary>What lies under a key; null where it is unknown.</summary>
    public KeyTree? Find(ReadOnlySpan<byte> key)
    {
        foreach (var (known, below) in _children)
        {
            if (known.Length == key.Length && key.SequenceEqual(known))
            {
                return below;
            }
        }

        return null;
    }
}
