// DuckDB, told that every column is one of f32: a stream of chunks whose columns are summed without being turned into rows.
import { createRequire } from "node:module";
import { answerWith, Checksum, versionOf } from "./csv.mjs";
import { serve } from "./protocol.mjs";

await serve(async () => {
  const [installation, folder, columns] = process.argv.slice(2);
  const { DuckDBInstance } = createRequire(`${installation}/`)("@duckdb/node-api");
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run("SET preserve_insertion_order = false");
  const types = Array.from({ length: Number(columns) }, (_, index) => `'c${index}': 'FLOAT'`).join(", ");
  const options = `header = false, delim = ',', quote = '', auto_detect = false, columns = {${types}}`;
  const read = async (file) => {
    const checksum = new Checksum(folder);
    let rows = 0;
    const result = await connection.stream(`FROM read_csv('${file.replaceAll("'", "''")}', ${options})`);
    for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
      rows += chunk.rowCount;
      // The f32 themselves; getItem would cost a call a value.
      for (let column = 0; column < chunk.columnCount; column += 1) checksum.add(chunk.getColumnVector(column).items);
    }
    return { rows, checksum: checksum.value };
  };
  return { hello: { version: `${versionOf(installation, "@duckdb/node-api")} native, all cores` }, answer: answerWith(read) };
});
