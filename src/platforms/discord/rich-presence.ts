import { z } from 'zod';
import { MusterError } from '../../domain/errors.ts';
import type { OwnStatus } from '../../domain/own-status/intent.ts';
import { type EpochMs, epochMs } from '../../domain/time.ts';
import { cutText } from '../cut-text.ts';
import type { AdapterContext, JsonValue, OwnReading, OwnStatusBundle, OwnTarget, PartResult } from '../platform.ts';
import { LocalApp, type LocalUser } from './local-app/client.ts';
import { type PresenceState, statusOf } from './mapping.ts';

/** The app takes one update in 15 s (old documentation; the present one gives no number). */
const UPDATES = [{ calls: 1, seconds: 15 }];
/** Each line of a Rich Presence is 2 to 128 characters long. */
const MOST_CHARACTERS = 128;
const FEWEST_CHARACTERS = 2;

/** The first line; without a word it is the message. Being online goes without saying, and being offline cannot be said. */
const WORDS: Readonly<Record<OwnStatus, string | null>> = {
  online: null,
  away: 'Away',
  busy: 'Busy',
  offline: null,
};

const SENTENCES = {
  line: 'Discord shows it as a Rich Presence line beside your name; the status itself stays as it is, since no program may set it.',
  nothing: 'No program may set your status on Discord, and there is no message to show.',
  invisible: 'Only you can appear invisible, in Discord’s own status menu.',
  doNotDisturb: 'Only you can set do-not-disturb on Discord, in its own status menu.',
  emoji: 'Servers’ own emoji cannot be part of the line, so it was left out.',
} as const;

/** The two lines and their end (Unix ms); `text` is what of it is the user's message. */
const lineSchema = z.strictObject({
  details: z.string(),
  state: z.string().nullable(),
  end: z.number().nullable(),
  text: z.string().nullable(),
});
type Line = z.infer<typeof lineSchema>;
const snapshotSchema = z.strictObject({ line: lineSchema.nullable() }).catch({ line: null });

/** What the line needs. */
interface RichPresenceParts {
  readonly context: Pick<AdapterContext, 'clock' | 'report' | 'budget' | 'logger'>;
  readonly clientId: string;
  readonly socketPaths: readonly string[];
  /** What the bot sees of oneself; null when it does not know who that is, or shares no server. */
  readonly ownPresence: () => PresenceState | null;
  /** The app told who is signed in in it. */
  readonly met: (user: LocalUser) => void;
}

/** One's own message on Discord: the Rich Presence line that the Discord app on this computer shows. Never a user's token. */
export class RichPresence {
  readonly bundle: OwnStatusBundle;
  readonly #parts: RichPresenceParts;
  #app: LocalApp | null = null;
  /** What the app shows for us; gone with the connection to it. */
  #shown: Line | null = null;
  #closed = false;

  constructor(parts: RichPresenceParts) {
    this.#parts = parts;
    this.bundle = {
      busyImpliesDoNotDisturb: false,
      read: async () => this.#read(),
      apply: async (target, signal) => ({
        status: target.status === null ? null : await this.#apply(target.status, signal),
        doNotDisturb: target.doNotDisturb === null ? null : doNotDisturbResult(target.doNotDisturb),
      }),
      compare: (part, written, read) => (part === 'doNotDisturb' || sameLine(written, read) ? 'same' : 'expired'),
    };
  }

  /** Asks the app on this computer who is signed in in it, if one runs. */
  async lookForUser(): Promise<void> {
    try {
      const app = await this.#open();
      app.close();
    } catch {
      // Without an app nobody is met.
    }
  }

  /** Lets the app go, which then takes the line away. */
  close(): void {
    this.#closed = true;
    this.#app?.close();
    this.#app = null;
    this.#shown = null;
  }

