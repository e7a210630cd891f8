import { expect, test } from "vitest";
import { nearest, suggestion } from "../../src/config/nearest.ts";

const KEYS = ["epochs", "seed", "batchSize", "learningRate", "data", "model"];

test.each([
  ["epoch", "epochs"],
  ["Epochs", "epochs"],
  ["sed", "seed"],
  ["batch_size", "batchSize"],
  ["learning_rate", "learningRate"],
  ["leaningRat", "learningRate"],
])("%s was meant to be %s", (word, meant) => {
  expect(nearest(word, KEYS)).toBe(meant);
});

test("a word that is like none has no neighbour", () => {
  expect(nearest("hyperparameters", KEYS)).toBeUndefined();
  expect(nearest("x", KEYS)).toBeUndefined();
  expect(nearest("epochs", [])).toBeUndefined();
});

test("the nearest of several wins, not the first", () => {
  expect(nearest("labels", ["label", "tables", "labels"])).toBe("labels");
});

test("a suggestion is the end of a message, or nothing", () => {
  expect(`unknown key${suggestion("epoch", KEYS)}`).toBe('unknown key; did you mean "epochs"?');
  expect(suggestion("zzzzzz", KEYS)).toBe("");
});
