/**
 * Gives a buffer's memory back at once: left to the garbage collector, buffers that follow one another would be 64 MB before the first is
 * freed. Nothing may use it any more. In Node 20, which has no `transfer`, it does nothing.
 */
export function freeBuffer(buffer: ArrayBuffer & { transfer?(length: number): ArrayBuffer }): void {
  buffer.transfer?.(0);
}
