// Numbers as people read them, the same in the console and in the pictures. No locale takes part.

/** A cost or an error: four decimals from 0.1 on, seven significant digits from 1,000 on, four below 0.1, an exponent where it is huge or tiny. */
export function formatCost(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 1e6 || (size > 0 && size < 1e-4)) return value.toExponential(3);
  if (size >= 1000) return value.toPrecision(7);
  return size === 0 || size >= 0.1 ? value.toFixed(4) : value.toPrecision(4);
}

/** A fraction 0..1 in percent; `NaN` as it is. */
export function formatPercent(fraction: number, decimals: number): string {
  return Number.isNaN(fraction) ? "NaN" : `${(fraction * 100).toFixed(decimals)}%`;
}

/** A whole number with commas between its thousands. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** A rate to three significant digits: `412`, `41.2k`, `1.24M`. */
export function formatRate(rate: number): string {
  if (!Number.isFinite(rate)) return String(rate);
  for (const [unit, suffix] of [
    [1e9, "G"],
    [1e6, "M"],
    [1e3, "k"],
  ] as const) {
    // 999.5 of the smaller unit would round to a fourth digit.
    if (rate >= 0.9995 * unit) return `${threeDigits(rate / unit)}${suffix}`;
  }
  return threeDigits(rate);
}

/** A duration in seconds as its two largest units: `45s`, `1m23s`, `2h05m`, `3d04h`. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m${twoDigits(whole % 60)}s`;
  if (whole < 86_400) return `${Math.floor(whole / 3600)}h${twoDigits(Math.floor((whole % 3600) / 60))}m`;
  return `${Math.floor(whole / 86_400)}d${twoDigits(Math.floor((whole % 86_400) / 3600))}h`;
}

function threeDigits(value: number): string {
  return value >= 99.95 ? value.toFixed(0) : value >= 9.995 ? value.toFixed(1) : value.toFixed(2);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
