/**
 * The core, wired: reads like a table of contents. Both hosts call it with their own ports and mount the API on the result.
 *
 * adapters ─ observations ─▶ PresenceStore ─▶ Aggregator ─▶ ContactsService, Alerts ─▶ EventLog ─▶ API
 * API, Schedules ─ wishes ─▶ OwnStatus ─▶ AccountPublisher ─▶ adapters ─▶ read-back
 */
import type { HealthView } from '../contract/schemas/system.ts';
import type { Dispose } from '../ports/clock.ts';
import { AccountSecrets } from './accounts/account-secrets.ts';
import { Accounts } from './accounts/accounts.ts';
import { heldOwnStatus } from './accounts/held-own-status.ts';
import { Alerts } from './alerts/alerts.ts';
import { Watches } from './alerts/watches.ts';
import { Attention } from './attention/attention.ts';
import { Audit } from './audit/audit.ts';
import { Schedules } from './automation/schedules.ts';
import type { AccountDirectory } from './contacts/contact-view.ts';
import { ContactsService } from './contacts/contacts-service.ts';
import { People } from './contacts/people.ts';
import { SuggestionsService } from './contacts/suggestions-service.ts';
import { accountsCheck, diskCheck, examine, secretStoreCheck } from './doctor/doctor.ts';
import { EventLog } from './events/event-log.ts';
import { AccountHealths } from './health/account-health.ts';
import { AccountMeters } from './health/account-meters.ts';
import { AccountNotices } from './health/account-notices.ts';
import { healthView } from './health/health-view.ts';
import { Pictures } from './media/pictures.ts';
import { Metrics } from './metrics/metrics.ts';
import { Statistics } from './metrics/statistics.ts';
import type { MusterOptions } from './muster-options.ts';
import { OwnStatus } from './own-status/own-status.ts';
import { Presets } from './own-status/presets.ts';
import { WishStore } from './own-status/wish-store.ts';
import { PageCursors } from './paging/page-cursors.ts';
import { CallBudgets } from './polling/call-budgets.ts';
import { pollSubjects } from './polling/poll-subjects.ts';
import { followPower, type PowerState } from './power/power.ts';
import { Preferences } from './preferences/preferences.ts';
import { Aggregator } from './presence/aggregator.ts';
import { Availability } from './presence/availability.ts';
import { PresenceStore } from './presence/presence-store.ts';
import { followOptOuts } from './privacy/opt-outs.ts';
import { Privacy } from './privacy/privacy.ts';
import { Secrets } from './secrets/secrets.ts';
import { sessionListener } from './session-listener.ts';
import { SignIns } from './sign-in/sign-ins.ts';
import { TokenKeepers } from './sign-in/token-keepers.ts';
import { Webhooks } from './webhooks/webhooks.ts';

/** The running core. */
export type Muster = ReturnType<typeof createMuster>;

