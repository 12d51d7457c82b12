// SPDX-License-Identifier: Apache-2.0
// The load of a meter: zoom, pan, overview, quality, gaps, events, evidence. Points never travel over the page's own connection.
import uPlot from "./lib/uplot/uPlot.esm.js";
import { load, ends } from "./chart-data.js";
import { axis, drawBand, drawLine, followWidth, font, hatching, language, numbers, palette, tell, timeLabels, widthIn } from "./chart-style.js";
import { addOverview } from "./chart-overview.js";
import { drawEvents, drawOutages, eventsAt, loadEvents } from "./chart-events.js";
import { celsiusAt, drawTemperature, loadTemperatures } from "./chart-weather.js";

const charts = new WeakMap();
const height = 320;

/**
 * Draws the chart into an element and answers the number of points.
 * @param {HTMLElement} host
 * @param {{url: string, events: string, weather: string, eventLabels: {dip: string, step: string}, zone: string, limit: number|null, limitLabel: string, empty: string, failed: string, overview: string,
 *   flags: string[], bands: {kind: string, from: number, to: number, name?: string}[], lines: {kind: string, at: number}[]}} options
 */
export async function mount(host, options) {
  if (!host) {
    return 0; // The page was left while this module was on its way.
  }
  dispose(host);
  host.dataset.ready = "loading";
  const chart = { host, options, dead: false, events: { dips: [], steps: [] }, weather: null, asked: {} };
  charts.set(host, chart);
  try {
    chart.full = await load(options.url);
  } catch {
    tell(host, options.failed, "failed");
    return 0;
  }
  if (chart.dead) {
    return 0;
  }
  if (chart.full.x.length === 0) {
    tell(host, options.empty, "empty");
    return 0;
  }
  host.replaceChildren();
  draw(chart);
  await null; // the library paints when this script rests
  if (chart.dead) {
    return 0;
  }
  performance.measure("chart-draw", { start: chart.full.arrived }); // looked at by ./dev bench console
  host.dataset.points = String(chart.full.count);
  host.dataset.resolution = chart.full.resolution;
  host.dataset.ready = "true";
  bringRest(chart);
  return chart.full.count;
}

/** What comes behind the load, which does not wait for it. A load without it is still a load; the next update asks again. */
function bringRest(chart) {
  const { host, options } = chart;
  bring(chart, "events", () => loadEvents(options.events), ({ dips, steps }) => {
    host.dataset.dips = String(dips.length);
    host.dataset.steps = String(steps.length);
  });
  bring(chart, "weather", () => loadTemperatures(options.weather, ...ends(chart.full)), (weather) => {
    host.dataset.celsius = String(weather?.celsius.length ?? 0);
    host.parentElement.querySelectorAll("[data-weather-key]").forEach((key) => { key.hidden = weather === null; });
  });
}

async function bring(chart, part, fetchPart, mark) {
  const asked = (chart.asked[part] = (chart.asked[part] ?? 0) + 1); // an answer that comes late must not take the place of a newer one
  try {
    const found = await fetchPart();
    if (!chart.dead && chart.asked[part] === asked) {
      chart[part] = found;
      chart.plot.redraw(false);
      mark(found);
    }
  } catch {
    // Said above.
  }
}

/** Takes new evidence and newer readings in, and keeps the part that is looked at. */
export async function update(host, options) {
  const chart = charts.get(host);
  if (!chart?.plot) {
    await mount(host, options);
    return;
  }
  if (chart.options.events !== options.events) {
    chart.events = { dips: [], steps: [] };
    chart.weather = null;
  }
  chart.options = options;
  chart.plot.redraw(false);
  try {
    const full = await load(options.url);
    if (chart.dead || full.x.length === 0) {
      return;
    }
    const all = seesAll(chart);
    chart.full = full;
    chart.overview.setData(full);
    host.dataset.points = String(full.count);
    if (all) {
      reset(chart);
    }
    bringRest(chart);
  } catch {
    // The older readings stay on show; the next update tries again.
  }
}

/** Shows the last so many days; all where zero. */
export function zoom(host, days) {
  const chart = charts.get(host);
  if (chart?.plot) {
    const [first, last] = ends(chart.full);
    look(chart, days === 0 ? first : last - days * 86400, last);
  }
}

/** Widens or narrows what is seen by a factor around its middle. */
export function scale(host, factor) {
  const chart = charts.get(host);
  if (chart?.plot) {
    const { min, max } = chart.plot.scales.x;
    const half = ((max - min) / 2) * factor;
    look(chart, (min + max) / 2 - half, (min + max) / 2 + half);
  }
}

/** Moves what is seen by a share of its width. */
export function pan(host, share) {
  const chart = charts.get(host);
  if (chart?.plot) {
    const { min, max } = chart.plot.scales.x;
    look(chart, min + share * (max - min), max + share * (max - min));
  }
}

