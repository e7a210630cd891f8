// Whether the model fits the data, said in the config's words before anything is trained.
import type { Samples } from "@downhill/data";
import { activationName, layerFromConfig, type LossConfig, lossFromConfig, nameLayers, type NamedLayer } from "@downhill/nn";
import type { ModelSummary } from "@downhill/sinks";
import type { Config } from "../config/Config.ts";
import { EXIT, PipelineError } from "../PipelineError.ts";
import { sampleShape } from "../model/sampleShape.ts";
import type { ImageSize } from "./pictures.ts";
import { outputsOf } from "./loadSets.ts";

/** The model's layers for the data at hand. Throws a PipelineError (usage) if the last one can't give what the targets ask for. */
export function checkModel({ model }: Config, train: Samples, image?: ImageSize): NamedLayer[] {
  const layers = nameLayers(model.layers.map(layerFromConfig), sampleShape(train.inputs, image));
  const given = layers[layers.length - 1].outputs;
  const wanted = outputsOf(train.targets);
  const classes = train.targets.kind === "classes";
  if (classes && lossFromConfig(model.loss).output === "sigmoid") {
    checkBinary(layers.length - 1, given, wanted);
    return layers;
  }
  if (classes ? given < wanted : given !== wanted) {
    throw new PipelineError(
      EXIT.usage,
      `model.layers.${layers.length - 1}  the last layer gives ${given} outputs but the data has ${wanted} ${classes ? "classes" : "values"} a sample; ` +
        `end with { "type": "dense", "units": ${wanted} }`,
    );
  }
  return layers;
}

// One output, the logit of the second of two classes.
function checkBinary(last: number, given: number, classes: number): void {
  if (classes > 2) {
    throw new PipelineError(
      EXIT.usage,
      `model.loss  binaryCrossEntropy tells two classes apart but the data has ${classes}; use "softmaxCrossEntropy" and end with { "type": "dense", "units": ${classes} }`,
    );
  }
  if (given === 1) return;
  throw new PipelineError(
    EXIT.usage,
    `model.layers.${last}  the last layer gives ${given} outputs, but binaryCrossEntropy takes one for two classes; end with { "type": "dense", "units": 1 }`,
  );
}

/** The name of a loss. */
export function lossName(loss: LossConfig): string {
  return typeof loss === "string" ? loss : loss.type;
}

/** The layers as events show them. */
export function summarize(config: Config, layers: readonly NamedLayer[]): ModelSummary {
  return {
    inputs: layers[0].inputs,
    ...(layers[0].input.length > 1 && { input: layers[0].input }),
    layers: layers.map(({ name, outputs, parameters, output, flops }, index) => ({
      name,
      type: describeType(config.model.layers[index]),
      units: outputs,
      parameters,
      output,
      flops,
    })),
    flops: layers.reduce((sum, { flops }) => sum + flops, 0),
    parameters: layers.reduce((sum, { parameters }) => sum + parameters, 0),
    loss: lossName(config.model.loss),
    optimizer: config.optimizer.type,
  };
}

/** The image that a sample is, if any, and a line where that was guessed. Throws a PipelineError (usage) if the size doesn't fit. */
export function imageSize(config: Config, train: Samples): { readonly size?: ImageSize; readonly notice?: string } {
  const { image = train.image } = config.data;
  if (image === undefined) {
    if (train.inputs !== 784 || train.table !== undefined) return {};
    return { size: { width: 28, height: 28 }, notice: "784 features are taken as images of 28 × 28; set data.image to say otherwise" };
  }
  // Colours lie side by side: a sample has as many features as pixels, or some times as many.
  if (train.inputs % (image.width * image.height) !== 0) {
    throw new PipelineError(
      EXIT.usage,
      `data.image  ${image.width} × ${image.height} are ${image.width * image.height} pixels, but a sample has ${train.inputs} features`,
    );
  }
  return { size: image };
}

function describeType(layer: Config["model"]["layers"][number]): string {
  return (layer.type === "dense" || layer.type === "conv2d") && layer.activation !== undefined
    ? `${layer.type} ${activationName(layer.activation)}`
    : layer.type;
}
