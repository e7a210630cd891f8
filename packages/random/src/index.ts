export { PURPOSES, type Purpose } from "./purpose.ts";
export { RandomStream, randomStream } from "./RandomStream.ts";
export { permutation, shuffle } from "./shuffle.ts";
