// SPDX-License-Identifier: Apache-2.0
// Typical week, load duration and days by hour, from /api/v1/meters/{meter}/patterns.
import uPlot from "./lib/uplot/uPlot.esm.js";
import { axis, followWidth, font, language, numbers, palette, tell } from "./chart-style.js";

const shown = new WeakMap();

/**
 * Draws the three pictures into the elements that carry data-pattern="week", "duration" and "heat".
 * @param {HTMLElement} host
 * @param {{url: string, empty: string, failed: string, days: string[], share: string, typical: string}} options
 */
export async function mount(host, options) {
  if (!host) {
    return; // The page was left while this module was on its way.
  }
  dispose(host);
  const state = { host, dead: false, parts: [] };
  shown.set(host, state);
  host.dataset.ready = "loading";
  const place = (name) => host.querySelector(`[data-pattern="${name}"]`);
  let patterns;
  try {
    const answer = await fetch(options.url, { credentials: "same-origin" });
    if (!answer.ok) {
      throw new Error(`HTTP ${answer.status}`);
    }
    patterns = await answer.json();
  } catch {
    patterns = null;
  }
  if (state.dead) {
    return;
  }
  if (!patterns || patterns.hours === 0) {
    for (const name of ["week", "duration", "heat"]) {
      tell(place(name), patterns ? options.empty : options.failed, "none");
    }
    host.dataset.ready = patterns ? "empty" : "failed";
    return;
  }
  for (const name of ["week", "duration", "heat"]) {
    place(name).replaceChildren();
  }
  state.parts.push(drawWeek(place("week"), patterns, options), drawDuration(place("duration"), patterns, options), drawHeat(place("heat"), patterns, options));
  host.dataset.ready = "true";
}

/** Removes the pictures and whatever they listen to. */
export function dispose(host) {
  const state = shown.get(host);
  if (state) {
    state.dead = true;
    state.parts.forEach((remove) => remove());
    shown.delete(host);
  }
}

function readout(place) {
  const line = document.createElement("div");
  line.className = "chart-readout";
  place.append(line);
  return line;
}

function drawWeek(place, patterns, options) {
  const colour = palette(place);
  const number = numbers();
  const line = readout(place);
  const x = patterns.week.map((_, i) => i);
  const ink = { stroke: colour("--chart-line"), points: { show: false } };
  const hour = (i) => `${options.days[Math.floor(i / 24)]} ${String(i % 24).padStart(2, "0")}:00`;
  const plot = new uPlot({
    width: Math.max(place.clientWidth, 200),
    height: 220,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { size: 6 } },
    scales: { x: { time: false, range: [0, 167] }, y: { range: (u, low, high) => [Math.min(0, low ?? 0), Math.max(1.08 * (high ?? 1), 0.001)] } },
    series: [{}, { ...ink, width: 0 }, { ...ink, width: 0 }, { ...ink, width: 1.75 }],
    bands: [{ series: [2, 1], fill: colour("--chart-fill") }],
    axes: [
      { ...axis(colour), size: 30, splits: () => [0, 24, 48, 72, 96, 120, 144], values: (u, splits) => splits.map((s) => options.days[s / 24]), align: 1 },
      { ...axis(colour), size: 60, label: "kW", labelFont: font(), labelSize: 16, values: (u, splits) => splits.map((s) => number.format(s)) },
    ],
    hooks: {
      setCursor: [(u) => {
        const at = patterns.week[u.cursor.idx ?? -1];
        line.textContent = at?.median == null ? "" : `${hour(u.cursor.idx)}  ·  ${number.format(at.median)} kW (${number.format(at.low)} – ${number.format(at.high)})`;
      }],
    },
  }, [x, patterns.week.map((h) => h.low), patterns.week.map((h) => h.high), patterns.week.map((h) => h.median)], place);
  const watch = followWidth(place, (width) => plot.setSize({ width, height: 220 }));
  return () => { watch.disconnect(); plot.destroy(); place.replaceChildren(); };
}

function drawDuration(place, patterns, options) {
  const colour = palette(place);
  const number = numbers();
  const line = readout(place);
  const plot = new uPlot({
    width: Math.max(place.clientWidth, 200),
    height: 220,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { size: 6 } },
    scales: { x: { time: false, range: [0, 100] }, y: { range: (u, low, high) => [Math.min(0, low ?? 0), Math.max(1.08 * (high ?? 1), 0.001)] } },
    series: [{}, { stroke: colour("--chart-line"), fill: colour("--chart-fill"), width: 1.75, points: { show: false } }],
    axes: [
      { ...axis(colour), size: 30, splits: () => [0, 25, 50, 75, 100], values: (u, splits) => splits.map((s) => `${s} %`) },
      { ...axis(colour), size: 60, label: "kW", labelFont: font(), labelSize: 16, values: (u, splits) => splits.map((s) => number.format(s)) },
    ],
    hooks: {
      setCursor: [(u) => {
        const at = patterns.duration[u.cursor.idx ?? -1];
        line.textContent = at === undefined ? "" : options.share.replace("{0}", number.format(at)).replace("{1}", String(u.cursor.idx));
      }],
    },
  }, [patterns.duration.map((_, i) => i), patterns.duration], place);
  const watch = followWidth(place, (width) => plot.setSize({ width, height: 220 }));
  return () => { watch.disconnect(); plot.destroy(); place.replaceChildren(); };
}

