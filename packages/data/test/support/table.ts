// Tables with a bit of everything, from a counter instead of chance.

/** A table of `rows` rows: an id, a number with gaps, a category, a constant, a number, and a label of three classes. */
export function mixedTable(rows: number): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const age = row % 11 === 3 ? "NA" : String(((row * 37) % 89) + (row % 4) / 4);
    return [
      row,
      age,
      ["Rome", "Oslo", "Bern", "Nice"][(row * row) % 4],
      5,
      ((row * 53) % 101) / 7 - 4,
      ["ant", "bee", "cow"][row % 3],
    ].join(",");
  });
  return ["id,age,town,five,weight,kind", ...lines, ""].join("\n");
}

/** A table of two columns without a header, the row's number and a class from 0 to 3. */
export function countingTable(rows: number): string {
  return Array.from({ length: rows }, (_, row) => `${row},${row % 4}\n`).join("");
}
