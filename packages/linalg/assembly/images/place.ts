// Images on larger ones: how padding and the zeros between the pixels of a strided convolution's gradient are made. Only the
// pixels are written; what lies between them stays as it is, which is 0 in memory that nobody else writes.

/** y[i, top + r · stepY, left + s · stepX, :] = x[i, r, s, :] for `images` images x [height × width × channels] in y of `yWidth` pixels a line. */
export function placeImages(
  images: i32, height: i32, width: i32, channels: i32, top: i32, left: i32, stepY: i32, stepX: i32, yHeight: i32, yWidth: i32,
  x: usize, y: usize,
): void {
  const pixel = (channels as usize) << 2;
  const line = (yWidth as usize) * pixel;
  const whole = (width as usize) * pixel;
  for (let i = 0; i < images; i++, y += (yHeight as usize) * line) {
    for (let r = 0; r < height; r++) {
      let to = y + ((top + r * stepY) as usize) * line + (left as usize) * pixel;
      if (stepX == 1) {
        memory.copy(to, x, whole);
        x += whole;
        continue;
      }
      for (let s = 0; s < width; s++, x += pixel, to += (stepX as usize) * pixel) memory.copy(to, x, pixel);
    }
  }
}

/** y[(taps − 1 − t) · filters + f, c] = x[t · channels + c, f]: a convolution's weights as those of its gradient by the input. */
export function turnKernel(taps: i32, channels: i32, filters: i32, x: usize, y: usize): void {
  const block = ((channels * filters) as usize) << 2;
  y += (taps as usize) * block;
  for (let t = 0; t < taps; t++) {
    y -= block;
    for (let ch = 0; ch < channels; ch++) {
      let to = y + ((ch as usize) << 2);
      for (let f = 0; f < filters; f++, x += 4, to += (channels as usize) << 2) store<f32>(to, load<f32>(x));
    }
  }
}
