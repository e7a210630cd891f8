// Half a wave of the cosine, by its series: engines differ in Math.cos.
import { checkEpochs, checkShare, fixed, type Schedule } from "./Schedule.ts";

/** π². */
const PI_SQUARED = 9.869604401089358;

/**
 * Down to `final` (0 by default) over `epochs` epochs: final + (1 − final)·½(1 + cos(π·(epoch − 1) / epochs)), then `final`
 * (Loshchilov and Hutter, 2017, without restarts; PyTorch's CosineAnnealingLR). Throws an NnError on options out of range.
 */
export function cosine(options: { readonly epochs: number; readonly final?: number }): Schedule {
  const { epochs, final = 0 } = options;
  checkEpochs("cosine", "epochs", epochs);
  checkShare("cosine", "final", final);
  return fixed((epoch) => (epoch > epochs ? final : final + (1 - final) * 0.5 * (1 + cosineOfTurn((epoch - 1) / epochs))));
}

// cos(πx) for 0 ≤ x ≤ 1: Σ (−1)ᵏ·(πx)²ᵏ / (2k)! up to π/2, where 12 terms reach the last bits of f64, and −cos(π(1 − x)) beyond.
function cosineOfTurn(x: number): number {
  if (x > 0.5) return -cosineOfTurn(1 - x);
  const square = PI_SQUARED * x * x;
  let sum = 1;
  for (let k = 12; k >= 1; k -= 1) sum = 1 - (sum * square) / ((2 * k - 1) * 2 * k);
  return sum;
}
