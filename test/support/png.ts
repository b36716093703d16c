import { inflateSync } from 'node:zlib';

/** A decoded picture: four bytes a pixel (red, green, blue, alpha), rows from the top. */
export type Pixels = { width: number; height: number; rgba: Buffer };

const channels = 4;

/** Decodes the PNGs of this project: 8-bit RGBA, not interlaced. Throws on any other. */
export function decodePng(png: Buffer): Pixels {
  if (png.toString('latin1', 1, 4) !== 'PNG') throw new Error('not a PNG');
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  if (png.readUInt8(24) !== 8 || png.readUInt8(25) !== 6 || png.readUInt8(28) !== 0) {
    throw new Error('only 8-bit RGBA without interlacing is decoded here');
  }
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    const body = at + 8;
    if (png.toString('latin1', at + 4, body) === 'IDAT') parts.push(png.subarray(body, body + png.readUInt32BE(at)));
  }
  return { width, height, rgba: unfilter(inflateSync(Buffer.concat(parts)), width * channels, height) };
}

/** Undoes the filter of each row (https://www.w3.org/TR/png-3/#9Filters). */
function unfilter(data: Buffer, stride: number, height: number): Buffer {
  const out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = data.readUInt8(y * (stride + 1));
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x < channels ? 0 : (out[at - channels] ?? 0);
      const up = y === 0 ? 0 : (out[at - stride] ?? 0);
      const corner = x < channels || y === 0 ? 0 : (out[at - stride - channels] ?? 0);
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
      out[at] = (data.readUInt8(y * (stride + 1) + 1 + x) + predicted) & 0xff;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(estimate - value));
  if (toLeft === undefined || toUp === undefined || toCorner === undefined) return 0;
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
