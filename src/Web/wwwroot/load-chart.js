// SPDX-License-Identifier: Apache-2.0
// Draws a load from the binary of /api/v1/meters/{meter}/series: the points never travel over the page's own connection.
import uPlot from "./lib/uplot/uPlot.esm.js";

const charts = new WeakMap();

/**
 * Draws the chart into an element and answers the number of points.
 * @param {HTMLElement} host
 * @param {{url: string, zone: string, limit: number|null, limitLabel: string, empty: string, failed: string,
 *   flags: string[], bands: {kind: string, from: number, to: number}[], lines: {kind: string, at: number}[]}} options
 */
export async function mount(host, options) {
  dispose(host);
  const started = performance.now();
  host.dataset.ready = "loading";
  const chart = { host, options, dead: false };
  charts.set(host, chart);
  try {
    chart.full = await load(options.url);
  } catch {
    return tell(chart, options.failed, "failed");
  }
  if (chart.dead) {
    return 0;
  }
  if (chart.full.x.length === 0) {
    return tell(chart, options.empty, "empty");
  }
  draw(chart);
  host.dataset.points = String(chart.full.count);
  host.dataset.renderMs = (performance.now() - started).toFixed(0);
  host.dataset.ready = "true";
  return chart.full.count;
}

/** Shows the last so many days; all where zero. */
export function zoom(host, days) {
  const chart = charts.get(host);
  if (!chart?.plot) {
    return;
  }
  const [first, last] = ends(chart.full);
  if (days === 0) {
    reset(chart);
  } else {
    chart.plot.setScale("x", { min: Math.max(first, last - days * 86400), max: last });
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
  chart.plot?.destroy();
  host.replaceChildren();
  charts.delete(host);
}

async function load(url) {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) {
    throw new Error(`HTTP ${answer.status}`);
  }
  const buffer = await answer.arrayBuffer();
  const [count, bucketed] = new Uint32Array(buffer, 0, 2);
  return withGaps({
    count,
    bucketed: bucketed === 1,
    seconds: new Float64Array(buffer, 8, count),
    low: new Float32Array(buffer, 8 + 8 * count, count),
    high: new Float32Array(buffer, 8 + 12 * count, count),
    quality: new Uint32Array(buffer, 8 + 16 * count, count),
  });
}

/** uPlot breaks a line at null only: values that are missing, and times that are missing, become null. */
function withGaps(raw) {
  const steps = [];
  for (let i = 1; i < raw.count; i++) {
    steps.push(raw.seconds[i] - raw.seconds[i - 1]);
  }
  steps.sort((a, b) => a - b);
  const step = steps.length > 0 ? steps[steps.length >> 1] : 0;
  const out = { count: raw.count, bucketed: raw.bucketed, step, x: [], low: [], high: [], quality: [] };
  const add = (x, low, high, quality) => {
    out.x.push(x);
    out.low.push(low);
    out.high.push(high);
    out.quality.push(quality);
  };
  for (let i = 0; i < raw.count; i++) {
    if (i > 0 && raw.seconds[i] - raw.seconds[i - 1] > 1.75 * step) {
      add(raw.seconds[i - 1] + step, null, null, 0);
    }
    const missing = Number.isNaN(raw.high[i]);
    add(raw.seconds[i], missing ? null : raw.low[i], missing ? null : raw.high[i], raw.quality[i]);
  }
  return out;
}

