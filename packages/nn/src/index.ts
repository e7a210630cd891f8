export type { Activation } from "./activations/Activation.ts";
export {
  type ActivationConfig,
  activationFromConfig,
  type ActivationName,
  activationName,
  activations,
} from "./activations/activations.ts";
export { leakyRelu, type LeakyReluOptions } from "./activations/leakyRelu.ts";
export { decodeSafetensors, encodeSafetensors, type Tensor, type TensorFile } from "./codecs/safetensors.ts";
export { gradientCheck, type GradientError } from "./gradientCheck.ts";
export { glorot } from "./initializers/glorot.ts";
export { he } from "./initializers/he.ts";
export { type Fans, fansOf, type Initializer } from "./initializers/Initializer.ts";
export { type InitializerConfig, initializerFromConfig } from "./initializers/InitializerConfig.ts";
export { normal } from "./initializers/normal.ts";
export { uniform } from "./initializers/uniform.ts";
export { zeros } from "./initializers/zeros.ts";
export { ActivationLayer } from "./layers/ActivationLayer.ts";
export { Dense, type DenseOptions } from "./layers/Dense.ts";
export type { Layer, LayerDescription, Mode, Site } from "./layers/Layer.ts";
export { type LayerConfig, layerFromConfig } from "./layers/LayerConfig.ts";
export { Relu } from "./layers/Relu.ts";
export { Tanh } from "./layers/Tanh.ts";
export { Gelu } from "./layers/Gelu.ts";
export { LeakyRelu } from "./layers/LeakyRelu.ts";
export { Sigmoid } from "./layers/Sigmoid.ts";
export { Softmax } from "./layers/Softmax.ts";
export type { Loss, Targets } from "./losses/Loss.ts";
export { binaryCrossEntropy, binaryCrossEntropyOfValues } from "./losses/binaryCrossEntropy.ts";
export { huber, type HuberOptions } from "./losses/huber.ts";
export { type LossConfig, lossFromConfig, type LossName, losses } from "./losses/losses.ts";
export { meanAbsoluteError } from "./losses/meanAbsoluteError.ts";
export { meanSquaredError } from "./losses/meanSquaredError.ts";
export { softmaxCrossEntropy, weightedCrossEntropy, type WeightedCrossEntropyOptions } from "./losses/softmaxCrossEntropy.ts";
export { type NamedLayer, nameLayers } from "./nameLayers.ts";
export { NnError } from "./NnError.ts";
export { Adam, type AdamOptions } from "./optimizers/Adam.ts";
export { AdamW } from "./optimizers/AdamW.ts";
export type { GradientOptions } from "./optimizers/GradientOptions.ts";
export type { Optimizer } from "./optimizers/Optimizer.ts";
export { type OptimizerConfig, optimizerFromConfig } from "./optimizers/OptimizerConfig.ts";
export { RmsProp, type RmsPropOptions } from "./optimizers/RmsProp.ts";
export { Sgd, type SgdOptions } from "./optimizers/Sgd.ts";
export type { Parameter } from "./Parameter.ts";
export { loadParameters, parameterTensors } from "./parameterTensors.ts";
export { constant } from "./schedules/constant.ts";
export { cosine } from "./schedules/cosine.ts";
export { exponential } from "./schedules/exponential.ts";
export { plateau, type PlateauOptions } from "./schedules/plateau.ts";
export type { PlateauState, Schedule, ScheduleState } from "./schedules/Schedule.ts";
export { type ScheduleConfig, scheduleFromConfig } from "./schedules/ScheduleConfig.ts";
export { step } from "./schedules/step.ts";
export { warmUp } from "./schedules/warmUp.ts";
export { Sequential, type SequentialOptions } from "./Sequential.ts";
export { loadTrainingTensors, trainingTensors } from "./trainingTensors.ts";
export { type Shape, shapeText, sizeOf } from "./Shape.ts";
export type { StateEntry } from "./State.ts";
export type { ArrayBatch, Batch, Batches, MatrixBatch } from "./training/Batch.ts";
export { type EpochSums, meansOf, NO_SUMS } from "./training/EpochSums.ts";
export { predict } from "./training/predict.ts";
export type { Programs } from "./training/Programs.ts";
export type { BatchRun, ResidentBatches } from "./training/ResidentBatches.ts";
export { type BatchOptions, ResidentSamples } from "./training/ResidentSamples.ts";
export { type EpochResult, evaluate, type StopSignal, trainEpoch } from "./training/trainEpoch.ts";
export type { Workspace } from "./training/Workspace.ts";
