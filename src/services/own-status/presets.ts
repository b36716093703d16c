import type { z } from 'zod';
import type { PresetView, presetFieldsSchema } from '../../contract/schemas/me.ts';
import { MusterError } from '../../domain/errors.ts';
import type { Random } from '../../ports/random.ts';
import type { EventLog } from '../events/event-log.ts';

/** Where the presets are kept, in their order. Null from `all` before the first start: then the defaults are made. */
export interface PresetRepository {
  all(): readonly PresetView[] | null;
  saveAll(presets: readonly PresetView[]): void;
}

type PresetFields = z.output<typeof presetFieldsSchema>;

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
  #presets: readonly PresetView[];

  constructor(options: { repository: PresetRepository; random: Random; events: EventLog }) {
    this.#repository = options.repository;
    this.#random = options.random;
    this.#events = options.events;
    const kept = options.repository.all();
    this.#presets = kept ?? DEFAULTS.map((fields) => ({ id: options.random.id('p'), ...fields }));
    if (!kept) options.repository.saveAll(this.#presets);
  }

  list(): readonly PresetView[] {
    return this.#presets;
  }

  /** Throws `not-found`. */
  get(id: string): PresetView {
    const preset = this.#presets.find((other) => other.id === id);
    if (!preset) throw new MusterError('not-found', 'There is no such preset.');
    return preset;
  }

  create(fields: PresetFields): PresetView {
    const preset = { id: this.#random.id('p'), ...fields };
    this.#save([...this.#presets, preset]);
    this.#events.publish('settings', { kind: 'preset', ...preset });
    return preset;
  }

  /** Throws `not-found`. */
  replace(id: string, fields: PresetFields): PresetView {
    this.get(id);
    const preset = { id, ...fields };
    this.#save(this.#presets.map((other) => (other.id === id ? preset : other)));
    this.#events.publish('settings', { kind: 'preset', ...preset });
    return preset;
  }

  /** Throws `not-found`. */
  delete(id: string): void {
    this.get(id);
    this.#save(this.#presets.filter((other) => other.id !== id));
    this.#events.publish('settings', { kind: 'preset', id, removed: true });
  }

  #save(presets: readonly PresetView[]): void {
    this.#repository.saveAll(presets);
    this.#presets = presets;
  }
}
