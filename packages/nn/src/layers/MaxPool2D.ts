import { maxPool, maxPoolGradient } from "@downhill/linalg";
import { Pool2D, type Pool2DOptions } from "./Pool2D.ts";

/** The greatest number of each window, by channel; its gradient goes to the first of equals. */
export class MaxPool2D extends Pool2D {
  constructor(options: Pool2DOptions = {}) {
    super({ name: "MaxPool2D", type: "maxPool2d", forward: maxPool, backward: maxPoolGradient }, options);
  }
}
