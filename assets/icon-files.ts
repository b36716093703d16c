/** One picture of an icon file: its edge in pixels and its PNG bytes. */
export type Picture = { size: number; png: Buffer };

/**
 * A Windows icon with PNG pictures, which Windows reads since Vista. Sizes up to 256.
 * Layout: ICONDIR, then one ICONDIRENTRY each, then the pictures (https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10)).
 */
export function windowsIcon(pictures: Picture[]): Buffer {
  const entryBytes = 16;
  const head = Buffer.alloc(6 + entryBytes * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const at = 6 + entryBytes * index;
    // One byte holds the edge; 0 stands for 256.
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** Apple's four-letter types of the pictures that may be PNG, with their edge in pixels; the retina ones are the same sizes again. */
const appleTypes: [type: string, size: number][] = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
];

/** A macOS icon: a header, then type, length and PNG of each picture. Needs the sizes 32, 64, 128, 256, 512 and 1024. */
export function appleIcon(pictures: Picture[]): Buffer {
  const chunks = appleTypes.map(([type, size]) => {
    const picture = pictures.find((candidate) => candidate.size === size);
    if (!picture) throw new Error(`an icns needs a picture of ${size} px`);
    return chunk(type, picture.png);
  });
  return chunk('icns', Buffer.concat(chunks));
}

function chunk(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(body.length + head.length, 4);
  return Buffer.concat([head, body]);
}
