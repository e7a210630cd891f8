// A sink that does what its options say, most of it wrong, and writes down each event when its write has come back.
// Options: `at` is the call that goes wrong ("open", "write", "flush" or "close") and `how` ("throw", "hang", "stray" or a
// signal, once); a write goes wrong `from` that event on, by its number, and each takes `writeMs`. `token` is written down, and told to whoever
// catches what is thrown.
import { appendFileSync } from "node:fs";
import { join } from "node:path";

const sleep = (ms) => ms > 0 && new Promise((resolve) => setTimeout(resolve, ms));

export default {
  name: "misbehaving",
  async open({ at, how, from = 0, writeMs = 0, token = "" }, run) {
    const log = (line) => appendFileSync(join(run.configDirectory, "misbehaving.log"), `${line}\n`);
    let signalled = false;
    const act = (call) => {
      if (call !== at) return undefined;
      if (how === "throw") throw new Error(`out of ink${token && `: ${token}`}`);
      if (how === "hang") return new Promise(() => undefined);
      if (how === "stray") setTimeout(() => Promise.reject(new Error("lost connection")), 0);
      else if (!signalled) process.kill(process.pid, how);
      signalled = true;
      return undefined;
    };
    await act("open");
    log(`open ${token}`);
    return {
      async write({ sequence, type }) {
        await sleep(writeMs / 2);
        if (sequence >= from) await act("write");
        await sleep(writeMs / 2);
        log(`${sequence} ${type} ${Date.now()}`);
      },
      flush: async () => act("flush"),
      async close(reason) {
        await act("close");
        log(`close ${reason}`);
      },
    };
  },
};
