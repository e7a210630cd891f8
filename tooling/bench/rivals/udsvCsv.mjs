// uDSV's chunks of rows as strings, and a conversion a field: faster than its own typed rows.
import { createReadStream } from "node:fs";
import { createRequire } from "node:module";
import { answerWith, Batch, versionOf } from "./csv.mjs";
import { serve } from "./protocol.mjs";

await serve(async () => {
  const [installation, folder, columns] = process.argv.slice(2);
  const { inferSchema, initParser } = createRequire(`${installation}/`)("udsv");
  const read = async (file) => {
    const batch = new Batch(folder, Number(columns));
    const take = (row) => batch.add(row);
    let parser;
    for await (const text of createReadStream(file, { encoding: "utf8" })) {
      parser ??= initParser(inferSchema(text, { header: () => [] }));
      parser.chunk(text, parser.stringArrs, take);
    }
    parser.end();
    return batch.finish();
  };
  return { hello: { version: `${versionOf(installation, "udsv")}, stringArrs and +` }, answer: answerWith(read) };
});
