// A promise that settles after the event loop has had a turn. Awaiting only microtasks would starve timers and
// messages: a page would freeze, and an abort would never be heard.

/** One turn of the event loop: some microseconds in Node, and without the 4 ms of nested timers in a browser. */
export const eventLoopTurn: () => Promise<void> =
  typeof setImmediate === "function"
    ? () => new Promise((resolve) => setImmediate(resolve))
    : () =>
        new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => {
            port1.close();
            resolve();
          };
          port2.postMessage(undefined);
        });
