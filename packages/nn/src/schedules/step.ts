import { checkEpochs, checkShare, fixed, power, type Schedule } from "./Schedule.ts";

/** Each `every` epochs, times `factor` (0.1 by default, as PyTorch's StepLR). Throws an NnError on options out of range. */
export function step(options: { readonly every: number; readonly factor?: number }): Schedule {
  const { every, factor = 0.1 } = options;
  checkEpochs("step", "every", every);
  checkShare("step", "factor", factor);
  return fixed((epoch) => power(factor, Math.floor((epoch - 1) / every)));
}
