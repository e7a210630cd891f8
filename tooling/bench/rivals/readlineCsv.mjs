// Node's readline, split and a conversion a field: what one writes without a library.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { answerWith, Batch } from "./csv.mjs";
import { serve } from "./protocol.mjs";

await serve(async () => {
  const [folder, columns] = process.argv.slice(2);
  const read = (file) =>
    new Promise((resolve, reject) => {
      const batch = new Batch(folder, Number(columns));
      // Listening is much faster than for await.
      createInterface({ input: createReadStream(file), crlfDelay: Infinity })
        .once("error", reject)
        .on("line", (line) => batch.add(line.split(",")))
        .once("close", () => resolve(batch.finish()));
    });
  return { hello: { version: `Node ${process.versions.node}, split and +` }, answer: answerWith(read) };
});
