import type { RandomStream } from "./RandomStream.ts";

/** Shuffles `items` in place so that every order is equally likely (Fisher-Yates, from the end), and returns them. */
export function shuffle<Items extends { [index: number]: unknown; readonly length: number }>(items: Items, stream: RandomStream): Items {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const pick = stream.integer(last + 1);
    const held = items[last];
    items[last] = items[pick];
    items[pick] = held;
  }
  return items;
}

/** The indices 0 … count − 1 in a random order. */
export function permutation(count: number, stream: RandomStream): Uint32Array {
  return shuffle(
    Uint32Array.from({ length: count }, (_, index) => index),
    stream,
  );
}
