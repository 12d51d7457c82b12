// SPDX-License-Identifier: Apache-2.0
// What every picture of the console shares: colours of the theme, the page's language, axes, overlays.

/** English with the day before the month, as the pages write it. */
export function language() {
  const lang = document.documentElement.lang || "en";
  return lang === "en" ? "en-GB" : lang;
}

/** Reads colours of the theme by their css names. */
export function palette(host) {
  const style = getComputedStyle(host);
  return (name) => style.getPropertyValue(name).trim();
}

/** The page's own font for canvas text, which does not inherit it. */
export function font(size = 12) {
  return `${size}px ${getComputedStyle(document.body).fontFamily}`;
}

/** A number as the page's language writes it. */
export function numbers(digits = 5) {
  return new Intl.NumberFormat(language(), { maximumSignificantDigits: digits });
}

/** Common settings of an axis. */
export function axis(colour) {
  return { stroke: colour("--text-2"), font: font(), grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line"), width: 1, size: 5 } };
}

/** Labels of a time axis in a zone: years, days or clock, whatever the step shows. */
export function timeLabels(zone) {
  const tick = (choice) => new Intl.DateTimeFormat(language(), { timeZone: zone, ...choice });
  const [clock, second, day, month] = [
    tick({ hour: "2-digit", minute: "2-digit", hour12: false }), tick({ hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false }),
    tick({ day: "numeric", month: "short" }), tick({ month: "short", year: "numeric" })];
  const midnight = tick({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return (u, splits, i, space, step) => splits.map((s) => {
    const moment = new Date(s * 1000);
    if (step >= 28 * 86400) {
      return month.format(moment);
    }
    if (step >= 86400 || (step >= 3600 && midnight.format(moment) === "00:00")) {
      return day.format(moment);
    }
    return (step < 60 ? second : clock).format(moment);
  });
}

/** Paints a stretch of time over the whole height, under the line. */
export function drawBand(u, from, to, fill) {
  const left = Math.max(u.valToPos(from, "x", true), u.bbox.left);
  const right = Math.min(u.valToPos(to, "x", true), u.bbox.left + u.bbox.width);
  if (right > left) {
    u.ctx.fillStyle = fill;
    u.ctx.fillRect(left, u.bbox.top, Math.max(right - left, 2), u.bbox.height);
  }
}

/** A line from one point of the canvas to another. */
export function drawLine(ctx, colour, width, dash, x0, y0, x1, y1) {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.setLineDash(dash);
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.lineTo(x1, y1);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** Diagonal hatching, so that a gap is told apart without colour. */
export function hatching(ctx, colour, ratio) {
  const tile = document.createElement("canvas");
  const size = Math.round(8 * ratio);
  tile.width = tile.height = size;
  const pen = tile.getContext("2d");
  pen.strokeStyle = colour;
  pen.lineWidth = ratio;
  pen.beginPath();
  pen.moveTo(0, size);
  pen.lineTo(size, 0);
  pen.moveTo(-1, 1);
  pen.lineTo(1, -1);
  pen.moveTo(size - 1, size + 1);
  pen.lineTo(size + 1, size - 1);
  pen.stroke();
  return ctx.createPattern(tile, "repeat");
}

/** Puts one sentence where a picture would be. */
export function tell(host, text, state) {
  const note = document.createElement("p");
  note.className = "empty";
  note.textContent = text;
  host.replaceChildren(note);
  host.dataset.ready = state;
}

/** The width that a picture has in an element. */
export function widthIn(host) {
  return Math.max(host.clientWidth, 200);
}

/** Calls back with the width in an element whenever it is another than a picture was drawn in; answers the observer. */
export function followWidth(host, drawn, resize) {
  const watch = new ResizeObserver(() => {
    if (widthIn(host) !== drawn) { // an observer also calls when it begins, and what was just drawn would be drawn again
      drawn = widthIn(host);
      resize(drawn);
    }
  });
  watch.observe(host);
  return watch;
}
