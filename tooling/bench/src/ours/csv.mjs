// A CSV file through data's readCsv. JavaScript, as the rivals are: compiling TypeScript in the process would count as its memory.
import { readFileSync } from "node:fs";
import { readCsv } from "@downhill/data";
import { answerWith, BATCH_ROWS, Checksum } from "../../rivals/csv.mjs";
import { serve } from "../../rivals/protocol.mjs";

await serve(async () => {
  const [folder] = process.argv.slice(2);
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.resolve("@downhill/data")), "utf8"));
  const read = async (file) => {
    const checksum = new Checksum(folder);
    let rows = 0;
    for await (const batch of readCsv(file, { batchRows: BATCH_ROWS })) {
      checksum.add(batch.values);
      rows += batch.rows;
    }
    return { rows, checksum: checksum.value };
  };
  return { hello: { version: `downhill ${version}` }, answer: answerWith(read) };
});
