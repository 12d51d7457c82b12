// SPDX-License-Identifier: Apache-2.0
// The outdoor temperature in the load chart, from /api/v1/meters/{meter}/temperatures.
import { ask } from "./chart-data.js";
import { drawLine, font } from "./chart-style.js";

const ticks = [1, 2, 5, 10, 20];
const day = 86400;
const daysOfHours = 14; // in view; more of them would hide the load behind mornings and afternoons

/**
 * @param {string} url
 * @param {number} from First moment of the load, Unix seconds.
 * @param {number} to Last moment of it.
 * @returns {Promise<{from: number, step: number, celsius: (number|null)[], days: object, low: number, high: number}|null>} Null where nothing is known.
 */
export async function loadTemperatures(url, from, to) {
  const answer = await (await ask(`${url}?from=${Math.floor(from)}&to=${Math.ceil(to) + 1}`)).json();
  const known = answer.celsius.filter((value) => value !== null);
  if (known.length === 0) {
    return null;
  }
  const steps = { from: Date.parse(answer.from) / 1000, step: answer.step_seconds, celsius: answer.celsius };
  return { ...steps, days: daysOf(steps), low: known.reduce((a, b) => Math.min(a, b)), high: known.reduce((a, b) => Math.max(a, b)) };
}

/** Means of 24 hours each, of which half are known. */
function daysOf({ from, step, celsius }) {
  const size = day / step;
  const means = Array.from({ length: Math.ceil(celsius.length / size) }, (_, i) => {
    const known = celsius.slice(i * size, (i + 1) * size).filter((value) => value !== null);
    return known.length < size / 2 ? null : known.reduce((a, b) => a + b) / known.length;
  });
  return { from, step: day, celsius: means };
}

/** The temperature of a moment; null where unknown. */
export function celsiusAt(weather, at) {
  return weather?.celsius[Math.floor((at - weather.from) / weather.step)] ?? null;
}

/** A thin line over the load, on a scale of its own that stands at the right edge: hours, or days where many are in view. */
export function drawTemperature(u, weather, colour, number) {
  if (!weather) {
    return;
  }
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio || 1;
  const step = ticks.find((size) => (weather.high - weather.low) / size <= 5) ?? 50;
  const low = step * Math.floor(weather.low / step);
  const high = Math.max(step * Math.ceil(weather.high / step), low + step);
  const yOf = (value) => bbox.top + bbox.height * (1 - (value - low) / (high - low));
  ctx.strokeStyle = colour("--line-weather");
  ctx.lineWidth = 1.25 * ratio;
  ctx.beginPath();
  trace(u, u.scales.x.max - u.scales.x.min > daysOfHours * day ? weather.days : weather, yOf);
  ctx.stroke();
  ctx.font = font(11 * ratio);
  ctx.textAlign = "right";
  ctx.textBaseline = "middle";
  const right = bbox.left + bbox.width;
  for (let value = low + step; value < high; value += step) {
    drawLine(ctx, colour("--line-weather"), ratio, [], right - 5 * ratio, yOf(value), right, yOf(value));
    const text = `${number.format(value)} °C`;
    ctx.lineWidth = 4 * ratio; // a rim of the card's own colour, so that the number reads over the lines
    ctx.strokeStyle = colour("--surface");
    ctx.strokeText(text, right - 8 * ratio, yOf(value));
    ctx.fillStyle = colour("--line-weather");
    ctx.fillText(text, right - 8 * ratio, yOf(value));
  }
}

/** Only what is in view; the line breaks where a step is not known. */
function trace(u, weather, yOf) {
  const { min, max } = u.scales.x;
  const { from, step, celsius } = weather;
  const last = Math.min(celsius.length - 1, Math.ceil((max - from) / step));
  let broken = true;
  for (let i = Math.max(0, Math.floor((min - from) / step) - 1); i <= last; i++) {
    if (celsius[i] === null) {
      broken = true;
      continue;
    }
    const x = u.valToPos(from + (i + 0.5) * step, "x", true); // a mean stands at the middle of its time
    u.ctx[broken ? "moveTo" : "lineTo"](x, yOf(celsius[i]));
    broken = false;
  }
}
