import { mostCallsWithin } from '../../src/simulator/teams/call-log.ts';
import type { Organisation } from '../../src/simulator/teams/organisation.ts';
import { startTeamsSimulator, type TeamsSimulator } from '../../src/simulator/teams/server.ts';
import { type Bench, credentialsGone, type NativeStatus, type Stage } from './bench.ts';
import { httpFaults } from './http-troubles.ts';

const ME = 'grace.hopper@harbour-works.example';
const ADA = 'ada.byron@harbour-works.example';

/** Graph's published limits (learn.microsoft.com/graph/throttling-limits), by the simulator's names of its endpoints. */
const PUBLISHED_LIMITS = [
  { names: ['getPresencesByUserId', 'me/presence'], calls: 1_500, seconds: 30 },
  {
    names: [
      'setUserPreferredPresence',
      'clearUserPreferredPresence',
      'setPresence',
      'clearPresence',
      'setStatusMessage',
      'subscriptions',
      'subscriptions/{id}',
    ],
    calls: 30,
    seconds: 1,
  },
];

interface TeamsStage extends Stage {
  readonly simulator: TeamsSimulator;
}

function simulatorOf(stage: Stage): TeamsSimulator {
  if (!('simulator' in stage)) throw new Error('not a Teams stage');
  return (stage as TeamsStage).simulator;
}

function played(
  name: string,
  expected: NativeStatus['expected'],
  play: (organisation: Organisation) => void,
): NativeStatus {
  return { name, expected, play: (stage) => play(simulatorOf(stage).organisation) };
}

/** One pair as a Teams client shows it. */
function shown(availability: string, activity: string, expected: NativeStatus['expected']): NativeStatus {
  const raw = { rawStatus: `${availability}/${activity}`, lastSeen: null };
  return played(`${availability}/${activity}`, { doNotDisturb: false, ...raw, ...expected }, (organisation) =>
    organisation.client(ADA, availability, activity),
  );
}

const call = [{ kind: 'in-a-call', detail: null }] as const;
const meeting = [{ kind: 'in-a-meeting', detail: null }] as const;
const presenting = [{ kind: 'presenting', detail: null }] as const;

/** The next look at somebody meets the fault. */
const { fault, troubles } = httpFaults((stage, planned) =>
  simulatorOf(stage).faults.add(planned, { method: 'getPresencesByUserId' }),
);

