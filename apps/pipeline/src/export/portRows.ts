// Raw rows as an exported model's inputs take them.
import { type Features, MISSING_MARKERS } from "@downhill/data";
import type { InputPort } from "./inputPorts.ts";
import type { PortRows } from "./OnnxRuntime.ts";

/** The inputs' values for raw rows: numbers as they are, NaN where missing; texts, and where one is missing a marker that says so. */
export function portRows(ports: readonly InputPort[], { count, inputs, features, table }: Features): PortRows[] {
  const [missing] = MISSING_MARKERS;
  return ports.map(({ name, type, width, places }): PortRows => {
    const raw = (index: number): number => features[Math.floor(index / width) * inputs + places[index % width]];
    const length = count * width;
    if (type === "float") return { name, type, width, values: Float32Array.from({ length }, (_, index) => raw(index)) };
    const text = (index: number): string => table?.texts[places[index % width]]?.[raw(index)] ?? missing;
    return { name, type, width, values: Array.from({ length }, (_, index) => text(index)) };
  });
}
