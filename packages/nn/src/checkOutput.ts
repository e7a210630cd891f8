// Losses take logits: softmax and sigmoid are part of the losses that go with them. What a model ends in is checked against its loss.
import type { Loss } from "./losses/Loss.ts";
import type { NamedLayer } from "./nameLayers.ts";
import { NnError } from "./NnError.ts";

/** Throws an NnError, with the layer's name, where an activation doesn't go with its place or with the loss. */
export function checkOutput(layers: readonly NamedLayer[], loss: Loss): void {
  layers.forEach(({ name, description }, index) => {
    const last = index === layers.length - 1;
    if (description.activation === "softmax") {
      if (!last) throw new NnError(`${name}: softmax is for the output of the last layer; use another activation here`);
      if (loss.output !== "softmax")
        throw new NnError(`${name}: softmax goes with the loss softmaxCrossEntropy; leave it out with ${loss.name}, or change the loss`);
    }
    if (last && description.activation === "sigmoid" && loss.output === "sigmoid")
      throw new NnError(`${name}: ${loss.name} takes logits and contains the sigmoid; leave it out, predictions are probabilities anyway`);
  });
}
