/**
 * As much of the D-Bus wire format as asking the bus about its names needs: messages whose arguments are strings, answers that are
 * booleans, strings, lists of strings, or variants of these.
 * (https://dbus.freedesktop.org/doc/dbus-specification.html#message-protocol)
 */

/** A message as the bus delivers it. */
export type BusMessage = {
  readonly kind: 'call' | 'answer' | 'error' | 'signal';
  /** The serial of the call that is answered; null in signals. */
  readonly answers: number | null;
  readonly member: string | null;
  readonly sender: string | null;
  /** The arguments that could be read. */
  readonly body: readonly unknown[];
};

/** A call with string arguments. */
export type BusCall = {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly args: readonly string[];
};

const KINDS = { 1: 'call', 2: 'answer', 3: 'error', 4: 'signal' } as const;
const LITTLE_ENDIAN = 0x6c;
const FIELD = { path: 1, interface: 2, member: 3, answers: 5, destination: 6, sender: 7, signature: 8 } as const;
/** The first bytes of a message, which tell how long it is. */
const FIXED_BYTES = 16;
/** The specification's limit is 128 MB; nothing that is asked for here comes near a thousandth of it. */
const LONGEST = 1024 * 1024;

const align = (offset: number, to: number) => Math.ceil(offset / to) * to;

/** The bytes of a call. */
export function encodeCall(serial: number, call: BusCall): Buffer {
  const body = new Writer();
  for (const argument of call.args) body.string(argument);
  const fields: [code: number, type: string, value: string][] = [
    [FIELD.path, 'o', call.path],
    [FIELD.interface, 's', call.interface],
    [FIELD.member, 's', call.member],
    [FIELD.destination, 's', call.destination],
  ];
  if (call.args.length > 0) fields.push([FIELD.signature, 'g', 's'.repeat(call.args.length)]);
  const head = new Writer();
  for (const [code, type, value] of fields) {
    head.pad(8);
    head.byte(code);
    head.signature(type);
    if (type === 'g') head.signature(value);
    else head.string(value);
  }
  const start = new Writer();
  for (const byte of [LITTLE_ENDIAN, 1, 0, 1]) start.byte(byte);
  start.uint32(body.bytes.length);
  start.uint32(serial);
  start.uint32(head.bytes.length);
  const headers = Buffer.concat([start.bytes, head.bytes]);
  return Buffer.concat([headers, Buffer.alloc(align(headers.length, 8) - headers.length), body.bytes]);
}

/** The first message of `bytes` and how many it took; null when it is not complete yet. Throws when it is no message. */
export function decodeMessage(bytes: Buffer): { message: BusMessage; length: number } | null {
  if (bytes.length < FIXED_BYTES) return null;
  const kind = KINDS[bytes.readUInt8(1) as keyof typeof KINDS];
  if (bytes.readUInt8(0) !== LITTLE_ENDIAN || kind === undefined) throw new Error('not a D-Bus message');
  const bodyAt = align(FIXED_BYTES + bytes.readUInt32LE(12), 8);
  const length = bodyAt + bytes.readUInt32LE(4);
  if (length > LONGEST) throw new Error('a D-Bus message that is too long');
  if (bytes.length < length) return null;

  const fields = new Map<number, unknown>();
  const head = new Reader(bytes.subarray(0, FIXED_BYTES + bytes.readUInt32LE(12)), FIXED_BYTES);
  while (!head.atEnd()) {
    head.pad(8);
    const code = head.byte();
    fields.set(code, head.value(head.signature()));
  }
  const text = (code: number) => {
    const value = fields.get(code);
    return typeof value === 'string' ? value : null;
  };
  const answers = fields.get(FIELD.answers);
  const reader = new Reader(bytes.subarray(bodyAt, length), 0);
  const message: BusMessage = {
    kind,
    answers: typeof answers === 'number' ? answers : null,
    member: text(FIELD.member),
    sender: text(FIELD.sender),
    body: reader.values(text(FIELD.signature) ?? ''),
  };
  return { message, length };
}

class Writer {
  #bytes: number[] = [];
  get bytes(): Buffer {
    return Buffer.from(this.#bytes);
  }
  pad(to: number): void {
    while (this.#bytes.length % to !== 0) this.#bytes.push(0);
  }
  byte(value: number): void {
    this.#bytes.push(value);
  }
  uint32(value: number): void {
    this.pad(4);
    this.#bytes.push(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff);
  }
  string(value: string): void {
    const text = Buffer.from(value, 'utf8');
    this.uint32(text.length);
    this.#bytes.push(...text, 0);
  }
  signature(value: string): void {
    this.#bytes.push(value.length, ...Buffer.from(value, 'latin1'), 0);
  }
}

class Reader {
  readonly #bytes: Buffer;
  #at: number;
  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }
  atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }
  pad(to: number): void {
    this.#at = align(this.#at, to);
  }
  byte(): number {
    this.#at += 1;
    return this.#bytes.readUInt8(this.#at - 1);
  }
  uint32(): number {
    this.pad(4);
    this.#at += 4;
    return this.#bytes.readUInt32LE(this.#at - 4);
  }
  text(length: number): string {
    const text = this.#bytes.toString('utf8', this.#at, this.#at + length);
    this.#at += length + 1;
    return text;
  }
  signature(): string {
    return this.text(this.byte());
  }
  /** Throws for a type that nothing here asks for. */
  value(type: string): unknown {
    switch (type) {
      case 's':
      case 'o':
        return this.text(this.uint32());
      case 'g':
        return this.signature();
      case 'u':
        return this.uint32();
      case 'b':
        return this.uint32() === 1;
      case 'v':
        return this.value(this.signature());
      case 'as': {
        const end = this.uint32() + this.#at;
        const items: unknown[] = [];
        while (this.#at < end) items.push(this.value('s'));
        return items;
      }
      default:
        throw new Error(`D-Bus type ${type} is not read here`);
    }
  }
  values(signature: string): unknown[] {
    const types = signature.match(/as|./g) ?? [];
    try {
      return types.map((type) => this.value(type));
    } catch {
      return [];
    }
  }
}
