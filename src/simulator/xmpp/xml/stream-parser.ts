import { StringDecoder } from 'node:string_decoder';
import { element, type XmlElement } from './element.ts';

/** The stream errors of RFC 6120 §4.9.3 that bad XML ends in. */
export type XmlCondition = 'not-well-formed' | 'restricted-xml' | 'invalid-namespace' | 'policy-violation';

/** Bytes that are not a stream of XML: `condition` says which stream error answers them. */
export class XmlError extends Error {
  readonly condition: XmlCondition;
  constructor(condition: XmlCondition, message: string) {
    super(message);
    this.condition = condition;
  }
}

/** What the parser tells: the stream's own tag, each complete child of it, and its end. */
export interface StreamHandlers {
  opened(root: XmlElement): void;
  received(stanza: XmlElement): void;
  closed(): void;
}

type Scope = Readonly<Record<string, string>>;
type Open = { readonly raw: string; readonly node: XmlElement; readonly scope: Scope };

const NAME = /^[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?$/;
const ATTRIBUTE = /^\s+([^\s=]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/;
const ENTITY = /&(?:#(\d+)|#x([0-9a-fA-F]+)|(amp|lt|gt|quot|apos));|&/g;
const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const MAX_STANZA_CHARACTERS = 1_000_000;

/** Reads one XML stream as RFC 6120 §11 restricts it: no comments, instructions, DTDs or undeclared entities. */
export class StreamParser {
  #buffer = '';
  readonly #decoder = new StringDecoder('utf8');
  readonly #open: Open[] = [];
  readonly #handlers: StreamHandlers;
  #declared = false;
  #stopped = false;

  constructor(handlers: StreamHandlers) {
    this.#handlers = handlers;
  }

  /** Reads nothing more, not even what was already received: text from before STARTTLS must not count after it. */
  stop(): void {
    this.#stopped = true;
  }

  /** Takes bytes; calls the handlers for what they complete. Throws an XmlError. */
  write(bytes: Buffer): void {
    this.#buffer += this.#decoder.write(bytes);
    while (!this.#stopped && this.#step()) {
      // each step takes one tag or text
    }
    if (this.#buffer.length > MAX_STANZA_CHARACTERS) throw new XmlError('policy-violation', 'The stanza is too large.');
  }

  /** Takes one token; false when more bytes are needed. */
  #step(): boolean {
    if (this.#buffer === '') return false;
    if (!this.#buffer.startsWith('<')) return this.#takeText();
    if (this.#buffer.startsWith('<?')) return this.#takeDeclaration();
    if (this.#buffer.startsWith('<![CDATA[')) return this.#takeCdata();
    if (this.#buffer.startsWith('<!')) {
      if ('<![CDATA['.startsWith(this.#buffer)) return false;
      throw new XmlError('restricted-xml', 'Comments and DTDs are not allowed in a stream.');
    }
    const end = tagEnd(this.#buffer);
    if (end === -1) return false;
    const tag = this.#buffer.slice(0, end + 1);
    this.#buffer = this.#buffer.slice(end + 1);
    if (tag.startsWith('</')) this.#closeTag(tag.slice(2, -1).trim());
    else this.#openTag(tag);
    return true;
  }

  #takeText(): boolean {
    const next = this.#buffer.indexOf('<');
    if (next === -1 && this.#open.length <= 1 && this.#buffer.trim() === '') {
      // White space between stanzas keeps a connection alive (RFC 6120 §4.6.1).
      this.#buffer = '';
      return false;
    }
    if (next === -1) return false;
    const raw = this.#buffer.slice(0, next);
    this.#buffer = this.#buffer.slice(next);
    this.#append(decode(raw));
    return true;
  }

  #append(value: string): void {
    const parent = this.#open.at(-1);
    if (this.#open.length > 1 && parent) parent.node.children.push(value);
    else if (value.trim() !== '') throw new XmlError('not-well-formed', 'Text outside a stanza.');
  }

  #takeDeclaration(): boolean {
    const end = this.#buffer.indexOf('?>');
    if (end === -1) return false;
    if (!this.#buffer.startsWith('<?xml') || this.#open.length > 0 || this.#declared) {
      throw new XmlError('restricted-xml', 'Processing instructions are not allowed in a stream.');
    }
    this.#declared = true;
    this.#buffer = this.#buffer.slice(end + 2);
    return true;
  }

  #takeCdata(): boolean {
    const end = this.#buffer.indexOf(']]>');
    if (end === -1) return false;
    this.#append(this.#buffer.slice('<![CDATA['.length, end));
    this.#buffer = this.#buffer.slice(end + 3);
    return true;
  }

  #openTag(tag: string): void {
    const selfClosing = tag.endsWith('/>');
    const inner = tag.slice(1, selfClosing ? -2 : -1);
    const raw = /^[^\s]+/.exec(inner)?.[0] ?? '';
    if (!NAME.test(raw)) throw new XmlError('not-well-formed', 'A tag has no valid name.');
    const attrs = attributes(inner.slice(raw.length));
    const parent = this.#open.at(-1);
    const scope: Record<string, string> = { ...(parent?.scope ?? {}) };
    const kept: Record<string, string> = {};
    for (const [key, value] of attrs) {
      if (key === 'xmlns') scope[''] = value;
      else if (key.startsWith('xmlns:')) scope[key.slice('xmlns:'.length)] = value;
      else if (!key.includes(':') || key.startsWith('xml:')) kept[key] = value;
    }
    const colon = raw.indexOf(':');
    const ns = scope[colon === -1 ? '' : raw.slice(0, colon)];
    if (ns === undefined && colon !== -1) throw new XmlError('not-well-formed', 'A prefix has no namespace.');
    const node = element(ns ?? '', raw.slice(colon + 1), kept);
    if (this.#open.length > 1) parent?.node.children.push(node);
    this.#open.push({ raw, node, scope });
    if (this.#open.length === 1) {
      this.#handlers.opened(node);
      if (selfClosing) this.#closeTag(raw);
      return;
    }
    if (selfClosing) this.#closeTag(raw);
  }

  #closeTag(raw: string): void {
    const last = this.#open.pop();
    if (last === undefined || last.raw !== raw)
      throw new XmlError('not-well-formed', 'A tag is closed that was not open.');
    if (this.#open.length === 1) this.#handlers.received(last.node);
    else if (this.#open.length === 0) this.#handlers.closed();
  }
}

/** The index of the `>` that ends the tag at the start, outside quotes, or -1. */
function tagEnd(buffer: string): number {
  let quote = '';
  for (let index = 1; index < buffer.length; index += 1) {
    const character = buffer[index] ?? '';
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return index;
    else if (character === '<') throw new XmlError('not-well-formed', 'A tag starts inside a tag.');
  }
  return -1;
}

function attributes(source: string): Map<string, string> {
  const found = new Map<string, string>();
  let rest = source;
  while (rest.trim() !== '') {
    const match = ATTRIBUTE.exec(rest);
    const name = match?.[1];
    if (match === null || name === undefined || !NAME.test(name) || found.has(name)) {
      throw new XmlError('not-well-formed', 'A tag has an attribute that is not well formed.');
    }
    found.set(name, decode(match[2] ?? match[3] ?? ''));
    rest = rest.slice(match[0].length);
  }
  return found;
}

function decode(raw: string): string {
  return raw.replaceAll(ENTITY, (_all, decimal?: string, hex?: string, name?: string) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    const value = name === undefined ? undefined : NAMED[name];
    if (value === undefined) throw new XmlError('not-well-formed', 'An entity is not defined.');
    return value;
  });
}
