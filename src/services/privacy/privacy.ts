import type { Clock } from '../../ports/clock.ts';
import type { Database } from '../../ports/repositories.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { Alerts } from '../alerts/alerts.ts';
import type { Watches } from '../alerts/watches.ts';
import type { Audit } from '../audit/audit.ts';
import type { Schedules } from '../automation/schedules.ts';
import type { ContactsService } from '../contacts/contacts-service.ts';
import { iso } from '../iso.ts';
import type { OwnStatus } from '../own-status/own-status.ts';
import type { Presets } from '../own-status/presets.ts';
import type { Preferences } from '../preferences/preferences.ts';
import type { Secrets } from '../secrets/secrets.ts';

/** What privacy reaches into: everything that holds something about people or the user. */
export interface PrivacyOptions {
  readonly version: string;
  readonly clock: Clock;
  readonly database: Database;
  readonly accounts: Accounts;
  readonly contacts: ContactsService;
  readonly ownStatus: OwnStatus;
  readonly presets: Presets;
  readonly schedules: Schedules;
  readonly watches: Watches;
  readonly alerts: Alerts;
  readonly preferences: Preferences;
  readonly secrets: Secrets;
  readonly audit: Audit;
}

/** Takes everything out, or deletes it. */
export class Privacy {
  readonly #options: PrivacyOptions;

  constructor(options: PrivacyOptions) {
    this.#options = options;
  }

  /** Everything but secrets as one document; its parts are the contract's own objects. */
  export(): { exportedAt: string; version: string; [part: string]: unknown } {
    const { version, clock, accounts, contacts, ownStatus, presets, schedules, watches, alerts, preferences, audit } =
      this.#options;
    audit.record('exported', 'Everything but secrets was exported.');
    return {
      exportedAt: iso(clock.now()),
      version,
      accounts: accounts.list(),
      contacts: contacts.all(),
      me: ownStatus.view(),
      presets: presets.list(),
      schedules: schedules.list(),
      watches: watches.list(),
      alerts: alerts.list(),
      preferences: preferences.get(),
      audit: audit.list(),
    };
  }

  /** Gives one's own status back, signs every account out with its secrets, and deletes everything that was kept. */
  async erase(): Promise<void> {
    const { accounts, ownStatus, presets, schedules, watches, database, preferences, secrets } = this.#options;
    await ownStatus.clear();
    await ownStatus.clearDoNotDisturb();
    for (const id of accounts.ids()) await accounts.delete(id);
    // What could not be given back so soon would leave its traces after everything else is gone.
    await accounts.endFarewells();
    for (const { id } of watches.list()) watches.delete(id);
    for (const { id } of schedules.list()) schedules.delete(id);
    for (const { id } of presets.list()) presets.delete(id);
    await ownStatus.clearDoNotDisturb();
    await accounts.forgetSecrets();
    secrets.eraseRest();
    database.erase();
    // Nothing is set up any more: whoever goes on begins where a new user does.
    preferences.patch({ firstRun: 'welcome' });
  }
}
