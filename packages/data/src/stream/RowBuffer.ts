/** Rows of features and targets, row-major. */
export interface Rows {
  readonly inputs: number;
  /** Numbers a row of targets: 1 for classes. */
  readonly outputs: number;
  readonly features: Float32Array;
  readonly targets: Int32Array | Float32Array;
}

/** Room for `capacity` rows, taken once. */
export class RowBuffer implements Rows {
  readonly capacity: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly features: Float32Array;
  readonly targets: Int32Array | Float32Array;
  /** Rows that are held, from the front. */
  size = 0;

  constructor(capacity: number, { inputs, outputs, targets }: Rows) {
    this.capacity = capacity;
    this.inputs = inputs;
    this.outputs = outputs;
    this.features = new Float32Array(capacity * inputs);
    this.targets = targets instanceof Int32Array ? new Int32Array(capacity) : new Float32Array(capacity * outputs);
  }

  /** Copies a row behind those held. */
  push(from: Rows, row: number): void {
    this.put(this.size, from, row);
    this.size += 1;
  }

  /** Copies a row to a place. */
  put(place: number, from: Rows, row: number): void {
    copy(from.features, row * this.inputs, this.features, place * this.inputs, this.inputs);
    copy(from.targets, row * this.outputs, this.targets, place * this.outputs, this.outputs);
  }
}

// Up to so many numbers a loop takes less time than a view.
const SHORT = 48;

function copy(from: Float32Array | Int32Array, start: number, to: Float32Array | Int32Array, at: number, length: number): void {
  if (length > SHORT) to.set(from.subarray(start, start + length), at);
  else for (let offset = 0; offset < length; offset += 1) to[at + offset] = from[start + offset];
}