/** Removes the chart and whatever it listens to. */
export function dispose(host) {
  const chart = charts.get(host);
  if (!chart) {
    return;
  }
  chart.dead = true;
  clearTimeout(chart.timer);
  chart.watch?.disconnect();
  chart.overview?.destroy();
  chart.plot?.destroy();
  host.onkeydown = null;
  host.onwheel = null;
  host.replaceChildren();
  charts.delete(host);
}

function draw(chart) {
  const { host, options } = chart;
  const colour = palette(host);
  const number = numbers();
  const line = colour("--chart-line");
  const lines = axis(colour);
  chart.data = chart.full;
  chart.readout = document.createElement("div");
  chart.readout.className = "chart-readout";
  host.append(chart.readout);
  chart.plot = new uPlot({
    width: widthIn(host),
    height,
    tzDate: (ts) => uPlot.tzDate(new Date(ts * 1000), options.zone),
    legend: { show: false },
    cursor: { drag: { x: true, y: false }, points: { size: 7 }, bind: { dblclick: () => () => reset(chart) } },
    scales: { x: { time: true }, y: { range: (u, low, high) => [Math.min(0, low ?? 0), Math.max(1.05 * (high ?? 1), 1.1 * (chart.options.limit ?? 0), 0.001)] } },
    series: [{}, { stroke: line, width: 1.25, points: { show: false }, show: chart.full.bucketed }, { stroke: line, width: 1.25, points: { show: chart.full.count === 1 } }],
    bands: [{ series: [2, 1], fill: colour("--chart-fill") }],
    axes: [
      { ...lines, space: 72, size: 30, values: timeLabels(options.zone) },
      { ...lines, size: 64, label: "kW", labelFont: font(), labelSize: 18, values: (u, splits) => splits.map((s) => number.format(s)) },
    ],
    hooks: {
      drawClear: [(u) => drawUnder(u, chart, colour)],
      draw: [(u) => drawOver(u, chart, colour, number)],
      setScale: [(u, key) => key === "x" && seen(chart)],
      setCursor: [(u) => say(u, chart, number)],
    },
  }, [chart.full.x, chart.full.low, chart.full.high], host);
  chart.overview = addOverview(host, chart.full, { zone: options.zone, label: options.overview, look: (min, max) => look(chart, min, max) });
  chart.watch = followWidth(host, chart.plot.width, (width) => {
    chart.plot.setSize({ width, height });
    chart.overview.setWidth(width);
  });
  seen(chart);
  listen(chart);
}

/** Arrows pan, plus and minus zoom, zero shows all; the wheel zooms with Ctrl, so that it still scrolls the page. */
function listen(chart) {
  const moves = {
    ArrowLeft: () => pan(chart.host, -0.25), ArrowRight: () => pan(chart.host, 0.25), "+": () => scale(chart.host, 0.5), "=": () => scale(chart.host, 0.5),
    "-": () => scale(chart.host, 2), 0: () => reset(chart), Home: () => reset(chart),
  };
  chart.host.onkeydown = (pressed) => {
    const move = pressed.ctrlKey || pressed.metaKey || pressed.altKey ? undefined : moves[pressed.key];
    if (move) {
      pressed.preventDefault();
      move();
    }
  };
  chart.host.onwheel = (turned) => {
    if (turned.ctrlKey) {
      turned.preventDefault();
      scale(chart.host, turned.deltaY > 0 ? 1.25 : 0.8);
    }
  };
}

function drawUnder(u, chart, colour) {
  for (const band of chart.options.bands) {
    drawBand(u, band.from, band.to, colour(`--band-${band.kind}`));
  }
  drawOutages(u, chart.events, colour);
  const fill = hatching(u.ctx, colour("--hatch"), devicePixelRatio || 1);
  for (const [from, to] of chart.data.gaps) {
    drawBand(u, from, to, fill);
  }
}

function drawOver(u, chart, colour, number) {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio || 1;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const mark of chart.options.lines) {
    const x = u.valToPos(mark.at, "x", true);
    drawLine(ctx, colour(`--line-${mark.kind}`), 2 * ratio, [], x, bbox.top, x, bbox.top + bbox.height);
  }
  if (chart.options.limit !== null) {
    const y = u.valToPos(chart.options.limit, "y", true);
    drawLine(ctx, colour("--text-2"), ratio, [6 * ratio, 4 * ratio], bbox.left, y, bbox.left + bbox.width, y);
    ctx.fillStyle = colour("--text-2");
    ctx.font = font(12 * ratio);
    ctx.textAlign = "left";
    ctx.textBaseline = "bottom";
    ctx.fillText(chart.options.limitLabel, bbox.left + 6 * ratio, y - 3 * ratio);
  }
  drawTemperature(u, chart.weather, colour, number);
  drawEvents(u, chart.events, colour, number);
  drawFlags(u, chart.data, colour("--mark-quality"), ratio);
  ctx.restore();
}

