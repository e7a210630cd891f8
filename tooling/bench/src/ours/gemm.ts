// Products through linalg's gemm. Started with the call, the folder of the operands and the number of threads.
import { gemm } from "@downhill/linalg";
import type { GemmReply, GemmRequest, GemmShape } from "../benches/gemmCases.ts";
import { durations } from "./durations.ts";
import { openLinalg } from "./openLinalg.ts";
import { readFloats } from "./readFloats.ts";
import { serve } from "./serve.ts";

await serve<GemmRequest>(async () => {
  const [call, folder, threads] = process.argv.slice(2);
  const { linalg, hello } = await openLinalg(call, Number(threads));
  const [a, b] = await Promise.all(["a.f32", "b.f32"].map((file) => readFloats(folder, file)));

  function operands({ m, k, n, transposeA, transposeB }: GemmShape) {
    return {
      left: linalg.matrix(transposeA ? k : m, transposeA ? m : k, a.subarray(0, m * k)),
      right: linalg.matrix(transposeB ? n : k, transposeB ? k : n, b.subarray(0, k * n)),
      product: linalg.matrix(m, n),
    };
  }

  return {
    hello,
    answer: async ({ milliseconds, probes, ...shape }): Promise<GemmReply> => {
      using _ = linalg.scope();
      const { left, right, product } = operands(shape);
      const { transposeA, transposeB } = shape;
      const times = durations(milliseconds, () => gemm(left, right, product, { transposeA, transposeB }));
      const { data } = product;
      return { milliseconds: Math.min(...times), values: probes.map((probe) => data[probe]) };
    },
  };
});
