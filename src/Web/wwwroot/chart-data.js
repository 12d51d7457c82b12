// SPDX-License-Identifier: Apache-2.0
// Fetches the binary of /api/v1/meters/{meter}/series and makes it ready to draw; and asks the API for what other pictures need.

const mostSteps = 2000;

/** The answer to a call of the API; throws where it is not one of success. */
export async function ask(url) {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) {
    throw new Error(`HTTP ${answer.status}`);
  }
  return answer;
}

/**
 * @param {string} url
 * @returns {Promise<Series>} x in Unix seconds; low and high in kW, null where there is none; gaps as [from, to] pairs; arrived: when the answer was all there, on the page's clock.
 */
export async function load(url) {
  const answer = await ask(url);
  const buffer = await answer.arrayBuffer();
  const arrived = performance.now();
  const [count, bucketed] = new Uint32Array(buffer, 0, 2);
  return withGaps({
    count,
    arrived,
    resolution: answer.headers.get("Detector-Resolution") ?? "readings",
    bucketed: bucketed === 1,
    seconds: new Float64Array(buffer, 8, count),
    low: new Float32Array(buffer, 8 + 8 * count, count),
    high: new Float32Array(buffer, 8 + 12 * count, count),
    quality: new Uint32Array(buffer, 8 + 16 * count, count),
  });
}

/** First and last moment of a series. */
export function ends(series) {
  return [series.x[0], series.x[series.x.length - 1]];
}

/**
 * A line breaks at null only: values that are missing, and times that are missing, become null and are kept as gaps. Without any, the points stay in the arrays that they came in, and
 * else in arrays of their final length: growing four of them point by point took longer than all the drawing.
 */
function withGaps(raw) {
  const step = usualStep(raw);
  const { count, seconds, bucketed } = raw;
  const isLate = (i) => i > 0 && seconds[i] - seconds[i - 1] > 1.75 * step;
  let [late, missing] = [0, 0];
  for (let i = 0; i < count; i++) {
    late += isLate(i) ? 1 : 0;
    missing += Number.isNaN(raw.high[i]) ? 1 : 0;
  }
  if (late + missing === 0) {
    return { ...raw, step, x: seconds, gaps: [] };
  }
  const length = count + late;
  const [x, quality, high, gaps] = [new Float64Array(length), new Uint32Array(length), new Array(length).fill(null), []];
  const low = bucketed ? new Array(length).fill(null) : high; // readings as they are have one value
  let [at, missingSince] = [0, null];
  for (let i = 0; i < count; i++, at++) {
    if (isLate(i)) {
      x[at] = seconds[i - 1] + step;
      missingSince ??= x[at];
      at++;
    }
    x[at] = seconds[i];
    quality[at] = raw.quality[i];
    if (Number.isNaN(raw.high[i])) {
      missingSince ??= x[at];
      continue;
    }
    if (missingSince !== null) {
      gaps.push([missingSince, x[at]]);
      missingSince = null;
    }
    high[at] = raw.high[i];
    low[at] = bucketed ? raw.low[i] : high[at];
  }
  if (missingSince !== null) {
    gaps.push([missingSince, seconds[count - 1] + step]);
  }
  return { ...raw, step, x, low, high, quality, gaps };
}

/** The median of steps, of runs of them that are spread over all where there are many: sorting all took a good part of a first drawing, and single ones could all be of one phase of a rhythm. */
function usualStep({ count, seconds }) {
  const steps = [];
  const runs = count > mostSteps ? 20 : 1;
  const length = Math.min(count - 1, mostSteps) / runs;
  for (let run = 0; run < runs; run++) {
    const from = 1 + Math.floor(run * (count - 1) / runs);
    for (let i = from; i < from + length; i++) {
      steps.push(seconds[i] - seconds[i - 1]);
    }
  }
  return steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0;
}