  #read(): OwnReading {
    const own = this.#parts.ownPresence();
    const line = this.#shown;
    return {
      status: {
        status: statusOf(own?.raw ?? null),
        message: line?.text ?? null,
        emoji: null,
        until: line?.end ? epochMs(line.end) : null,
        snapshot: { line },
      },
      doNotDisturb: { active: own?.raw === 'dnd', until: null, snapshot: {} },
    };
  }

  async #apply(target: NonNullable<OwnTarget['status']>, signal: AbortSignal): Promise<PartResult> {
    const line = target.kind === 'set' ? lineOf(target) : stillDue(target.snapshot, this.#parts.context.clock.now());
    try {
      await this.#show(line, signal);
    } catch (thrown) {
      if (!(thrown instanceof MusterError) || (thrown.code !== 'unsupported' && thrown.code !== 'timeout'))
        throw thrown;
      // Where no app runs there is no line either: what was to be taken away is gone.
      if (line === null && target.kind === 'restore') return done([]);
      return { outcome: 'unsupported', detail: thrown.message, expiresBy: 'muster' };
    }
    if (target.kind === 'restore') return done([]);
    if (line === null) {
      const detail = target.status === 'offline' ? SENTENCES.invisible : SENTENCES.nothing;
      return { outcome: 'unsupported', detail, expiresBy: 'muster' };
    }
    return done([
      SENTENCES.line,
      target.status === 'offline' ? SENTENCES.invisible : null,
      isCustom(target.emoji) ? SENTENCES.emoji : null,
    ]);
  }

  async #show(line: Line | null, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#closed) throw new MusterError('cancelled', 'The Discord account was closed.');
    if (line === null && this.#shown === null) return;
    const app = await this.#connected();
    // Said once more after an outage of the gateway, of which the app knows nothing.
    if (JSON.stringify(line) === JSON.stringify(this.#shown)) return;
    await this.#parts.context.budget('SET_ACTIVITY', UPDATES).take(signal, true);
    await app.setActivity(line === null ? null : activityOf(line));
    if (app.isOpen) this.#shown = line;
  }

  async #connected(): Promise<LocalApp> {
    if (this.#app?.isOpen) return this.#app;
    const { context } = this.#parts;
    const app = await this.#open();
    if (this.#closed) {
      app.close();
      throw new MusterError('cancelled', 'The Discord account was closed.');
    }
    app.onEnd = () => {
      this.#app = null;
      if (this.#shown === null) return;
      this.#shown = null;
      context.report.ownChanged();
    };
    this.#app = app;
    return app;
  }

  async #open(): Promise<LocalApp> {
    const { context, socketPaths, clientId, met } = this.#parts;
    const { app, user } = await LocalApp.open(context.clock, socketPaths, clientId);
    if (user !== null) met(user);
    return app;
  }
}

/** The wish as two lines: the status, and the message with its emoji; null when there is nothing to show. */
function lineOf(target: Extract<OwnTarget['status'], { kind: 'set' }>): Line | null {
  const emoji = isCustom(target.emoji) ? null : target.emoji;
  const text = cutText([emoji, target.message].filter(Boolean).join(' ').trim(), MOST_CHARACTERS) || null;
  const word = WORDS[target.status];
  const end = target.until;
  if (text === null) return word === null ? null : { details: word, state: null, end, text };
  if (word === null) return { details: text.length < FEWEST_CHARACTERS ? `“${text}”` : text, state: null, end, text };
  if (text.length < FEWEST_CHARACTERS) return { details: `${word}: ${text}`, state: null, end, text };
  return { details: word, state: text, end, text };
}

/** What to come back to; nothing, when that has ended meanwhile. */
function stillDue(snapshot: JsonValue, now: EpochMs): Line | null {
  const { line } = snapshotSchema.parse(snapshot);
  return line === null || (line.end !== null && line.end <= now) ? null : line;
}

function activityOf({ details, state, end }: Line): JsonValue {
  return {
    type: 0,
    details,
    ...(state === null ? {} : { state }),
    ...(end === null ? {} : { timestamps: { end } }),
    instance: false,
  };
}

/** Nobody but Muster changes its line; where it is another one, the app has gone, and the line with it. */
function sameLine(written: JsonValue, read: JsonValue): boolean {
  return JSON.stringify(snapshotSchema.parse(written)) === JSON.stringify(snapshotSchema.parse(read));
}

function isCustom(emoji: string | null): boolean {
  return emoji !== null && /^:[^:\s]+:$/.test(emoji);
}

function doNotDisturbResult(target: NonNullable<OwnTarget['doNotDisturb']>): PartResult {
  if (target.kind === 'restore') return done([]);
  return { outcome: 'unsupported', detail: SENTENCES.doNotDisturb, expiresBy: 'muster' };
}

function done(sentences: readonly (string | null)[]): PartResult {
  const detail = sentences.filter((sentence) => sentence !== null).join(' ');
  return { outcome: detail === '' ? 'applied' : 'partial', detail: detail === '' ? null : detail, expiresBy: 'muster' };
}
