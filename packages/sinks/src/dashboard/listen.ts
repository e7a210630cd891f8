// Where the page is: at a port that a bookmark can keep, if that is free.
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SinkError } from "../contract/SinkError.ts";

/** The port where none is asked for; the next run's page takes any free one while it is taken. */
export const USUAL_PORT = 6116;

/** Lets `server` listen on the loopback address at `port` (0: any free one) and returns the port. Throws a SinkError where it can't be had. */
export async function listen(server: Server, port: number | undefined): Promise<number> {
  try {
    await listenAt(server, port ?? USUAL_PORT);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code !== "EADDRINUSE" && code !== "EACCES") throw new SinkError(`dashboard: no page on this machine: ${message}`, { cause });
    if (port !== undefined) {
      const why = code === "EADDRINUSE" ? "another program has it" : "this user may not have it";
      throw new SinkError(`dashboard: port ${port} can't be had, ${why}; choose another, or 0 for any that is free`, { cause });
    }
    await listenAt(server, 0);
  }
  return (server.address() as AddressInfo).port;
}

async function listenAt(server: Server, port: number): Promise<void> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
}
