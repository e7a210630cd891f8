// Hands out one WebAssembly memory from the bottom up. Nothing is freed singly: a scope gives back all that was taken since it
// was opened.
/// <reference lib="esnext.disposable" preserve="true" />
import { LinalgError } from "./LinalgError.ts";
import type { Pointer } from "./wasm.ts";

const PAGE_BYTES = 65_536;
/** Every allocation starts on a cache line, so no two matrices share one. */
const ALIGNMENT = 64;
/** wasm32 addresses 4 GiB; the last line is left, so that no operand ends at an address that 32 bits can't hold. */
const MAXIMUM_BYTES = 2 ** 32 - ALIGNMENT;

/** An allocator that is a stack. */
export class Arena {
  readonly #memory: WebAssembly.Memory;
  #top: Pointer;
  /** What was made in lasting() ends here: no scope gives it back. */
  #lasting: Pointer = 0;
  /** From the oldest on: those that are open, and those that ended before one that was opened later. */
  readonly #scopes: { readonly start: Pointer; ended: boolean }[] = [];

  /** Everything from `top` on is the arena's. */
  constructor(memory: WebAssembly.Memory, top: Pointer) {
    this.#memory = memory;
    this.#top = top;
  }

  /** Takes `bytes`, with whatever they hold. Throws a LinalgError beyond 4 GiB. */
  allocate(bytes: number): Pointer {
    const pointer = Math.ceil(this.#top / ALIGNMENT) * ALIGNMENT;
    this.#growTo(pointer + bytes);
    this.#top = pointer + bytes;
    return pointer;
  }

  /** Grows the memory for the next `bytes`. Throws a LinalgError beyond 4 GiB. */
  reserve(bytes: number): void {
    this.#growTo(this.#top + bytes);
  }

  /** What is taken from now on is given back when it and all scopes within it are disposed of; a second time does nothing. */
  scope(): Disposable {
    const scope = { start: this.#top, ended: false };
    this.#scopes.push(scope);
    return {
      [Symbol.dispose]: () => {
        scope.ended = true;
        for (let last = this.#scopes.at(-1); last?.ended === true; last = this.#scopes.at(-1)) {
          this.#scopes.pop();
          this.#top = Math.max(last.start, this.#lasting);
        }
      },
    };
  }

  /** What `make` takes is never given back. */
  lasting<Made>(make: () => Made): Made {
    const made = make();
    this.#lasting = this.#top;
    return made;
  }

  #growTo(end: number): void {
    const missing = end - this.#memory.buffer.byteLength;
    if (missing <= 0) return;
    const message = `linalg's memory would need ${Math.ceil(end / 2 ** 20)} MiB; it can hold 4096. Use a smaller batch or model.`;
    if (end > MAXIMUM_BYTES) throw new LinalgError(message);
    try {
      this.#memory.grow(Math.ceil(missing / PAGE_BYTES));
    } catch (cause) {
      throw new LinalgError(message, { cause });
    }
  }
}
