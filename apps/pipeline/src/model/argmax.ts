/** The place of the greatest of the `width` numbers from `start` on, the first of equals; counted from `start`. */
export function argmax(numbers: ArrayLike<number>, start: number, width: number): number {
  let greatest = 0;
  for (let place = 1; place < width; place += 1) if (numbers[start + place] > numbers[start + greatest]) greatest = place;
  return greatest;
}