/** Stretches that carry the same kind of mark are drawn as one, so that a flagged year costs as little as a flagged hour. */
function drawFlags(u, data, fill, ratio) {
  u.ctx.fillStyle = fill;
  const { x, quality, step } = data;
  for (let i = 0; i < x.length; i++) {
    if (quality[i] !== 0) {
      const from = x[i];
      while (i + 1 < x.length && quality[i + 1] !== 0) {
        i++;
      }
      const left = u.valToPos(from, "x", true);
      u.ctx.fillRect(left, u.bbox.top + u.bbox.height - 6 * ratio, Math.max(2 * ratio, u.valToPos(x[i] + step, "x", true) - left), 6 * ratio);
    }
  }
}

function say(u, chart, number) {
  const i = u.cursor.idx;
  const { x, low, high, quality } = chart.data;
  if (i === null || i === undefined || x[i] === undefined) {
    chart.readout.textContent = "";
    return;
  }
  const when = new Intl.DateTimeFormat(language(), { timeZone: chart.options.zone, dateStyle: "medium", timeStyle: chart.data.step < 60 ? "medium" : "short", hour12: false }).format(new Date(x[i] * 1000));
  const power = high[i] === null ? "–" : low[i] === high[i] ? number.format(high[i]) : `${number.format(low[i])} – ${number.format(high[i])}`;
  const flags = chart.options.flags.filter((_, bit) => (quality[i] >>> bit) & 1);
  const named = chart.options.bands.filter((band) => band.name && x[i] >= band.from && x[i] < band.to).map((band) => band.name);
  const celsius = celsiusAt(chart.weather, x[i]);
  const outside = celsius === null ? [] : [`${number.format(celsius)} °C`];
  chart.readout.textContent = [when, `${power} kW`, ...outside, ...named, ...eventsAt(chart.events, x[i], chart.data.step, chart.options.eventLabels, number), ...flags].join("  ·  ");
}

/** Shows a stretch, kept inside what there is and never narrower than a few readings. */
function look(chart, from, to) {
  const [first, last] = ends(chart.full);
  const width = Math.min(Math.max(to - from, 4 * Math.min(chart.data.step || 1, chart.full.step || 1), 1), last - first);
  const min = Math.min(Math.max(from, first), last - width);
  chart.plot.setScale("x", { min, max: min + width });
}

function seesAll(chart) {
  const [first, last] = ends(chart.full);
  const { min, max } = chart.plot.scales.x;
  return max - min > 0.98 * (last - first);
}

/** What is seen changed: the overview follows, and a zoom into buckets is fetched again, finer. */
function seen(chart) {
  if (!chart.overview || chart.quiet) {
    return;
  }
  clearTimeout(chart.timer);
  const { min, max } = chart.plot.scales.x;
  const [first, last] = ends(chart.full);
  chart.overview.setWindow(min, max);
  chart.host.dataset.from = String(Math.round(min));
  chart.host.dataset.to = String(Math.round(max));
  if (!chart.full.bucketed || max - min > 0.9 * (last - first)) {
    return;
  }
  chart.timer = setTimeout(async () => {
    const join = chart.options.url.includes("?") ? "&" : "?";
    const margin = (max - min) / 10;
    try {
      const finer = await load(`${chart.options.url}${join}from=${Math.floor(min - margin)}&to=${Math.ceil(max + margin)}`);
      if (!chart.dead && finer.x.length > 0) {
        show(chart, finer, { min, max });
      }
    } catch {
      // The coarse picture stays; the next zoom tries again.
    }
  }, 150);
}

function reset(chart) {
  clearTimeout(chart.timer);
  const [min, max] = ends(chart.full);
  show(chart, chart.full, { min, max });
}

/** Swaps the points; what follows from it is not a person's zoom and fetches nothing. */
function show(chart, data, window) {
  chart.data = data;
  chart.quiet = true;
  chart.plot.batch(() => {
    chart.plot.setSeries(1, { show: data.bucketed }); // readings as they are have one line; drawing it twice, and the nothing between, costs more than all the rest
    chart.plot.setData([data.x, data.low, data.high], false);
    chart.plot.setScale("x", window);
  });
  queueMicrotask(() => {
    chart.quiet = false;
    if (!chart.dead) {
      chart.overview.setWindow(window.min, window.max);
      chart.host.dataset.from = String(Math.round(window.min));
      chart.host.dataset.to = String(Math.round(window.max));
    }
  });
}
