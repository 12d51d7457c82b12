// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Queues.RabbitMq;

namespace Detector.Cases.Queues;

/// <summary>The queues by name. A new one is a folder here and one line in <see cref="Standard"/>.</summary>
internal sealed class QueueCatalog
{
    private readonly Dictionary<string, Func<QueueOptions, IEventQueue?>> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The queues of the product.</summary>
    public static QueueCatalog Standard()
    {
        var catalog = new QueueCatalog();
        catalog.Add("none", _ => null); // events stay in the outbox, and /api/v1/events serves them
        catalog.Add("rabbitmq", options => new RabbitMqQueue(options.RabbitMq));
        return catalog;
    }

    /// <summary>Adds a queue; a name taken twice stops the start.</summary>
    public void Add(string name, Func<QueueOptions, IEventQueue?> make)
    {
        if (!_byName.TryAdd(name, make))
        {
            throw new InvalidOperationException($"The queue '{name}' is registered twice.");
        }
    }

    /// <summary>The queue that the settings name; null where there is none.</summary>
    public IEventQueue? Make(QueueOptions options) => _byName.TryGetValue(options.Kind, out var make)
        ? make(options)
        : throw new InvalidOperationException($"Queue:Kind is '{options.Kind}'; it must be one of: {string.Join(", ", _byName.Keys)}.");
}
