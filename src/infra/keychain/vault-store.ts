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
const secretsSchema = z.record(z.string(), z.string());

/**
 * Secrets in one file of the home, encrypted with AES-256-GCM. All entries are sealed together, with the header as associated data:
 * nothing can be exchanged, dropped or added without the key, and the names are hidden too. A fresh nonce for each write. Throws
 * `secret-store-unavailable` when the key does not fit or the file is no vault; the file then stays as it is.
 */
export function openVault(file: string, key: VaultKey): SecretStore {
  let secrets: Record<string, string> = {};
  let kdf: Kdf | null =
    key.kind === 'key' ? null : { name: 'scrypt', salt: randomBytes(16).toString('base64'), ...SCRYPT };
  const text = readIfThere(file);
  if (text !== null) {
    const sealed = parseFile(text);
    kdf = sealed.kdf;
    if ((kdf === null) !== (key.kind === 'key')) throw doesNotFit();
    secrets = unseal(sealed, bytesOf(key, kdf));
  }
  const bytes = bytesOf(key, kdf);
  const save = (next: Record<string, string>) => {
    writeAtomic(file, seal(next, kdf, bytes));
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

function unseal(sealed: z.infer<typeof fileSchema>, key: Buffer): Record<string, string> {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(sealed.iv, 'base64'), { authTagLength: 16 })
      .setAAD(header(sealed.kdf))
      .setAuthTag(Buffer.from(sealed.tag, 'base64'));
    const plain = Buffer.concat([decipher.update(Buffer.from(sealed.data, 'base64')), decipher.final()]);
    return secretsSchema.parse(JSON.parse(plain.toString('utf8')));
  } catch {
    // The reason could quote what was decrypted.
    throw doesNotFit();
  }
}

function parseFile(text: string): z.infer<typeof fileSchema> {
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
