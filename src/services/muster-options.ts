import type { Alert } from '../domain/alerts/watch.ts';
import type { Clock } from '../ports/clock.ts';
import type { HttpClient } from '../ports/http-client.ts';
import type { IdleSource } from '../ports/idle-source.ts';
import type { Logger } from '../ports/logger.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { OAuthClient } from '../ports/oauth-client.ts';
import type { RedirectListener } from '../ports/oauth-redirect.ts';
import type { Random } from '../ports/random.ts';
import type { Database } from '../ports/repositories.ts';
import type { PlatformRegistry } from './accounts/accounts-options.ts';
import type { Check } from './doctor/doctor.ts';
import type { AccountNotice } from './health/account-notices.ts';
import type { PreferencesFile } from './preferences/preferences.ts';
import type { SecretStores } from './secrets/secrets.ts';

/** What the core needs of its host: ports, adapters, words in the user's language. */
export interface MusterOptions {
  readonly version: string;
  /** Tells this start from another on the same home. */
  readonly instance: string;
  readonly database: Database;
  readonly preferences: PreferencesFile;
  readonly secrets: SecretStores;
  readonly registry: PlatformRegistry;
  readonly http: HttpClient;
  readonly oauth: OAuthClient;
  /** Where browsers come back to after a sign-in. */
  readonly redirects: RedirectListener;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** `passing`: it is replaced before long. */
  readonly redact: (secret: string, passing?: boolean) => void;
  readonly notifier: Notifier;
  /** What a notification says, in the user's language. */
  readonly alertWords: (
    alert: Alert,
    name: string,
    note: string | null,
    language: string,
  ) => { readonly title: string; readonly body: string };
  /** What a notification about an account says, in the user's language. */
  readonly noticeWords: (notice: AccountNotice, language: string) => { readonly title: string; readonly body: string };
  /** Absent where the machine tells nothing about its user. */
  readonly idle?: IdleSource;
  /** The address of the user's own TLS proxy for `/hooks/…`; absent: no platform can send anything here. */
  readonly publicUrl?: URL;
  /** The host's own checks for `doctor`: environment, native parts. */
  readonly checks?: readonly Check[];
}
