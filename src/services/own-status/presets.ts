import type { z } from 'zod';
import type { presetFieldsSchema } from '../../contract/schemas/me.ts';
import { MusterError } from '../../domain/errors.ts';
import type { Random } from '../../ports/random.ts';
import type { Preset, PresetRepository, ValueRepository } from '../../ports/repositories.ts';
import type { EventLog } from '../events/event-log.ts';

type PresetFields = z.output<typeof presetFieldsSchema>;

/** Remembers that a home has had its defaults. */
const MADE = 'presets-made';

/** What a new home begins with; the user changes or removes them. */
const DEFAULTS: readonly PresetFields[] = [
  { name: 'Focus', status: 'busy', message: 'Focus', emoji: '🎧', doNotDisturb: true, forSeconds: 3_600 },
  { name: 'Lunch', status: 'away', message: 'Lunch', emoji: '🥪', doNotDisturb: false, forSeconds: 2_700 },
  { name: 'Remote', status: 'online', message: 'Working remotely', emoji: '🏠', doNotDisturb: false, forSeconds: null },
];

/** One-tap statuses. */
export class Presets {
  readonly #repository: PresetRepository;
  readonly #random: Random;
  readonly #events: EventLog;

  constructor(options: { repository: PresetRepository; values: ValueRepository; random: Random; events: EventLog }) {
    this.#repository = options.repository;
    this.#random = options.random;
    this.#events = options.events;
    // Only once: whoever removes the defaults does not get them back.
    if (options.values.get(MADE) === true) return;
    for (const fields of DEFAULTS) options.repository.save({ id: options.random.id('p'), ...fields });
    options.values.set(MADE, true);
  }

  list(): readonly Preset[] {
    return this.#repository.all();
  }

  /** Throws `not-found`. */
  get(id: string): Preset {
    const preset = this.#repository.all().find((other) => other.id === id);
    if (!preset) throw new MusterError('not-found', 'There is no such preset.');
    return preset;
  }

  create(fields: PresetFields): Preset {
    const preset = { id: this.#random.id('p'), ...fields };
    this.#repository.save(preset);
    this.#events.publish('settings', { kind: 'preset', ...preset });
    return preset;
  }

  /** Throws `not-found`. */
  replace(id: string, fields: PresetFields): Preset {
    this.get(id);
    const preset = { id, ...fields };
    this.#repository.save(preset);
    this.#events.publish('settings', { kind: 'preset', ...preset });
    return preset;
  }

  /** Throws `not-found`. */
  delete(id: string): void {
    this.get(id);
    this.#repository.delete(id);
    this.#events.publish('settings', { kind: 'preset', id, removed: true });
  }
}
