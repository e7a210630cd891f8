import { checkEpochs, type Schedule } from "./Schedule.ts";

/**
 * `epochs` epochs of a rate that grows evenly, epoch / (epochs + 1) of what `after` begins with, and then `after`, whose epoch 1 is the
 * next one. Throws an NnError unless `epochs` is at least 1.
 */
export function warmUp(options: { readonly epochs: number; readonly after: Schedule }): Schedule {
  const { epochs, after } = options;
  checkEpochs("warmUp", "epochs", epochs);
  return {
    factor: (epoch) => (epoch > epochs ? after.factor(epoch - epochs) : (epoch / (epochs + 1)) * after.factor(1)),
    observe(epoch, cost) {
      if (epoch > epochs) after.observe(epoch - epochs, cost);
    },
    get state() {
      return after.state;
    },
    set state(state) {
      after.state = state;
    },
  };
}