const heat = { left: 44, top: 4, bottom: 22, row: 7 };

function drawHeat(place, patterns, options) {
  const line = readout(place);
  const canvas = document.createElement("canvas");
  place.append(canvas);
  const known = patterns.days.flatMap((d) => d.kw).filter((v) => v !== null).sort((a, b) => a - b);
  const low = known[Math.floor(known.length * 0.01)];
  const high = known[Math.ceil((known.length - 1) * 0.99)];
  const view = { canvas, patterns, low, high, colour: palette(place) };
  addScale(place, low, high);
  const watch = followWidth(place, (width) => paint(view, width));
  paint(view, Math.max(place.clientWidth, 200));
  const number = numbers();
  const date = new Intl.DateTimeFormat(language(), { timeZone: "UTC", weekday: "short", day: "numeric", month: "short", year: "numeric" });
  canvas.onpointermove = (event) => {
    const box = canvas.getBoundingClientRect();
    const day = patterns.days[Math.floor((event.clientX - box.left - heat.left) / view.column)];
    const hour = Math.floor((event.clientY - box.top - heat.top) / heat.row);
    const value = day && hour >= 0 && hour < 24 ? day.kw[hour] : undefined;
    line.textContent = value === undefined ? "" : `${date.format(new Date(`${day.day}T00:00:00Z`))}, ${String(hour).padStart(2, "0")}:00  ·  ${value === null ? options.empty : `${number.format(value)} kW`}`;
  };
  canvas.onpointerleave = () => { line.textContent = ""; };
  return () => { watch.disconnect(); place.replaceChildren(); };
}

/** From pale to deep in one hue, so that it reads without telling colours apart. */
function shade(view, value) {
  const share = view.high > view.low ? Math.min(1, Math.max(0, (value - view.low) / (view.high - view.low))) : 0.5;
  return `color-mix(in oklab, ${view.colour("--heat-low")}, ${view.colour("--heat-high")} ${Math.round(share * 100)}%)`;
}

function paint(view, width) {
  const { canvas, patterns, colour } = view;
  const ratio = devicePixelRatio || 1;
  const height = heat.top + 24 * heat.row + heat.bottom;
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const pen = canvas.getContext("2d");
  pen.scale(ratio, ratio);
  view.column = Math.min(16, (width - heat.left - 4) / patterns.days.length);
  const shades = Array.from({ length: 41 }, (_, i) => shade(view, view.low + (i / 40) * (view.high - view.low)));
  patterns.days.forEach((day, d) => day.kw.forEach((value, h) => {
    if (value !== null) {
      const share = view.high > view.low ? (value - view.low) / (view.high - view.low) : 0.5;
      pen.fillStyle = shades[Math.round(40 * Math.min(1, Math.max(0, share)))];
      pen.fillRect(heat.left + d * view.column, heat.top + h * heat.row, Math.max(view.column - (view.column > 5 ? 1 : 0), 0.5), heat.row - 1);
    }
  }));
  label(view, pen, colour);
}

function label(view, pen, colour) {
  pen.fillStyle = colour("--text-2");
  pen.font = font();
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  for (const hour of [0, 6, 12, 18]) {
    pen.fillText(`${String(hour).padStart(2, "0")}:00`, heat.left - 6, heat.top + (hour + 0.5) * heat.row);
  }
  pen.textAlign = "left";
  pen.textBaseline = "top";
  const date = new Intl.DateTimeFormat(language(), { timeZone: "UTC", day: "numeric", month: "short" });
  let free = 0;
  view.patterns.days.forEach((day, d) => {
    const x = heat.left + d * view.column;
    if (x >= free && x < pen.canvas.clientWidth - 44 && new Date(`${day.day}T00:00:00Z`).getUTCDay() === 1) {
      const text = date.format(new Date(`${day.day}T00:00:00Z`));
      pen.fillText(text, x, heat.top + 24 * heat.row + 5);
      free = x + pen.measureText(text).width + 18;
    }
  });
}

function addScale(place, low, high) {
  const number = numbers(3);
  const key = document.createElement("div");
  key.className = "heat-scale";
  const [from, bar, to] = [document.createElement("span"), document.createElement("span"), document.createElement("span")];
  from.textContent = `${number.format(low)} kW`;
  bar.className = "ramp";
  to.textContent = `${number.format(high)} kW`;
  key.append(from, bar, to);
  place.append(key);
}
