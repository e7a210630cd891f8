// The stream of the run's events. The browser comes back by itself and says which event it had last; where it gives up, this
// module tries again.
import type { EpochRow } from "./epochRow.ts";

const RETRY_MS = 1000;

/** What a page does with what it is told. */
export interface Listener {
  /** Epochs, in their order. */
  epochs(rows: readonly EpochRow[]): void;
  /** HTML by the id of its place; the server has escaped every text in it. */
  parts(html: Readonly<Record<string, string>>): void;
  /** The same, when it says how the run ended. */
  ended(html: Readonly<Record<string, string>>): void;
  state(state: { readonly paused: boolean }): void;
  /** The connection is there, again. */
  connected(): void;
  /** The connection broke; it is being tried again. */
  lost(): void;
  /** The server has said everything and is gone. */
  left(): void;
}

/** Follows the run of `session`, from its first event to its last. */
export function follow(session: string, listener: Listener): void {
  let after = "";
  const open = (): void => {
    const source = new EventSource(`/events?session=${session}&after=${after}`);
    for (const type of ["epochs", "parts", "ended", "state"] as const) {
      source.addEventListener(type, ({ data, lastEventId }: MessageEvent<string>) => {
        (listener[type] as (data: unknown) => void)(JSON.parse(data));
        // Empty after a message without an id, in a stream that has had none with one.
        if (lastEventId !== "") after = lastEventId;
      });
    }
    source.addEventListener("open", listener.connected);
    source.addEventListener("bye", () => {
      source.close();
      listener.left();
    });
    // Another run has this address now, or this run after an interruption: a page of its own knows all of it.
    source.addEventListener("stale", () => location.reload());
    source.addEventListener("error", () => {
      listener.lost();
      if (source.readyState === EventSource.CLOSED) setTimeout(open, RETRY_MS);
    });
  };
  open();
}
