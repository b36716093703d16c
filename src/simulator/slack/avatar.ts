import { crc32, deflateSync } from 'node:zlib';

/** A square PNG of one colour per id with a lighter block pattern, so that people can be told apart. `size` in pixels. */
export function avatarPng(id: string, size: number): Buffer {
  let seed = crc32(id);
  const random = (): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const base = [0, 1, 2].map(() => 60 + Math.floor(random() * 120));
  const light = base.map((channel) => Math.min(255, channel + 70));
  // Five columns mirrored about the middle one, five rows.
  const filled = Array.from({ length: 5 }, () => {
    const half = [random() < 0.5, random() < 0.5, random() < 0.5];
    return [half[0], half[1], half[2], half[1], half[0]];
  });
  const rowBytes = 1 + size * 3;
  const pixels = Buffer.alloc(rowBytes * size);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const cell = filled[Math.floor((y * 5) / size)]?.[Math.floor((x * 5) / size)];
      pixels.set(cell ? light : base, y * rowBytes + 1 + x * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // 8 bits a channel, true colour, the only compression, filter and interlace methods that matter here.
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, sum]);
}
