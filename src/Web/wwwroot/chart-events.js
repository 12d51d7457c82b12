// SPDX-License-Identifier: Apache-2.0
// Dips, outages and change points in the load chart, from /api/v1/meters/{meter}/load-events.
import { ask } from "./chart-data.js";
import { drawBand, drawLine, font } from "./chart-style.js";

const outage = 0.5; // of the rhythm: deeper dips are shaded over the whole height

/** @returns {Promise<{dips: {from: number, to: number, depth: number}[], steps: {at: number, kilowatts: number}[]}>} Times in Unix seconds. */
export async function loadEvents(url) {
  const { dips, steps } = await (await ask(url)).json();
  return {
    dips: dips.map((dip) => ({ from: seconds(dip.from), to: seconds(dip.to), depth: dip.depth })),
    steps: steps.map((step) => ({ at: seconds(step.at), kilowatts: step.kilowatts })),
  };
}

/** What lies under the load: the hours of an outage. */
export function drawOutages(u, events, colour) {
  for (const dip of events.dips.filter((dip) => dip.depth >= outage)) {
    drawBand(u, dip.from, dip.to, colour("--band-dip"));
  }
}

/** What lies over it: a mark at the top for each dip, a line with its size for each change point. */
export function drawEvents(u, events, colour, number) {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio || 1;
  ctx.fillStyle = colour("--mark-dip");
  for (const dip of events.dips) {
    const left = u.valToPos(dip.from, "x", true);
    ctx.fillRect(left, bbox.top, Math.max(2 * ratio, u.valToPos(dip.to, "x", true) - left), 6 * ratio);
  }
  ctx.font = font(12 * ratio);
  ctx.textBaseline = "top";
  for (const step of events.steps) {
    const x = u.valToPos(step.at, "x", true);
    drawLine(ctx, colour("--line-step"), 1.5 * ratio, [3 * ratio, 3 * ratio], x, bbox.top, x, bbox.top + bbox.height);
    const text = signed(step, number);
    const fits = x + 4 * ratio + ctx.measureText(text).width <= bbox.left + bbox.width;
    ctx.fillStyle = colour("--line-step");
    ctx.textAlign = fits ? "left" : "right";
    ctx.fillText(text, x + (fits ? 4 : -4) * ratio, bbox.top + 8 * ratio);
  }
}

/** What is to be said of a moment, or of a point that stands for a time from it on. */
export function eventsAt(events, at, width, labels, number) {
  return [
    ...events.dips.filter((dip) => at < dip.to && at + width > dip.from).map((dip) => labels.dip.replace("{0}", number.format(Math.round(100 * dip.depth)))),
    ...events.steps.filter((step) => step.at >= at && step.at < at + width).map((step) => labels.step.replace("{0}", signed(step, number))),
  ];
}

function signed(step, number) {
  return `${step.kilowatts < 0 ? "−" : "+"}${number.format(Math.abs(Number(step.kilowatts.toPrecision(3))))} kW`;
}

function seconds(text) {
  return Date.parse(text) / 1000;
}