function draw(chart) {
  const { host, options } = chart;
  const colour = (name) => getComputedStyle(host).getPropertyValue(name).trim();
  const locale = language();
  const font = `12px ${getComputedStyle(document.body).fontFamily}`;
  const tick = (choice) => new Intl.DateTimeFormat(locale, { timeZone: options.zone, ...choice });
  const [clock, day, month] = [tick({ hour: "2-digit", minute: "2-digit", hour12: false }), tick({ day: "numeric", month: "short" }), tick({ month: "short", year: "numeric" })];
  const midnight = tick({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const number = new Intl.NumberFormat(locale, { maximumSignificantDigits: 5 });
  const axis = { stroke: colour("--text-2"), font, grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line"), width: 1 } };
  const axisTime = (u, splits, i, space, step) => splits.map((s) => {
    const moment = new Date(s * 1000);
    return step >= 28 * 86400 ? month.format(moment) : step >= 86400 || midnight.format(moment) === "00:00" ? day.format(moment) : clock.format(moment);
  });
  const readout = document.createElement("div");
  readout.className = "chart-readout";
  const line = colour("--chart-line");
  chart.data = chart.full;
  chart.plot = new uPlot({
    width: Math.max(host.clientWidth, 200),
    height: 320,
    tzDate: (ts) => uPlot.tzDate(new Date(ts * 1000), options.zone),
    legend: { show: false },
    cursor: { drag: { x: true, y: false }, points: { size: 7 }, bind: { dblclick: () => () => reset(chart) } },
    scales: { x: { time: true }, y: { range: (u, low, high) => [Math.min(0, low ?? 0), Math.max(1.05 * (high ?? 1), 1.1 * (options.limit ?? 0), 0.001)] } },
    series: [
      {},
      { stroke: line, width: 1.25, points: { show: false } },
      { stroke: line, width: 1.25, points: { show: chart.full.count === 1 } },
    ],
    bands: [{ series: [2, 1], fill: colour("--chart-fill") }],
    axes: [
      { ...axis, space: 72, values: axisTime },
      { ...axis, size: 64, label: "kW", labelFont: font, labelSize: 18, values: (u, splits) => splits.map((s) => number.format(s)) },
    ],
    hooks: {
      drawClear: [(u) => drawBands(u, options, colour)],
      draw: [(u) => drawMarks(u, chart, colour, font)],
      setScale: [(u, key) => key === "x" && chart.plot && refine(chart)],
      setCursor: [(u) => say(u, chart, readout, locale, number)],
    },
  }, [chart.full.x, chart.full.low, chart.full.high], host);
  host.append(readout);
  chart.watch = new ResizeObserver(() => chart.plot.setSize({ width: Math.max(host.clientWidth, 200), height: 320 }));
  chart.watch.observe(host);
}

/** English with the day before the month, as the pages write it. */
function language() {
  const lang = document.documentElement.lang || "en";
  return lang === "en" ? "en-GB" : lang;
}

function drawBands(u, options, colour) {
  for (const band of options.bands) {
    const from = Math.max(u.valToPos(band.from, "x", true), u.bbox.left);
    const to = Math.min(u.valToPos(band.to, "x", true), u.bbox.left + u.bbox.width);
    if (to > from) {
      u.ctx.fillStyle = colour(`--band-${band.kind}`);
      u.ctx.fillRect(from, u.bbox.top, Math.max(to - from, 2), u.bbox.height);
    }
  }
}

function drawMarks(u, chart, colour, font) {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio || 1;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const mark of chart.options.lines) {
    const x = u.valToPos(mark.at, "x", true);
    stroke(ctx, colour(`--line-${mark.kind}`), 2 * ratio, [], x, bbox.top, x, bbox.top + bbox.height);
  }
  if (chart.options.limit !== null) {
    const y = u.valToPos(chart.options.limit, "y", true);
    stroke(ctx, colour("--text-2"), ratio, [6 * ratio, 4 * ratio], bbox.left, y, bbox.left + bbox.width, y);
    ctx.fillStyle = colour("--text-2");
    ctx.font = font.replace("12px", `${12 * ratio}px`);
    ctx.textAlign = "left";
    ctx.textBaseline = "bottom";
    ctx.fillText(chart.options.limitLabel, bbox.left + 6 * ratio, y - 3 * ratio);
  }
  ctx.fillStyle = colour("--mark-quality");
  const { x, quality } = chart.data;
  const width = Math.max(2 * ratio, u.valToPos(x[0] + chart.data.step, "x", true) - u.valToPos(x[0], "x", true));
  for (let i = 0; i < x.length; i++) {
    if (quality[i] !== 0) {
      ctx.fillRect(u.valToPos(x[i], "x", true), bbox.top + bbox.height - 6 * ratio, width, 6 * ratio);
    }
  }
  ctx.restore();
}

function stroke(ctx, colour, width, dash, x0, y0, x1, y1) {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.setLineDash(dash);
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.lineTo(x1, y1);
  ctx.stroke();
}

function say(u, chart, readout, locale, number) {
  const i = u.cursor.idx;
  if (i === null || i === undefined || chart.data.x[i] === undefined) {
    readout.textContent = "";
    return;
  }
  const { x, low, high, quality } = chart.data;
  const when = new Intl.DateTimeFormat(locale, { timeZone: chart.options.zone, dateStyle: "medium", timeStyle: "short", hour12: false }).format(new Date(x[i] * 1000));
  const load = high[i] === null ? "–" : low[i] === high[i] ? number.format(high[i]) : `${number.format(low[i])} – ${number.format(high[i])}`;
  const flags = chart.options.flags.filter((_, bit) => (quality[i] >>> bit) & 1);
  readout.textContent = [when, `${load} kW`, ...flags].join("  ·  ");
}

/** After a zoom into buckets, the visible part is fetched again, finer. */
function refine(chart) {
  clearTimeout(chart.timer);
  const { min, max } = chart.plot.scales.x;
  const [first, last] = ends(chart.full);
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

function show(chart, data, scale) {
  chart.data = data;
  const plot = chart.plot;
  chart.plot = null; // so that setting the scale is not taken for a zoom of the person's
  plot.batch(() => {
    plot.setData([data.x, data.low, data.high], false);
    plot.setScale("x", scale);
  });
  queueMicrotask(() => { if (!chart.dead) { chart.plot = plot; } });
}

function ends(data) {
  return [data.x[0], data.x[data.x.length - 1]];
}

function tell(chart, text, state) {
  const note = document.createElement("p");
  note.className = "empty";
  note.textContent = text;
  chart.host.replaceChildren(note);
  chart.host.dataset.ready = state;
  return 0;
}
