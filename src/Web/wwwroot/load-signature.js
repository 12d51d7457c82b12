// SPDX-License-Identifier: Apache-2.0
// Each day's load over its outdoor temperature, and the line through them, from /api/v1/meters/{meter}/energy-signature.
import { ask } from "./chart-data.js";
import { followWidth, language, numbers, tell, widthIn } from "./chart-style.js";

const shown = new WeakMap();
const space = { left: 62, right: 12, top: 12, bottom: 40, height: 240 };
const least = 0.05; // of the differences between days: less than that is told as nothing
const svg = "http://www.w3.org/2000/svg";

/**
 * @param {HTMLElement} host Holds [data-picture] and [data-words].
 * @param {{url: string, failed: string, lacks: {region: string, temperatures: string, readings: string}, tooFew: string, follows: string, followsNot: string, heatingMore: string, heatingLess: string, coolingMore: string, coolingLess: string, noPart: string, axis: string}} options
 */
export async function mount(host, options) {
  if (!host) {
    return; // The page was left while this module was on its way.
  }
  dispose(host);
  const state = { dead: false, watch: null };
  shown.set(host, state);
  const place = host.querySelector("[data-picture]");
  const words = host.querySelector("[data-words]");
  host.dataset.ready = "loading";
  let answer;
  try {
    answer = await (await ask(options.url)).json();
  } catch {
    answer = null;
  }
  if (state.dead) {
    return;
  }
  words.textContent = "";
  if (!answer || answer.days.length === 0) {
    tell(place, answer ? options.lacks[answer.lacks].replace("{0}", answer.region) : options.failed, "none");
    host.dataset.ready = answer ? "empty" : "failed";
    return;
  }
  words.textContent = inWords(answer.signature, options);
  place.setAttribute("aria-label", words.textContent);
  const paint = (width) => place.replaceChildren(draw(answer, options, width));
  const drawn = widthIn(place);
  paint(drawn);
  state.watch = followWidth(place, drawn, paint);
  host.dataset.ready = "true";
}

/** Removes the picture and whatever it listens to. */
export function dispose(host) {
  const state = shown.get(host);
  if (state) {
    state.dead = true;
    state.watch?.disconnect();
    shown.delete(host);
  }
}

function inWords(signature, options) {
  if (!signature) {
    return options.tooFew;
  }
  const share = (value) => String(Math.round(100 * value));
  if (signature.explained < least) {
    return `${options.followsNot.replace("{0}", share(signature.explained))} ${options.noPart}`;
  }
  const number = numbers(3);
  const branch = (slope, at, more, less) => (slope >= 0 ? more : less).replace("{0}", number.format(Math.abs(slope))).replace("{1}", number.format(at));
  return [
    options.follows.replace("{0}", share(signature.explained)),
    branch(signature.heating_kilowatts_per_kelvin, signature.heating_below_celsius, options.heatingMore, options.heatingLess),
    branch(signature.cooling_kilowatts_per_kelvin, signature.cooling_above_celsius, options.coolingMore, options.coolingLess),
    options.noPart,
  ].join(" ");
}

function draw({ days, signature }, options, width) {
  const temperatures = days.map((d) => d.celsius);
  const cold = 5 * Math.floor(Math.min(...temperatures) / 5);
  const warm = Math.max(5 * Math.ceil(Math.max(...temperatures) / 5), cold + 5);
  const steps = scale(Math.max(...days.map((d) => d.kilowatts), 0.001));
  const high = steps.at(-1);
  const x = (celsius) => space.left + ((celsius - cold) / (warm - cold)) * (width - space.left - space.right);
  const y = (kilowatts) => space.top + (1 - kilowatts / high) * (space.height - space.top - space.bottom);
  const picture = make("svg", { class: "signature", viewBox: `0 0 ${width} ${space.height}`, width, height: space.height, "aria-hidden": "true" });
  const number = numbers(4);
  for (const value of steps) {
    picture.append(make("line", { class: "grid", x1: space.left, x2: width - space.right, y1: y(value), y2: y(value) }), label(number.format(value), space.left - 8, y(value) + 4, "end"));
  }
  const every = warm - cold > 25 ? 10 : 5;
  for (let value = every * Math.ceil(cold / every); value <= warm; value += every) {
    picture.append(make("line", { class: "grid", x1: x(value), x2: x(value), y1: y(0), y2: y(0) + 4 }), label(number.format(value), x(value), y(0) + 18, "middle"));
  }
  picture.append(label(options.axis, (space.left + width - space.right) / 2, space.height - 6, "middle"), label("kW", 2, space.top + 2, "start"));
  const date = new Intl.DateTimeFormat(language(), { timeZone: "UTC", weekday: "short", day: "numeric", month: "short", year: "numeric" });
  for (const day of days) {
    const at = new Date(`${day.day}T00:00:00Z`);
    const point = make("circle", { class: at.getUTCDay() % 6 === 0 ? "rest" : "work", cx: x(day.celsius), cy: y(Math.max(0, day.kilowatts)), r: 3 });
    const title = make("title", {});
    title.textContent = `${date.format(at)}  ·  ${number.format(day.celsius)} °C  ·  ${number.format(day.kilowatts)} kW`;
    point.append(title);
    picture.append(point);
  }
  if (signature && signature.explained >= least) {
    const corners = [cold, signature.heating_below_celsius, signature.cooling_above_celsius, warm].filter((t) => t >= cold && t <= warm);
    picture.append(make("polyline", { class: "fit", points: corners.map((t) => `${x(t)},${y(Math.max(0, at(signature, t)))}`).join(" ") }));
  }
  return picture;
}

function at(signature, celsius) {
  return signature.base_kilowatts
    + signature.heating_kilowatts_per_kelvin * Math.max(0, signature.heating_below_celsius - celsius)
    + signature.cooling_kilowatts_per_kelvin * Math.max(0, celsius - signature.cooling_above_celsius);
}

/** Zero to a round number over the highest. */
function scale(highest) {
  const size = 10 ** Math.floor(Math.log10(highest / 2));
  const step = [1, 2, 5, 10].map((m) => m * size).find((s) => highest / s <= 5);
  return Array.from({ length: Math.ceil((1.02 * highest) / step) + 1 }, (_, i) => i * step);
}

function make(name, attributes) {
  const element = document.createElementNS(svg, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, String(value));
  }
  return element;
}

function label(text, x, y, anchor) {
  const element = make("text", { x, y, "text-anchor": anchor });
  element.textContent = text;
  return element;
}
