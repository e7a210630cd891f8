import type { Samples } from "@downhill/data";
import { Dense, nameLayers } from "@downhill/nn";
import { expect, test } from "vitest";
import { notices } from "../../src/trainer/notices.ts";

const features = { count: 3, inputs: 1, features: Float32Array.of(1, 2, 3) };
const classes: Samples = { ...features, targets: { kind: "classes", indices: Int32Array.of(0, 1, 0), classes: ["daisy", "rose"] } };
const layersOf = (units: number) => nameLayers([new Dense({ units })], [1]);

test("a layer with more outputs than there are classes is told", () => {
  expect(notices(classes, layersOf(3))).toEqual(["the last layer gives 3 outputs for 2 classes (daisy, rose)"]);
  expect(notices(classes, layersOf(2))).toEqual([]);
});
