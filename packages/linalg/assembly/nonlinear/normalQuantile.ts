// The inverse of the normal distribution function, Φ⁻¹(u): it turns uniforms into normals, one for one.
// Wichura, "Algorithm AS 241", routine PPND7 (about 1 part in 10⁷): rational functions in three regions.
import { log4 } from "./log";

// @ts-ignore: decorator
@inline
function central(q: f32): f32 {
  const r: f32 = 0.180625 - q * q;
  const numerator: f32 = ((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179;
  const denominator: f32 = ((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1;
  return (q * numerator) / denominator;
}

function tail(p: f32): f32 {
  let r: f32 = sqrt(-f32x4.extract_lane(log4(f32x4.splat(p)), 0));
  if (r <= 5) {
    r -= 1.6;
    const numerator: f32 = ((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777;
    const denominator: f32 = (0.12021132975 * r + 0.73700164250) * r + 1;
    return numerator / denominator;
  }
  r -= 5;
  const numerator: f32 = ((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150;
  const denominator: f32 = (0.012258202635 * r + 0.24197894225) * r + 1;
  return numerator / denominator;
}

/** y = Φ⁻¹(u) over `count` elements, 0 < u < 1; y may be u. */
export function normalQuantile(count: i32, u: usize, y: usize): void {
  for (const end = u + ((count as usize) << 2); u < end; u += 4, y += 4) {
    const p = load<f32>(u);
    const q: f32 = p - 0.5;
    if (abs(q) <= 0.425) store<f32>(y, central(q));
    else store<f32>(y, q < 0 ? -tail(p) : tail(1 - p));
  }
}
