import { averagePool, averagePoolGradient } from "@downhill/linalg";
import { Pool2D, type Pool2DOptions } from "./Pool2D.ts";

/** The mean of each window's pixels, by channel; padding is no pixel. */
export class AveragePool2D extends Pool2D {
  constructor(options: Pool2DOptions = {}) {
    super(
      {
        name: "AveragePool2D",
        type: "averagePool2d",
        forward: averagePool,
        backward: (_x, _y, dy, windows, dx) => averagePoolGradient(dy, windows, dx),
      },
      options,
    );
  }
}
