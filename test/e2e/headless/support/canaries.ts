import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every way in which a secret could lie around: as it is, and as encodings show it, also in the middle of something longer. */
export function disguisesOf(secret: string): ReadonlyMap<string, string> {
  const bytes = Buffer.from(secret, 'utf8');
  const disguises = new Map([
    ['plain', secret],
    ['hex', bytes.toString('hex')],
    ['upper-case hex', bytes.toString('hex').toUpperCase()],
    ['percent', encodeURIComponent(secret)],
    ['form', new URLSearchParams({ x: secret }).toString().slice(2)],
    ['JSON', JSON.stringify(secret).slice(1, -1)],
    ['JSON in JSON', JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
    ['XML', secret.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')],
    ['UTF-16', Buffer.from(secret, 'utf16le').toString('latin1')],
  ]);
  // What comes before decides where base64 begins; the outer characters mix with their neighbours.
  for (const offset of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const inner = text.slice(offset === 0 ? 0 : offset + 1).replace(/.?.?=*$/, '');
    disguises.set(`base64, ${offset} in`, inner);
    disguises.set(`base64url, ${offset} in`, inner.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return disguises;
}

/** Where in a text which secrets show, by the names given to them. */
export function findCanaries(place: string, text: string, canaries: Readonly<Record<string, string>>): string[] {
  return Object.entries(canaries).flatMap(([name, secret]) =>
    [...disguisesOf(secret)].flatMap(([how, disguise]) =>
      text.includes(disguise) ? [`${name} in ${place} (${how})`] : [],
    ),
  );
}

/** Every file under a folder with its bytes, one character each. */
export function filesUnder(folder: string): { readonly name: string; readonly text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return { name: file.slice(folder.length + 1), text: readFileSync(file, 'latin1') };
    });
}

/** Every process of this machine with its arguments. Linux only; empty elsewhere. */
export function commandLines(): { readonly pid: string; readonly text: string }[] {
  let pids: string[] = [];
  try {
    pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return pids.flatMap((pid) => {
    try {
      return [{ pid, text: readFileSync(`/proc/${pid}/cmdline`, 'latin1') }];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}
