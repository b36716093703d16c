import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { MusterError } from '../../domain/errors.ts';
import type { SecretStore } from '../../ports/secret-store.ts';
import { writeAtomic } from '../home/write-atomic.ts';
import type { VaultKey } from './vault-key.ts';

/** scrypt's cost: 2^15 rounds of 8 KB are 32 MB and about a tenth of a second, once a start. */
const SCRYPT = { N: 32_768, r: 8, p: 1 };
const kdfSchema = z.object({
  name: z.literal('scrypt'),
  salt: z.base64(),
  N: z.number().int().min(1_024).max(1_048_576),
  r: z.number().int().min(1).max(32),
  p: z.number().int().min(1).max(16),
});
type Kdf = z.infer<typeof kdfSchema>;

const fileSchema = z.object({
  format: z.literal('muster-vault'),
  version: z.literal(1),
  /** Null: the key was given as it is. */
  kdf: kdfSchema.nullable(),
  iv: z.base64(),
  tag: z.base64(),
  data: z.base64(),
});
type Sealed = z.infer<typeof fileSchema>;
const secretsSchema = z.record(z.string(), z.string());

/**
 * Secrets in one file of the home, encrypted with AES-256-GCM. All entries are sealed together, with the header as associated data:
 * nothing can be exchanged, dropped or added without the key, and the names are hidden too. A fresh nonce for each write. Throws
 * `secret-store-unavailable` when the key does not fit, the file is no vault, or it cannot be written; it then stays as it is.
 */
export function openVault(file: string, key: VaultKey): SecretStore {
  let secrets: Record<string, string> = {};
  let kdf = freshKdf(key);
  const text = readIfThere(file);
  if (text !== null) {
    const sealed = parseFile(text);
    kdf = sealed.kdf;
    secrets = unseal(sealed, key);
  }
  const bytes = bytesOf(key, kdf);
  const save = (next: Record<string, string>) => {
    try {
      writeAtomic(file, seal(next, kdf, bytes));
    } catch (cause) {
      throw new MusterError(
        'secret-store-unavailable',
        'The encrypted vault cannot be written; it is as it was. Check the permissions of the home and the free space on its disk, then try again.',
        { cause },
      );
    }
    secrets = next;
  };
  return {
    kind: 'vault',
    get: async (name) => (Object.hasOwn(secrets, name) ? (secrets[name] ?? null) : null),
    set: async (name, value) => save({ ...secrets, [name]: value }),
    delete: async (name) => {
      if (!Object.hasOwn(secrets, name)) return false;
      save(Object.fromEntries(Object.entries(secrets).filter(([other]) => other !== name)));
      return true;
    },
    names: async () => Object.keys(secrets),
  };
}

/**
 * Gives the vault another key: one write that happens or does not, so that a kill leaves it with the one or the other, and the same call
 * at the next start ends what was begun. Answers whether there was anything to do. Throws `secret-store-unavailable` when neither fits.
 */
export function rekeyVault(file: string, oldKey: VaultKey | null, newKey: VaultKey): boolean {
  const text = readIfThere(file);
  if (text === null) return false;
  const sealed = parseFile(text);
  if (fits(sealed, newKey)) return false;
  if (oldKey === null) throw doesNotFit();
  const secrets = unseal(sealed, oldKey);
  const kdf = freshKdf(newKey);
  writeAtomic(file, seal(secrets, kdf, bytesOf(newKey, kdf)));
  return true;
}

/** The first of the keys that opens the vault; the first of all where there is no vault, or none fits. */
export function keyInForce(file: string, keys: readonly VaultKey[]): VaultKey | null {
  const text = readIfThere(file);
  const fitting = text === null ? undefined : keys.find((key) => fits(parseFile(text), key));
  return fitting ?? keys[0] ?? null;
}

function fits(sealed: Sealed, key: VaultKey): boolean {
  try {
    unseal(sealed, key);
    return true;
  } catch {
    return false;
  }
}

function freshKdf(key: VaultKey): Kdf | null {
  return key.kind === 'key' ? null : { name: 'scrypt', salt: randomBytes(16).toString('base64'), ...SCRYPT };
}

function bytesOf(key: VaultKey, kdf: Kdf | null): Buffer {
  if (key.kind === 'key') return key.bytes;
  if (kdf === null) throw doesNotFit();
  const { N, r, p, salt } = kdf;
  return scryptSync(key.passphrase.normalize('NFC'), Buffer.from(salt, 'base64'), 32, { N, r, p, maxmem: 256 * N * r });
}

const header = (kdf: Kdf | null) =>
  Buffer.from(JSON.stringify(['muster-vault', 1, kdf && [kdf.name, kdf.salt, kdf.N, kdf.r, kdf.p]]));

function seal(secrets: Record<string, string>, kdf: Kdf | null, key: Buffer): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(header(kdf));
  const data = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
  const base64 = (bytes: Buffer) => bytes.toString('base64');
  const sealed = {
    format: 'muster-vault',
    version: 1,
    kdf,
    iv: base64(iv),
    tag: base64(cipher.getAuthTag()),
    data: base64(data),
  };
  return `${JSON.stringify(sealed)}\n`;
}

function unseal(sealed: Sealed, key: VaultKey): Record<string, string> {
  if ((sealed.kdf === null) !== (key.kind === 'key')) throw doesNotFit();
  const bytes = bytesOf(key, sealed.kdf);
  try {
    const decipher = createDecipheriv('aes-256-gcm', bytes, Buffer.from(sealed.iv, 'base64'), { authTagLength: 16 })
      .setAAD(header(sealed.kdf))
      .setAuthTag(Buffer.from(sealed.tag, 'base64'));
    const plain = Buffer.concat([decipher.update(Buffer.from(sealed.data, 'base64')), decipher.final()]);
    return secretsSchema.parse(JSON.parse(plain.toString('utf8')));
  } catch {
    // The reason could quote what was decrypted.
    throw doesNotFit();
  }
}

function parseFile(text: string): Sealed {
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch {
    throw new MusterError(
      'secret-store-unavailable',
      'The vault in the home cannot be read: it is damaged, or of a newer Muster. It was left as it is; move it away to start a new one.',
    );
  }
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw new MusterError('secret-store-unavailable', 'The vault in the home cannot be read. Check its permissions.', {
      cause: thrown,
    });
  }
}

function doesNotFit(): MusterError {
  return new MusterError(
    'secret-store-unavailable',
    'The key does not fit the vault in the home, or the vault was changed. It was left as it is. Give the key that it was made with.',
  );
}
