// SPDX-License-Identifier: Apache-2.0
// The whole history as a strip under the chart; its window is dragged with a mouse, a finger or a pen.
import uPlot from "./lib/uplot/uPlot.esm.js";
import { ends } from "./chart-data.js";
import { axis, palette, timeLabels, widthIn } from "./chart-style.js";

const height = 64;

/**
 * @param {HTMLElement} host
 * @param {object} series as chart-data.js makes it
 * @param {{zone: string, label: string, look: (min: number, max: number) => void}} options
 */
export function addOverview(host, series, options) {
  const colour = palette(host);
  const strip = document.createElement("div");
  strip.className = "chart-overview";
  strip.title = options.label;
  host.append(strip);
  const frame = document.createElement("div");
  frame.className = "chart-frame";
  let data = series;
  let window = ends(series);
  const plot = new uPlot({
    width: widthIn(host),
    height,
    tzDate: (ts) => uPlot.tzDate(new Date(ts * 1000), options.zone),
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: true }, y: { range: (u, low, high) => [Math.min(0, low ?? 0), Math.max(1.05 * (high ?? 1), 0.001)] } },
    series: [{}, { stroke: colour("--chart-line"), width: 0.75, points: { show: false } }],
    axes: [{ ...axis(colour), space: 90, size: 20, grid: { show: false }, ticks: { show: false }, gap: 2, values: timeLabels(options.zone) }, { show: true, size: 82, values: () => [], grid: { show: false }, ticks: { show: false } }],
    hooks: { draw: [() => place()] },
  }, [series.x, series.high], strip);
  plot.over.append(frame);
  function place() {
    const left = Math.max(0, plot.valToPos(window[0], "x"));
    frame.style.left = `${left}px`;
    frame.style.width = `${Math.max(6, Math.min(plot.over.clientWidth, plot.valToPos(window[1], "x")) - left)}px`;
    frame.classList.toggle("all", window[1] - window[0] > 0.98 * (ends(data)[1] - ends(data)[0]));
  }
  drag(plot, frame, () => window, (min, max) => options.look(min, max));
  return {
    setWindow(min, max) {
      window = [min, max];
      place();
    },
    setData(next) {
      data = next;
      plot.setData([next.x, next.high]);
      place();
    },
    setWidth(width) {
      plot.setSize({ width, height });
      place();
    },
    destroy() {
      plot.destroy();
      strip.remove();
    },
  };
}

/** On the frame a drag moves it; beside it, a drag draws a new one, and a click centres it there. */
function drag(plot, frame, window, look) {
  let grip = null;
  const at = (event) => plot.posToVal(event.clientX - plot.over.getBoundingClientRect().left, "x");
  plot.over.addEventListener("pointerdown", (event) => {
    const moving = event.target === frame && !frame.classList.contains("all");
    grip = { start: at(event), window: window(), moving };
    plot.over.setPointerCapture(event.pointerId);
    event.preventDefault();
    event.stopPropagation();
  });
  plot.over.addEventListener("pointermove", (event) => {
    if (grip === null) {
      return;
    }
    const now = at(event);
    if (grip.moving) {
      look(grip.window[0] + now - grip.start, grip.window[1] + now - grip.start);
    } else if (Math.abs(now - grip.start) > (grip.window[1] - grip.window[0]) / 200) {
      look(Math.min(now, grip.start), Math.max(now, grip.start));
      grip.drawn = true;
    }
  });
  const end = (event) => {
    if (grip && !grip.moving && !grip.drawn && event.type === "pointerup") {
      const half = (grip.window[1] - grip.window[0]) / 2;
      look(grip.start - half, grip.start + half);
    }
    grip = null;
  };
  plot.over.addEventListener("pointerup", end);
  plot.over.addEventListener("pointercancel", end);
}
