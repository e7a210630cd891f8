import { checkShare, fixed, power, type Schedule } from "./Schedule.ts";

/** After each epoch, times `factor` (PyTorch's ExponentialLR). Throws an NnError unless it is from 0 to 1. */
export function exponential(options: { readonly factor: number }): Schedule {
  checkShare("exponential", "factor", options.factor);
  return fixed((epoch) => power(options.factor, epoch - 1));
}