/** Microsoft's side: a simulated tenant. */
export const teamsBench: Bench = {
  async start({ colleagues, now }) {
    const roster = new Set<string>();
    const simulator = await startTeamsSimulator({
      now,
      // Nothing renews a token that was pasted, and the suite sleeps for eight hours.
      accessSeconds: 86_400,
      populate: (organisation) => {
        for (let index = 0; index < colleagues; index += 1) {
          const person = organisation.add({ displayName: index === 0 ? 'Ada Byron' : `Colleague ${index}` });
          roster.add(person.id);
        }
        organisation.add({
          displayName: 'Guest Visitor',
          mail: 'guest@other.example',
          userPrincipalName: 'guest_other.example#EXT#@harbour-works.example',
        });
        const me = organisation.add({ displayName: 'Grace Hopper' });
        organisation.client(me.id, 'Available');
        return me;
      },
    });
    const { organisation } = simulator;
    const ada = organisation.person(ADA);
    const stage: TeamsStage = {
      simulator,
      settings: { graphUrl: simulator.graphUrl, authority: simulator.authority, clientId: simulator.clientId },
      secrets: { accessToken: simulator.issueToken(ME) },
      colleague: ada.id,
      roster,
      arrive: () => organisation.client(ADA, 'Available'),
      leave: () => organisation.client(ADA, 'Away'),
      held: () => {
        const { preferred, statusMessage, sessions } = organisation.person(ME);
        const own = [...sessions.keys()];
        return {
          preferred: preferred && { availability: preferred.availability, activity: preferred.activity },
          message: statusMessage && { content: statusMessage.content, expiresAt: statusMessage.expiresAt },
          own,
        };
      },
      changeOwn: () => {
        organisation.choose(ME, { availability: 'Available', activity: 'Available' });
        organisation.say(ME, 'My own words');
      },
      restart: () => simulator.restart(),
      blackhole: () => simulator.faults.add({ kind: 'hang' }),
      // Kept-alive connections belong to the HTTP client, which all accounts share.
      sockets: () => 0,
      asked: (userId) => simulator.calls.filter(({ path, body }) => `${path} ${body}`.includes(userId)).length,
      limitsPassed: () =>
        PUBLISHED_LIMITS.filter(
          ({ names, calls, seconds }) => mostCallsWithin(simulator.calls, names, seconds) > calls,
        ).map(({ names }) => names.join(', ')),
      close: () => simulator.close(),
    };
    return stage;
  },
  refusals: [
    {
      what: 'a token that Graph did not give',
      secrets: () => ({ accessToken: 'eyJ0.nobody.knows' }),
      code: 'token-expired',
    },
    { what: 'no token', secrets: () => ({}), code: 'credentials-refused' },
    {
      what: 'an expired token',
      secrets: (stage) => {
        const accessToken = simulatorOf(stage).issueToken(ME);
        simulatorOf(stage).signIn.oauth.expire(accessToken);
        return { accessToken };
      },
      code: 'token-expired',
    },
    {
      what: 'a revoked session',
      secrets: (stage) => {
        const accessToken = simulatorOf(stage).issueToken(ME);
        simulatorOf(stage).signIn.oauth.revoke(accessToken);
        return { accessToken };
      },
      code: 'token-revoked',
    },
    {
      what: 'a policy that wants more',
      secrets: (stage) => {
        const accessToken = simulatorOf(stage).issueToken(ME);
        simulatorOf(stage).challenged.add(accessToken);
        return { accessToken };
      },
      code: 'token-revoked',
    },
    {
      what: 'a token without a permission that is needed',
      secrets: (stage) => ({ accessToken: simulatorOf(stage).issueToken(ME, ['User.Read', 'User.ReadBasic.All']) }),
      code: 'missing-scope',
    },
    {
      what: 'a personal account',
      secrets: (stage) => {
        const { organisation } = simulatorOf(stage);
        organisation.add({
          id: '48d31887f00d4242',
          displayName: 'At Home',
          userPrincipalName: 'grace@outlook.example',
        });
        return { accessToken: simulatorOf(stage).issueToken('48d31887f00d4242') };
      },
      code: 'credentials-refused',
    },
  ],
  natives: [
    shown('Available', 'Available', { status: 'online', activities: [] }),
    shown('AvailableIdle', 'Available', { status: 'idle' }),
    shown('Available', 'AvailableInactive', { status: 'idle' }),
    shown('Busy', 'Busy', { status: 'busy', activities: [] }),
    shown('Busy', 'InACall', { status: 'busy', activities: call }),
    shown('Busy', 'InAConferenceCall', { status: 'busy', activities: call }),
    shown('Busy', 'InAMeeting', { status: 'busy', activities: meeting }),
    shown('inACall', 'busy', { status: 'busy', activities: call }),
    shown('inAMeeting', 'busy', { status: 'busy', activities: meeting }),
    shown('BusyIdle', 'Busy', { status: 'idle' }),
    shown('DoNotDisturb', 'DoNotDisturb', { status: 'busy', doNotDisturb: true }),
    shown('DoNotDisturb', 'Presenting', { status: 'busy', doNotDisturb: true, activities: presenting }),
    shown('presenting', 'doNotDisturb', { status: 'busy', doNotDisturb: true, activities: presenting }),
    shown('focusing', 'doNotDisturb', { status: 'busy', doNotDisturb: true }),
    shown('DoNotDisturb', 'UrgentInterruptionsOnly', { status: 'busy', doNotDisturb: true }),
    shown('Away', 'Away', { status: 'away' }),
    shown('BeRightBack', 'BeRightBack', { status: 'away' }),
    shown('Offline', 'OffWork', { status: 'offline' }),
    played('no session', { status: 'offline', rawStatus: 'Offline/Offline' }, (organisation) => organisation.quit(ADA)),
    shown('Available', 'OutOfOffice', { status: 'online', activities: [{ kind: 'other', detail: 'Out of office' }] }),
    played(
      'somebody whom Teams does not show',
      { status: 'unknown', rawStatus: 'PresenceUnknown/PresenceUnknown' },
      (organisation) =>
        organisation.change(ADA, (person) => {
          person.visible = false;
        }),
    ),
    played('a status message', { status: 'online', message: 'Pairing & more' }, (organisation) => {
      organisation.client(ADA, 'Available');
      organisation.say(ADA, '<p>Pairing &amp; <b>more</b></p><pinnednote></pinnednote>');
    }),
  ],
  here: { status: 'online' },
  gone: { status: 'away' },
  ownDoNotDisturb: 'applied',
  own: {
    online: { outcome: 'applied', reads: ['online'] },
    away: { outcome: 'applied', reads: ['away'] },
    busy: { outcome: 'applied', reads: ['busy'] },
    offline: { outcome: 'applied', reads: ['offline'] },
  },
  troubles: {
    ...troubles,
    'wrong types': fault({ kind: 'replaced-values', values: { 'value.0.availability': 7 } }, ['protocol-error']),
    'unknown values': fault({ kind: 'replaced-values', values: { 'value.0.availability': 'Hovering' } }, [], {
      effect: 'none',
      expected: { status: 'unknown', rawStatus: 'Hovering/Available' },
    }),
    'expired credentials': credentialsGone(['token-expired'], (stage) =>
      simulatorOf(stage).signIn.oauth.expire(stage.secrets.accessToken ?? ''),
    ),
    'revoked credentials': credentialsGone(['token-revoked'], (stage) =>
      simulatorOf(stage).signIn.oauth.revoke(stage.secrets.accessToken ?? ''),
    ),
    'clock skew': fault({ kind: 'clock-skew', offsetMs: 3 * 3_600_000 }, [], {
      effect: 'none',
      expected: { status: 'online' },
    }),
  },
};
