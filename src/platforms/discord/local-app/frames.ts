/**
 * Frames of the Discord app's local socket (docs.discord.com/developers/topics/rpc): opcode and length as little-endian 32-bit
 * numbers, then JSON. Pure.
 */

/** Opcodes. */
export const FRAME = { handshake: 0, frame: 1, close: 2, ping: 3, pong: 4 } as const;

/** A longer frame is none of Discord's. */
const MOST_BYTES = 256 * 1024;
const HEADER_BYTES = 8;

/** One frame; `body` is the parsed JSON, undefined when it is none. */
export interface LocalFrame {
  readonly op: number;
  readonly body: unknown;
}

/** A frame as bytes. */
export function encodeFrame(op: number, body: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(body));
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32LE(op, 0);
  header.writeUInt32LE(json.length, 4);
  return Buffer.concat([header, json]);
}

/** Puts frames together from what arrives in pieces. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  /** The frames that `piece` completes; null when it is not Discord that speaks. */
  push(piece: Buffer): LocalFrame[] | null {
    this.#rest = Buffer.concat([this.#rest, piece]);
    const frames: LocalFrame[] = [];
    while (this.#rest.length >= HEADER_BYTES) {
      const op = this.#rest.readUInt32LE(0);
      const length = this.#rest.readUInt32LE(4);
      if (op > FRAME.pong || length > MOST_BYTES) return null;
      if (this.#rest.length < HEADER_BYTES + length) break;
      const json = this.#rest.toString('utf8', HEADER_BYTES, HEADER_BYTES + length);
      this.#rest = this.#rest.subarray(HEADER_BYTES + length);
      frames.push({ op, body: parsedJson(json) });
    }
    return frames;
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
