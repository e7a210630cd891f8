// csv-parse's stream of records, and a conversion a field.
import { createReadStream } from "node:fs";
import { createRequire } from "node:module";
import { answerWith, Batch, versionOf } from "./csv.mjs";
import { serve } from "./protocol.mjs";

await serve(async () => {
  const [installation, folder, columns] = process.argv.slice(2);
  const { parse } = createRequire(`${installation}/`)("csv-parse");
  const read = (file) =>
    new Promise((resolve, reject) => {
      const batch = new Batch(folder, Number(columns));
      createReadStream(file)
        .once("error", reject)
        .pipe(parse({ quote: null }))
        .on("data", (record) => batch.add(record))
        .once("error", reject)
        .once("end", () => resolve(batch.finish()));
    });
  return { hello: { version: `${versionOf(installation, "csv-parse")}, quote: null and +` }, answer: answerWith(read) };
});
