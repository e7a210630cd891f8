// No parser: the file decompressed by Node's zlib, and its bytes counted.
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { answerWith, CHUNK_BYTES } from "./csv.mjs";
import { serve } from "./protocol.mjs";

await serve(async () => {
  const read = async (file) => {
    let bytes = 0;
    // pipe hands no errors on: without this one a file that can't be read would end nothing.
    const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
    createReadStream(file, { highWaterMark: CHUNK_BYTES })
      .once("error", (error) => gunzip.destroy(error))
      .pipe(gunzip);
    for await (const chunk of gunzip) bytes += chunk.length;
    return { bytes };
  };
  return { hello: { version: `zlib ${process.versions.zlib} of Node, nothing else` }, answer: answerWith(read) };
});
