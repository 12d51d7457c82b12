// SPDX-License-Identifier: Apache-2.0
// Fetches the binary of /api/v1/meters/{meter}/series and makes it ready to draw; and asks the API for what other pictures need.

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

/** A line breaks at null only: values that are missing, and times that are missing, become null and are kept as gaps. */
function withGaps(raw) {
  const step = usualStep(raw);
  const out = { count: raw.count, arrived: raw.arrived, bucketed: raw.bucketed, resolution: raw.resolution, step, x: [], low: [], high: [], quality: [], gaps: [] };
  let missingSince = null;
  for (let i = 0; i < raw.count; i++) {
    const at = raw.seconds[i];
    const missing = Number.isNaN(raw.high[i]);
    if (i > 0 && at - raw.seconds[i - 1] > 1.75 * step) {
      const from = raw.seconds[i - 1] + step;
      add(out, from, null, null, 0);
      missingSince ??= from;
    }
    if (missing) {
      missingSince ??= at;
    } else if (missingSince !== null) {
      out.gaps.push([missingSince, at]);
      missingSince = null;
    }
    add(out, at, missing ? null : raw.low[i], missing ? null : raw.high[i], raw.quality[i]);
  }
  if (missingSince !== null) {
    out.gaps.push([missingSince, raw.seconds[raw.count - 1] + step]);
  }
  return out;
}

function usualStep(raw) {
  const steps = new Float64Array(Math.max(0, raw.count - 1));
  for (let i = 1; i < raw.count; i++) {
    steps[i - 1] = raw.seconds[i] - raw.seconds[i - 1];
  }
  return steps.length > 0 ? steps.sort()[steps.length >> 1] : 0;
}

function add(out, x, low, high, quality) {
  out.x.push(x);
  out.low.push(low);
  out.high.push(high);
  out.quality.push(quality);
}
