// Pooling: a number from each window of an image, channel by channel. Windows are cut at the edges: padding is no cell. A
// gradient's images are one thread's each, and take what their windows add in the order of the windows.
import { addressAt, countAt } from "../team/arguments";

let height: i32 = 0;
let width: i32 = 0;
let channels: i32 = 0;
let windowHeight: i32 = 0;
let windowWidth: i32 = 0;
let strideY: i32 = 0;
let strideX: i32 = 0;
let top: i32 = 0;
let left: i32 = 0;
let outHeight: i32 = 0;
let outWidth: i32 = 0;
/** Bytes of a pixel, of a line, of an image and of what its windows give. */
let pixelBytes: usize = 0;
let lineBytes: usize = 0;
export let imageBytes: usize = 0;
export let resultBytes: usize = 0;
/** The first cell of a window in its image, and its cells. */
let cell: usize = 0;
let cellRows: i32 = 0;
let cellColumns: i32 = 0;

/** Takes the geometry, eleven arguments from number `first` on. */
export function takeWindows(args: usize, first: i32): void {
  height = countAt(args, first);
  width = countAt(args, first + 1);
  channels = countAt(args, first + 2);
  windowHeight = countAt(args, first + 3);
  windowWidth = countAt(args, first + 4);
  strideY = countAt(args, first + 5);
  strideX = countAt(args, first + 6);
  top = countAt(args, first + 7);
  left = countAt(args, first + 8);
  outHeight = countAt(args, first + 9);
  outWidth = countAt(args, first + 10);
  pixelBytes = (channels as usize) << 2;
  lineBytes = (width as usize) * pixelBytes;
  imageBytes = (height as usize) * lineBytes;
  resultBytes = ((outHeight * outWidth) as usize) * pixelBytes;
}

// Every window has at least one cell.
function takeWindow(row: i32, column: i32): void {
  const y = row * strideY - top, x = column * strideX - left;
  const firstRow = max(y, 0), firstColumn = max(x, 0);
  cell = (firstRow as usize) * lineBytes + (firstColumn as usize) * pixelBytes;
  cellRows = min(height, y + windowHeight) - firstRow;
  cellColumns = min(width, x + windowWidth) - firstColumn;
}

/** y = the greatest cell of each window; NaN if one is. */
export function maxPool(images: i32, x: usize, y: usize): void {
  const vectorBytes = (channels as usize & ~3) << 2;
  for (let i = 0; i < images; i++, x += imageBytes) {
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++, y += pixelBytes) {
        takeWindow(row, column);
        const from = x + cell, rows = cellRows, step = (cellColumns as usize) * pixelBytes, line = lineBytes;
        let at: usize = 0;
        for (; at < vectorBytes; at += 16) {
          let best = v128.load(from + at);
          for (let r = 0, start = from + at; r < rows; r++, start += line) {
            for (let one = start, end = start + step; one < end; one += pixelBytes) best = f32x4.max(best, v128.load(one));
          }
          v128.store(y + at, best);
        }
        for (; at < pixelBytes; at += 4) {
          let best = load<f32>(from + at);
          for (let r = 0, start = from + at; r < rows; r++, start += line) {
            for (let one = start, end = start + step; one < end; one += pixelBytes) best = max(best, load<f32>(one));
          }
          store<f32>(y + at, best);
        }
      }
    }
  }
}

/** dx = dy at the first cell of each window that is its greatest, y; where windows overlap, the sum. */
export function maxPoolGradient(images: i32, x: usize, y: usize, dy: usize, dx: usize): void {
  const vectorBytes = (channels as usize & ~3) << 2;
  memory.fill(dx, 0, (images as usize) * imageBytes);
  for (let i = 0; i < images; i++, x += imageBytes, dx += imageBytes) {
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++, y += pixelBytes, dy += pixelBytes) {
        takeWindow(row, column);
        const rows = cellRows, step = (cellColumns as usize) * pixelBytes, line = lineBytes, to = dx - x;
        let at: usize = 0;
        for (; at < vectorBytes; at += 16) {
          const greatest = v128.load(y + at);
          let left = v128.load(dy + at);
          for (let r = 0, start = x + cell + at; r < rows; r++, start += line) {
            for (let one = start, end = start + step; one < end; one += pixelBytes) {
              const here = f32x4.eq(v128.load(one), greatest);
              v128.store(to + one, f32x4.add(v128.load(to + one), v128.and(left, here)));
              left = v128.andnot(left, here);
            }
          }
        }
        for (; at < pixelBytes; at += 4) {
          const greatest = load<f32>(y + at);
          let given = false;
          for (let r = 0, start = x + cell + at; r < rows && !given; r++, start += line) {
            for (let one = start, end = start + step; one < end && !given; one += pixelBytes) {
              given = load<f32>(one) == greatest;
              if (given) store<f32>(to + one, load<f32>(to + one) + load<f32>(dy + at));
            }
          }
        }
      }
    }
  }
}

/** y = the mean of the cells of each window. */
export function averagePool(images: i32, x: usize, y: usize): void {
  const vectorBytes = (channels as usize & ~3) << 2;
  for (let i = 0; i < images; i++, x += imageBytes) {
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++, y += pixelBytes) {
        takeWindow(row, column);
        const from = x + cell, rows = cellRows, step = (cellColumns as usize) * pixelBytes, line = lineBytes;
        const count = (cellRows * cellColumns) as f32;
        let at: usize = 0;
        for (; at < vectorBytes; at += 16) {
          let sum = f32x4.splat(0);
          for (let r = 0, start = from + at; r < rows; r++, start += line) {
            for (let one = start, end = start + step; one < end; one += pixelBytes) sum = f32x4.add(sum, v128.load(one));
          }
          v128.store(y + at, f32x4.div(sum, f32x4.splat(count)));
        }
        for (; at < pixelBytes; at += 4) {
          let sum: f32 = 0;
          for (let r = 0, start = from + at; r < rows; r++, start += line) {
            for (let one = start, end = start + step; one < end; one += pixelBytes) sum += load<f32>(one);
          }
          store<f32>(y + at, sum / count);
        }
      }
    }
  }
}

/** dx = the sum over the windows of a cell of dy / their cells. */
export function averagePoolGradient(images: i32, dy: usize, dx: usize): void {
  const vectorBytes = (channels as usize & ~3) << 2;
  memory.fill(dx, 0, (images as usize) * imageBytes);
  for (let i = 0; i < images; i++, dx += imageBytes) {
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++, dy += pixelBytes) {
        takeWindow(row, column);
        const from = dx + cell, rows = cellRows, step = (cellColumns as usize) * pixelBytes, line = lineBytes;
        const count = (cellRows * cellColumns) as f32;
        let at: usize = 0;
        for (; at < vectorBytes; at += 16) {
          const share = f32x4.div(v128.load(dy + at), f32x4.splat(count));
          for (let r = 0, start = from + at; r < rows; r++, start += line) {
            for (let one = start, end = start + step; one < end; one += pixelBytes) v128.store(one, f32x4.add(v128.load(one), share));
          }
        }
        for (; at < pixelBytes; at += 4) {
          const share = load<f32>(dy + at) / count;
          for (let r = 0, start = from + at; r < rows; r++, start += line) {
            for (let one = start, end = start + step; one < end; one += pixelBytes) store<f32>(one, load<f32>(one) + share);
          }
        }
      }
    }
  }
}
