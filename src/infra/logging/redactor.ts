/** Shapes that tokens have: Slack's, bearer headers, JSON Web Tokens, credentials in an address. */
const TOKENS: readonly [RegExp, string][] = [
  [/\bxox[a-z](?:\.xox[a-z])?-[\w-]{6,}/gi, '[token]'],
  [/\bxapp-[\w-]{4,}/gi, '[token]'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi, '$1 [token]'],
  [/\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?/g, '[token]'],
  [/(\w+:\/\/[^\s:/@"]*):[^\s/@"]+@/g, '$1:[secret]@'],
];
const SECRET_KEYS = /passw|passphrase|token|secret|authorization|cookie|credential|apikey|api_key|vaultkey/i;
/** People's names, addresses and words. */
const PERSONAL_KEYS = /^(name|displayname|realname|email|address|message|text|body|emoji|note|statustext|query|nick)$/i;
const DEPTH = 6;
/** Shorter values would blot out half of every line. */
const SHORTEST = 4;

/** Tokens change every hour: so many of those that pass are remembered, or every line would take longer than the one before. */
const MOST_PASSING = 2_000;

/** Takes secrets, and unless asked otherwise personal data, out of what is logged. */
export class Redactor {
  /** How each secret may look. */
  readonly #values = new Map<string, ReadonlySet<string>>();
  /** Those that pass, in the order in which they were last seen. */
  readonly #passing = new Set<string>();
  readonly #keepPersonal: boolean;

  constructor(options: { keepPersonal?: boolean } = {}) {
    this.#keepPersonal = options.keepPersonal ?? false;
  }

  /** From now on this value appears in no line, nor in base64 (plain, URL-safe, as the password of a SASL PLAIN or Basic pair), percent or JSON encoding. `passing`: it is replaced before long, and may be forgotten after many others. */
  add(secret: string, passing = false): void {
    if (secret.length < SHORTEST) return;
    const known = this.#values.has(secret);
    if (!known) this.#values.set(secret, disguisesOf(secret));
    // What was once said to stay stays.
    if (passing && (!known || this.#passing.delete(secret))) this.#passing.add(secret);
    if (!passing) this.#passing.delete(secret);
    const [oldest] = this.#passing;
    if (this.#passing.size <= MOST_PASSING || oldest === undefined) return;
    this.#passing.delete(oldest);
    this.#values.delete(oldest);
  }

  /** The text without secrets. */
  text(text: string): string {
    let clean = text;
    for (const values of this.#values.values())
      for (const value of values) if (clean.includes(value)) clean = clean.replaceAll(value, '[secret]');
    for (const [pattern, instead] of TOKENS) clean = clean.replace(pattern, instead);
    return clean;
  }

  /** A copy to log: keys that name secrets or personal data lose their values, errors become what helps. */
  value(value: unknown, depth = 0): unknown {
    if (typeof value === 'string') return this.text(value);
    if (value === null || typeof value === 'number' || typeof value === 'boolean' || value === undefined) return value;
    if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
    if (typeof value === 'function') return '[function]';
    if (depth >= DEPTH) return '[deep]';
    if (value instanceof Error) return this.#error(value, depth);
    if (value instanceof Uint8Array || value instanceof ArrayBuffer) return '[bytes]';
    if (Array.isArray(value)) return value.slice(0, 100).map((item) => this.value(item, depth + 1));
    if (value instanceof Map || value instanceof Set) return `[${value.constructor.name} of ${value.size}]`;
    const clean: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value)) clean[this.text(key)] = this.#field(key, item, depth);
    return clean;
  }

  #field(key: string, item: unknown, depth: number): unknown {
    if (item === null || item === undefined) return item;
    if (SECRET_KEYS.test(key)) return '[secret]';
    if (!this.#keepPersonal && PERSONAL_KEYS.test(key)) return '[personal]';
    return this.value(item, depth + 1);
  }

  #error(error: Error, depth: number): Record<string, unknown> {
    return {
      error: error.name,
      ...('code' in error ? { code: this.value(error.code, depth + 1) } : {}),
      said: this.text(error.message),
      stack: this.text(error.stack?.split('\n').slice(1, 8).join('\n') ?? ''),
      ...(error.cause === undefined ? {} : { cause: this.value(error.cause, depth + 1) }),
    };
  }
}

function disguisesOf(secret: string): ReadonlySet<string> {
  const bytes = Buffer.from(secret, 'utf8');
  const looks = new Set([secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  // Behind a user name of any length base64 begins at one of three offsets; the outer characters mix with their neighbours.
  for (const offset of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const end = (bytes.length + offset) % 3 === 0 ? undefined : -1;
    const inner = padded.slice(offset === 0 ? 0 : offset + 1, end);
    if (inner.length < 8) continue;
    looks.add(inner);
    looks.add(inner.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return looks;
}
