// SPDX-License-Identifier: Apache-2.0
// Typical week, load duration and days by hour, from /api/v1/meters/{meter}/patterns.
import uPlot from "./lib/uplot/uPlot.esm.js";
import { ask } from "./chart-data.js";
import { axis, followWidth, font, language, numbers, palette, tell, widthIn } from "./chart-style.js";

const shown = new WeakMap();

/**
 * Draws the three pictures into the elements that carry data-pattern="week", "duration" and "heat".
 * @param {HTMLElement} host
 * @param {{url: string, empty: string, failed: string, days: string[], spans: string[], share: string, title: string, honest: string, inside: string, allRecorded: string, someRecorded: string, noReference: string}} options
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
    patterns = await (await ask(options.url)).json();
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
  for (const [name, drawPart] of [["week", drawWeek], ["duration", drawDuration], ["heat", drawHeat]]) {
    state.parts.push(drawPart(place(name), patterns, options));
    await new Promise((next) => setTimeout(next)); // all in one go would hold up whoever zooms the load meanwhile
    if (state.dead) {
      return;
    }
  }
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

/** What a picture of hours shows: the whole week, or the typical working day and day of the weekend side by side. */
function hoursOf(patterns, span) {
  const both = (one) => span === "day" ? [...one.working_day, ...one.weekend] : one.week;
  return { own: both(patterns), honest: patterns.reference ? both(patterns.reference) : null };
}

function drawWeek(place, patterns, options) {
  let drawn = drawHours(place, patterns, options, "week");
  const buttons = [...place.closest("[data-testid=habits]").querySelectorAll("[data-span]")];
  const choose = (event) => {
    const span = event.currentTarget.dataset.span;
    drawn();
    drawn = drawHours(place, patterns, options, span);
    buttons.forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.span === span)));
  };
  buttons.forEach((b) => { b.disabled = false; b.addEventListener("click", choose); });
  tellReference(place, patterns, options);
  return () => { buttons.forEach((b) => b.removeEventListener("click", choose)); drawn(); };
}

function drawHours(place, patterns, options, span) {
  const colour = palette(place);
  const number = numbers(4);
  const line = readout(place);
  const { own, honest } = hoursOf(patterns, span);
  const x = own.map((_, i) => i);
  const ink = { stroke: colour("--chart-line"), points: { show: false } };
  const edge = { stroke: colour("--honest-line"), width: 1, dash: [4, 3], points: { show: false } };
  const day = (i) => span === "day" ? options.spans[i < 24 ? 0 : 1] : options.days[Math.floor(i / 24)];
  const hour = (i) => `${day(i)} ${String(i % 24).padStart(2, "0")}:00`;
  const ticks = span === "day" ? [0, 6, 12, 18, 24, 30, 36, 42] : [0, 24, 48, 72, 96, 120, 144];
  const tick = (s) => span === "week" ? options.days[s / 24] : s % 24 === 0 ? options.spans[s / 24] : `${s % 24}:00`;
  const reference = honest ?? own.map(() => ({ low: null, high: null }));
  const plot = new uPlot({
    width: widthIn(place),
    height: 220,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { size: 6 } },
    scales: { x: { time: false, range: [0, own.length - 1] }, y: { range: (u, low, high) => [Math.min(0, low ?? 0), Math.max(1.08 * (high ?? 1), 0.001)] } },
    series: [{}, edge, edge, { ...ink, width: 0 }, { ...ink, width: 0 }, { ...ink, width: 1.75 }],
    bands: [{ series: [2, 1], fill: colour("--honest-fill") }, { series: [4, 3], fill: colour("--chart-fill") }],
    axes: [
      { ...axis(colour), size: 30, splits: () => ticks, values: (u, splits) => splits.map(tick), align: 1 },
      { ...axis(colour), size: 60, label: "kW", labelFont: font(), labelSize: 16, values: (u, splits) => splits.map((s) => number.format(s)) },
    ],
    hooks: {
      setCursor: [(u) => {
        const [at, band] = [own[u.cursor.idx ?? -1], honest?.[u.cursor.idx ?? -1]];
        const usual = band ? `  ·  ${options.honest} ${number.format(band.low)} – ${number.format(band.high)} kW` : "";
        line.textContent = at?.median == null ? "" : `${hour(u.cursor.idx)}  ·  ${number.format(at.median)} kW (${number.format(at.low)} – ${number.format(at.high)})${usual}`;
      }],
    },
  }, [x, reference.map((h) => h.low), reference.map((h) => h.high), own.map((h) => h.low), own.map((h) => h.high), own.map((h) => h.median)], place);
  const watch = followWidth(place, plot.width, (width) => plot.setSize({ width, height: 220 }));
  return () => { watch.disconnect(); plot.destroy(); place.replaceChildren(); };
}

/** Says in words what the band shows and who stands behind it. */
function tellReference(place, patterns, options) {
  const card = place.closest(".card");
  const honest = patterns.reference;
  const say = (template, ...values) => values.reduce((text, value, i) => text.replaceAll(`{${i}}`, String(value)), template);
  const text = honest
    ? say(options.inside, honest.hours_inside, honest.hours_seen) + " " + say(honest.recorded_sites === honest.sites ? options.allRecorded : options.someRecorded, honest.sites, honest.recorded_sites)
    : options.noReference;
  card.querySelector("[data-reference-text]").textContent = text;
  place.setAttribute("aria-label", `${options.title}. ${text}`);
  card.querySelector("[data-reference-key]").hidden = !honest;
  const sources = card.querySelector("[data-reference-sources]");
  sources.hidden = !honest;
  sources.querySelector("ul").replaceChildren(...(honest?.sources ?? []).map((source) => {
    const item = document.createElement("li");
    item.textContent = `${source.title} (${source.sites}) · ${source.licence} · ${source.credit}`;
    return item;
  }));
}

function drawDuration(place, patterns, options) {
  const colour = palette(place);
  const number = numbers();
  const line = readout(place);
  const plot = new uPlot({
    width: widthIn(place),
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
  const watch = followWidth(place, plot.width, (width) => plot.setSize({ width, height: 220 }));
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
  const drawn = widthIn(place);
  paint(view, drawn);
  const watch = followWidth(place, drawn, (width) => paint(view, width));
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
