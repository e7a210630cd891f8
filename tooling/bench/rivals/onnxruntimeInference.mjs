// The reference network in ONNX Runtime. Started with the installation, the package's name, the folder of images and model
// and the number of threads.
import { answerWith, readNetwork } from "./inference.mjs";
import { loadOnnxruntime } from "./onnxruntime.mjs";
import { serve } from "./protocol.mjs";

await serve(async () => {
  const [installation, name, folder, threads] = process.argv.slice(2);
  const { ort, open, version } = loadOnnxruntime({ installation, name, folder, threads: Number(threads) });
  const network = readNetwork(folder);
  const session = await open("network.onnx");
  const predict = async (features, batch) => {
    const { probabilities } = await session.run({ images: new ort.Tensor("float32", features, [batch, network.inputs]) });
    return probabilities.data;
  };
  return { hello: { version }, answer: answerWith(network, predict) };
});
