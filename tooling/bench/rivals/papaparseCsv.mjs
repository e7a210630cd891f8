// Papa Parse in its fast mode, and a conversion a field: faster than its dynamicTyping.
import { createReadStream } from "node:fs";
import { createRequire } from "node:module";
import { answerWith, Batch, versionOf } from "./csv.mjs";
import { serve } from "./protocol.mjs";

await serve(async () => {
  const [installation, folder, columns] = process.argv.slice(2);
  const papa = createRequire(`${installation}/`)("papaparse");
  const read = (file) =>
    new Promise((resolve, reject) => {
      const batch = new Batch(folder, Number(columns));
      papa.parse(createReadStream(file), {
        delimiter: ",",
        newline: "\n",
        fastMode: true,
        skipEmptyLines: true,
        chunk: ({ data }) => {
          for (const row of data) batch.add(row);
        },
        complete: () => resolve(batch.finish()),
        error: reject,
      });
    });
  return { hello: { version: `${versionOf(installation, "papaparse")}, fastMode and +` }, answer: answerWith(read) };
});
