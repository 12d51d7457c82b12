// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using Detector.Metering;

namespace Detector.Web.Views;

/// <summary>What the day and the week of honest loads of a declared use look like, from <c>weeks.json</c> beside the model in use.</summary>
/// <remarks>The file is read again when it changes. A file that cannot be read gives no band, which the page says; the form is in docs/formats/weeks.md.</remarks>
internal sealed class WeekReferences(ModelShelf shelf)
{
    private const string FileName = "weeks.json";
    private const string Format = "detector-weeks/1";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly Lock _gate = new();
    private (string Path, DateTime Written, Book? Book) _kept;

    /// <summary>The bands of a use in kW; null where there are none.</summary>
    /// <param name="use">What the site declares.</param>
    /// <param name="patterns">The load that is held against them: bands are shares of its mean.</param>
    public WeekReference? Of(DeclaredUse use, LoadPatterns patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        if (patterns.MeanKilowatts is not { } mean || !(mean > 0) || Read()?.Content?.Uses.FirstOrDefault(u => u.Use == use.Name()) is not { } known)
        {
            return null;
        }

        var week = Scale(known.Week, mean);
        var seen = patterns.Week.Zip(week).Where(h => h.First.Median is not null).ToArray();
        return new WeekReference
        {
            Use = known.Use,
            Sites = known.Sites,
            RecordedSites = known.RecordedSites,
            Sources = known.Sources,
            Week = week,
            WorkingDay = Scale(known.WorkingDay, mean),
            Weekend = Scale(known.Weekend, mean),
            HoursInside = seen.Count(h => h.First.Median >= h.Second.Low && h.First.Median <= h.Second.High),
            HoursSeen = seen.Length,
        };
    }

    private static WeekHour[] Scale(Band band, double mean) => [.. band.Low.Select((low, i) => new WeekHour(low * mean, band.Median[i] * mean, band.High[i] * mean))];

    private Book? Read()
    {
        if (shelf.List().FirstOrDefault(m => m.InUse) is not { } model)
        {
            return null;
        }

        var path = Path.Combine(model.Folder, FileName);
        var written = File.GetLastWriteTimeUtc(path); // of a file that is not there, the year 1601
        lock (_gate)
        {
            if (_kept.Path != path || _kept.Written != written)
            {
                _kept = (path, written, Parse(path));
            }

            return _kept.Book;
        }
    }

    private static Book? Parse(string path)
    {
        try
        {
            var book = File.Exists(path) ? JsonSerializer.Deserialize<Book>(File.ReadAllText(path), Json) : null;
            return book is { Format: Format, Content.Uses: not null } && book.Content.Uses.All(u => u.IsWhole) ? book : null;
        }
        catch (Exception fault) when (fault is JsonException or IOException)
        {
            return null; // being written, or of another make
        }
    }

    private sealed record Book(string Format, Content? Content);

    private sealed record Content(IReadOnlyList<UseBands> Uses);

    private sealed record UseBands(string Use, int Sites, int RecordedSites, IReadOnlyList<WeekSource> Sources, Band Week, Band WorkingDay, Band Weekend)
    {
        public bool IsWhole => Use is not null && Sources is not null && Week?.Of(LoadPatterns.WeekHours) == true && WorkingDay?.Of(24) == true && Weekend?.Of(24) == true;
    }

    private sealed record Band(IReadOnlyList<double> Low, IReadOnlyList<double> Median, IReadOnlyList<double> High)
    {
        public bool Of(int hours) => Low?.Count == hours && Median?.Count == hours && High?.Count == hours;
    }
}

/// <summary>Bands of honest loads of a declared use beside one load, in kW: eight sites of ten lie between low and high.</summary>
public sealed record WeekReference
{
    /// <summary>The declared use.</summary>
    public required string Use { get; init; }

    /// <summary>Sites behind the bands.</summary>
    public required int Sites { get; init; }

    /// <summary>How many of them were recorded; the others are simulated.</summary>
    public required int RecordedSites { get; init; }

    /// <summary>Where they come from.</summary>
    public required IReadOnlyList<WeekSource> Sources { get; init; }

    /// <summary>Each hour of the week, Monday 00:00 first.</summary>
    public required WeekHour[] Week { get; init; }

    /// <summary>Each hour of Monday to Friday.</summary>
    public required WeekHour[] WorkingDay { get; init; }

    /// <summary>Each hour of Saturday and Sunday.</summary>
    public required WeekHour[] Weekend { get; init; }

    /// <summary>Hours of the week in which the load's median lies in the band.</summary>
    public required int HoursInside { get; init; }

    /// <summary>Hours of the week that are known of the load.</summary>
    public required int HoursSeen { get; init; }
}

/// <summary>A set of loads behind a band.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Licence">Its licence.</param>
/// <param name="Credit">Whom to credit.</param>
/// <param name="Sites">How many sites of it.</param>
public sealed record WeekSource(string Title, string Licence, string Credit, int Sites);
