// polars, told that every column is one of f32: its columns are summed as it gives them, without being turned into rows.
import { createRequire } from "node:module";
import { answerWith, Checksum, versionOf } from "./csv.mjs";
import { serve } from "./protocol.mjs";

await serve(async () => {
  const [installation, folder, columns] = process.argv.slice(2);
  const polars = createRequire(`${installation}/`)("nodejs-polars");
  const schema = Object.fromEntries(Array.from({ length: Number(columns) }, (_, index) => [`column_${index + 1}`, polars.Float32]));
  const read = async (file) => {
    const checksum = new Checksum(folder);
    const table = polars.readCSV(file, { hasHeader: false, schema });
    for (const series of table.getColumns()) checksum.add(series.toTypedArray());
    return { rows: table.height, checksum: checksum.value };
  };
  return { hello: { version: `${versionOf(installation, "nodejs-polars")} native, all cores` }, answer: answerWith(read) };
});
