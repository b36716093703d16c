import { closeSync, fsyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';

/** Attempts that only look at the numbers, between two that really write: a quota or a broken disk does not show in them. */
const TRIES_BETWEEN_PROBES = 50;
const CHUNK = Buffer.alloc(65_536, 0x4d);

/** Answers whether so many bytes can be written beside `file` now: cheaply where the disk says it is full, else by trying. */
export function roomBeside(file: string): (bytes: number) => boolean {
  const probe = `${file}.probe`;
  // A kill may have left one.
  rmSync(probe, { force: true });
  let skip = 0;
  return (bytes) => {
    if (skip > 0) {
      skip -= 1;
      return false;
    }
    try {
      const { bavail, bsize } = statfsSync(file);
      if (bavail * bsize < bytes) return false;
      const handle = openSync(probe, 'w', 0o600);
      try {
        for (let written = 0; written < bytes; written += CHUNK.length) writeSync(handle, CHUNK);
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      return true;
    } catch {
      skip = TRIES_BETWEEN_PROBES;
      return false;
    } finally {
      rmSync(probe, { force: true });
    }
  };
}