/** Wires the core. Nothing connects before `start`. */
export function createMuster(options: MusterOptions) {
  const { version, instance, database, registry, http, clock, random, logger } = options;
  const startedAt = clock.monotonicMs();

  const adapterOf = (platform: string) =>
    Object.values(registry).find(({ manifest }) => manifest.id === platform) ?? null;
  const events = new EventLog(database.sequence);
  const preferences = new Preferences({ file: options.preferences, events });
  const secrets = new Secrets(options.secrets, async (move, said) => {
    await keepers.undisturbed(move);
    audit.record('secrets-moved', said);
  });
  const attention = new Attention(clock);
  const cursors = new PageCursors(() => random.id('page'));

  const people = new People({ repository: database.book, random });
  const suggestions = new SuggestionsService({
    people,
    repository: database.dismissals,
    pictures: database.pictures,
    clock,
  });
  const store = new PresenceStore({
    repository: database.observations,
    clock,
    plannedIntervalMs: (id) => accounts.session(id)?.plannedIntervalMs() ?? 0,
  });
  const aggregator = new Aggregator({ people, store, clock });

  const schedules = new Schedules({ repository: database.schedules, clock, random, events });
  const presets = new Presets({ repository: database.presets, values: database.values, random, events });
  const watches = new Watches({ repository: database.watches, people, clock, random, events });

  const budgets = new CallBudgets({ values: database.values, clock });
  const meters = new AccountMeters(clock, (id, ms) => metrics.called(id, directory.platformOf(id), ms));
  const audit = new Audit({ repository: database.audit, clock, random });
  if (options.secrets.rekeyed) audit.record('vault-rekeyed', 'The encrypted vault got another key.');
  const secretStore = () => options.secrets.current();
  const accountSecrets = new AccountSecrets(secretStore, options.redact);
  const keepers: TokenKeepers = new TokenKeepers({
    secretStore,
    values: database.values,
    oauth: options.oauth,
    clock,
    random,
    redact: options.redact,
    audit,
    accountOf: (id) => accounts.record(id),
    adapterOf,
    changed: (id) => accounts.changed(id),
    // Whoever is connected finds out at once; others when they try to connect.
    ended: (id) => accounts.connection(id) && accounts.session(id)?.retryNow(),
  });
  const accounts: Accounts = new Accounts({
    repository: database.accounts,
    registry,
    secrets: accountSecrets,
    keepers,
    audit,
    http,
    clock,
    random,
    logger,
    events,
    redact: options.redact,
    listener: sessionListener({
      people,
      store,
      ownStatus: () => ownStatus,
      contacts: () => contacts,
      reachable: (id) => webhooks.wake(id),
    }),
    budgets,
    meters,
    values: database.values,
    webhookUrlOf: (account) => webhooks.urlOf(account),
    subjectsOf: (id) => pollSubjects(id, { people, store, attention, watches }),
    isOptedOut: (accountId, userId) => people.isOptedOut({ accountId, userId }),
    ownStatus: () => ownStatus,
    removed: (id) => {
      store.forgetAccount(id);
      people.removeAccount(id);
      pictures.forgetAccount(id);
      webhooks.forget(id);
      metrics.forget(id);
      ownStatus.accountsChanged();
    },
  });
  const webhooks = new Webhooks({
    repository: database.webhooks,
    accounts,
    adapterOf,
    secretStore,
    redact: options.redact,
    publicUrl: options.publicUrl ?? null,
    http,
    clock,
    random,
    logger,
    rejected: (id, reason) =>
      audit.record('webhook-rejected', `A delivery was not accepted: ${reason}.`, accounts.record(id)),
  });
  const directory: AccountDirectory = {
    platformOf: (id) => accounts.record(id)?.platform ?? null,
    chatUrl: (id, userId) => accounts.connection(id)?.chatUrl(userId) ?? null,
  };
  const pictures = new Pictures({
    repository: database.pictures,
    connectionOf: (id) => accounts.connection(id),
    clock,
    logger,
  });
  const contacts = new ContactsService({
    people,
    store,
    aggregator,
    accounts: directory,
    avatars: pictures,
    events,
    clock,
    cursors,
  });
  const availability = new Availability({ people, aggregator, accounts: directory });

  const ownStatus: OwnStatus = new OwnStatus({
    wishes: new WishStore(database),
    journal: database.journal,
    accounts: {
      ids: () => accounts.ids().filter((id) => accounts.record(id)?.enabled),
      platformOf: directory.platformOf,
      bundleOf: (id) => {
        const session = accounts.publishing(id);
        if (!session?.connection) return 'offline';
        const { ownStatus: bundle } = session.connection;
        return bundle ? heldOwnStatus(meters.of(id).ownStatus(bundle), session.breaker, clock) : 'unsupported';
      },
      waitMs: (id) => budgets.of(id).urgentWaitMs(),
    },
    schedules,
    events,
    clock,
    random,
    logger,
  });

  const power: PowerState = followPower({
    source: options.idle ?? null,
    accounts,
    budgets,
    schedules,
    clock,
    woke: (missedMs) => {
      if (missedMs < 0) store.clockSetBack(-missedMs);
      keepers.wake();
    },
    resumed: () => ownStatus.resumed(),
  });
  const alerts = new Alerts({
    repository: database.alerts,
    watches,
    aggregator,
    people,
    events,
    notifier: options.notifier,
    clock,
    random,
    logger,
    policy: () => {
      const { notifications, alertDwellSeconds } = preferences.get();
      return { notifications, dwellSeconds: alertDwellSeconds, asleep: power.asleep() };
    },
    quiet: () => ownStatus.quiet(),
    words: (alert, name, note) => options.alertWords(alert, name, note, preferences.get().language),
  });
  const notices = new AccountNotices({
    events,
    values: database.values,
    notifier: options.notifier,
    clock,
    random,
    logger,
    wanted: () => preferences.get().notifications,
    words: (notice) => options.noticeWords(notice, preferences.get().language),
  });
  const healths = new AccountHealths({
    accounts,
    meters,
    budgets,
    store,
    clock,
    manifestOf: (platform) => adapterOf(platform)?.manifest ?? null,
    signIn: (id) => keepers.view(id),
    webhookUrlOf: (account) => webhooks.addressOf(account),
  });
  const statistics = new Statistics({ accounts, people, aggregator, store, meters, startedAt: clock.now() });
  const metrics: Metrics = new Metrics({
    uptimeSeconds: () => (clock.monotonicMs() - startedAt) / 1_000,
    accounts: () => healths.metered(),
    statistics: () => statistics.view(),
  });
  const signIns = new SignIns({
    accounts,
    oauth: options.oauth,
    redirects: options.redirects,
    audit,
    clock,
    random,
    logger,
    redact: options.redact,
  });
  const privacy = new Privacy({
    version,
    clock,
    database,
    accounts,
    contacts,
    ownStatus,
    presets,
    schedules,
    watches,
    alerts,
    preferences,
    secrets,
    audit,
  });

  const disposes: Dispose[] = [
    followOptOuts({ people, store, pictures, accounts }),
    attention.onChange(() => replan()),
    watches.onChange(() => replan()),
    // A favourite is looked at more often, somebody opted in again at once.
    people.onChange((_ids, cause) => cause === 'edited' && replan()),
    () => power.stop(),
    () => signIns.stop(),
  ];
  function replan(): void {
    for (const session of accounts.sessions()) session.replan();
  }

  return {
    version,
    instance,
    accounts,
    alerts,
    attention,
    audit,
    availability,
    contacts,
    cursors,
    events,
    healths,
    metrics,
    ownStatus,
    pictures,
    preferences,
    presets,
    privacy,
    schedules,
    secrets,
    signIns,
    statistics,
    suggestions,
    watches,
    webhooks,
    health: (): HealthView =>
      healthView(
        accounts.list(),
        { version, uptimeSeconds: Math.floor((clock.monotonicMs() - startedAt) / 1_000), instance },
        database.onlyInMemory(),
      ),
    doctor: () =>
      examine(version, [
        diskCheck(() => database.onlyInMemory()),
        ...(options.checks ?? []),
        secretStoreCheck(secrets),
        accountsCheck(accounts, healths),
      ]),
    /** What has to be known before `start`. */
    prepare: () => webhooks.prepare(),
    start(): void {
      power.start();
      webhooks.start();
      schedules.start();
      ownStatus.start();
      accounts.start();
    },
    /** Signs out cleanly and writes what is not on disk yet. Own status stays as it is: the platforms keep it until it ends. */
    async stop(): Promise<void> {
      for (const dispose of disposes) dispose();
      notices.stop();
      alerts.stop();
      ownStatus.stop();
      schedules.stop();
      contacts.stop();
      aggregator.stop();
      attention.stop();
      pictures.stop();
      await accounts.stop();
      webhooks.stop();
      store.flush();
      store.stop();
    },
  };
}
