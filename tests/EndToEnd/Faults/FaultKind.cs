// SPDX-License-Identifier: Apache-2.0
namespace Detector.EndToEnd.Faults;

/// <summary>What goes wrong in one round.</summary>
internal enum FaultKind
{
    /// <summary>kill -9 of the service; it is started again after a while.</summary>
    KillService,

    /// <summary>kill -9 of mosquitto, which loses what it had not saved.</summary>
    KillBroker,

    /// <summary>kill -9 of InfluxDB.</summary>
    KillStore,

    /// <summary>kill -9 of RabbitMQ.</summary>
    KillQueue,

    /// <summary>The disk that holds the service's data has no byte left, for a while.</summary>
    FillDisk,

    /// <summary>Every connection of the service to broker, store and queue is closed, up to four times.</summary>
    CutSockets,

    /// <summary>The service's clock is set forward or back by up to a month, and right again.</summary>
    JumpClock,
}
