import { describe, expect, it } from 'vitest';
import { secondsUntil } from '../../../../renderer/features/accounts/countdown.ts';
import { namedFields } from '../../../../renderer/features/accounts/named-fields.ts';
import {
  changedSettings,
  enteredOf,
  fieldsOf,
  shownOf,
  splitAddress,
} from '../../../../renderer/features/accounts/settings-form.ts';
import {
  asksSecrets,
  fieldOfProblem,
  readEntered,
  signInFields,
  wayAgain,
  waysOf,
} from '../../../../renderer/features/accounts/sign-in-draft.ts';
import { platformWords } from '../../../../renderer/strings/de/platform-words.ts';
import type { PlatformView } from '../../../../src/contract/index.ts';
import { realPlatforms } from '../../support/fake-features.ts';

const platform = (id: string): PlatformView => {
  const found = realPlatforms.find((one) => one.id === id);
  if (found === undefined) throw new Error(`${id} is missing.`);
  return found;
};
const slack = platform('slack');
const xmpp = platform('xmpp');

const entered = (values: Record<string, string>) => new Map(Object.entries(values));

describe('the form of a sign-in', () => {
  it('asks for an XMPP address and a password, and keeps what few need aside', () => {
    const { plain, advanced } = signInFields(xmpp, false);
    expect(plain.map(({ path }) => path)).toEqual(['settings.address', 'secrets.password']);
    expect(advanced.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
      'settings.service text',
      'settings.allowInsecureLoopback boolean',
    ]);
  });

  it('asks for the Slack token, and hides what is typed', () => {
    const { plain } = signInFields(slack, false);
    expect(plain.map(({ path, kind, required }) => `${path} ${kind}${required ? ' required' : ''}`)).toEqual([
      'secrets.userToken password required',
      'secrets.refreshToken password',
      'secrets.appToken password',
    ]);
  });

  it('asks for the secrets alone when signing in again', () => {
    expect(signInFields(xmpp, true)).toMatchObject({ plain: [{ path: 'secrets.password' }], advanced: [] });
  });

  it('sends an address as user name and domain, and leaves out what is empty', () => {
    const fields = signInFields(xmpp, false);
    const values = { 'settings.address': ' me@example.org ', 'settings.service': '', 'secrets.password': 'a b\n' };
    expect(readEntered(fields, entered(values))).toEqual({
      ok: true,
      settings: { username: 'me', domain: 'example.org' },
      secrets: { password: 'a b' },
    });
  });

  it('names each field that is empty or no address', () => {
    const read = readEntered(signInFields(xmpp, false), entered({ 'settings.address': 'me' }));
    expect(read.ok ? [] : [...read.problems]).toEqual([
      ['secrets.password', 'missing'],
      ['settings.address', 'address'],
    ]);
  });

  it('puts the problems of the core at their fields', () => {
    const fields = signInFields(xmpp, false);
    expect(fieldOfProblem(fields, 'settings.domain')).toBe('settings.address');
    expect(fieldOfProblem(fields, 'settings.service')).toBe('settings.service');
    expect(fieldOfProblem(fields, 'secrets.password')).toBe('secrets.password');
    expect(fieldOfProblem(fields, 'label')).toBeNull();
    expect(fieldOfProblem(signInFields(slack, false), 'settings.domain')).toBeNull();
  });

  it('keeps the spaces within an entry of a list: full names have them', () => {
    const people = fieldsOf({ settings: { properties: { people: { type: 'array' } } }, secrets: {} });
    const kept = ['Ada Byron', 'grace@works.example'];
    const read = enteredOf(people, entered({ 'settings.people': `${shownOf(kept)} ,\n Mary Anning,` }));
    expect(read.settings).toEqual({ people: [...kept, 'Mary Anning'] });
    expect(changedSettings(people, { people: kept }, { people: kept })).toEqual({});
  });

  it('understands the other kinds of JSON Schema that a platform may bring', () => {
    const fields = fieldsOf({
      settings: {
        properties: {
          guildIds: { type: 'array' },
          region: { enum: ['eu', 'us'] },
          port: { type: 'integer' },
          tls: { type: 'boolean', title: 'Encrypt' },
          odd: { type: ['string', 'null'] },
        },
        required: ['region'],
      },
      secrets: { properties: 'nothing' },
    });
    expect(fields.map(({ label, kind }) => `${label}: ${kind}`)).toEqual([
      'Guild ids: list',
      'Region: choice',
      'Port: number',
      'Encrypt: boolean',
      'Odd: text',
    ]);
    const values = {
      'settings.guildIds': '1, 2',
      'settings.port': '5222',
      'settings.tls': 'true',
      'settings.region': 'eu',
    };
    expect(enteredOf(fields, entered(values)).settings).toEqual({
      guildIds: ['1', '2'],
      port: 5222,
      tls: true,
      region: 'eu',
    });
  });

  it('changes of an account’s settings only what was changed, and takes back what was emptied', () => {
    const fields = fieldsOf({
      settings: {
        properties: {
          apiUrl: { type: 'string' },
          plan: { enum: ['free', 'pro'] },
          people: { type: 'array' },
          quiet: { type: 'boolean' },
          seconds: { type: 'integer' },
        },
      },
      secrets: {},
    });
    const before = { apiUrl: 'https://a.example', plan: 'free', people: ['a', 'b'], quiet: true, seconds: 5 };
    expect(Object.values(before).map(shownOf)).toEqual(['https://a.example', 'free', 'a, b', 'true', '5']);
    expect(changedSettings(fields, before, { ...before })).toEqual({});
    expect(changedSettings(fields, before, { plan: 'pro', people: ['a'], seconds: 5 })).toEqual({
      apiUrl: null,
      plan: 'pro',
      people: ['a'],
      quiet: false,
    });
  });

  it('takes addresses apart and refuses what is none', () => {
    expect(splitAddress('ada@example.org/phone')).toEqual({ username: 'ada', domain: 'example.org' });
    for (const text of ['ada', '@example.org', 'ada@', 'a b@c', 'ada@x@y']) expect(splitAddress(text)).toBeNull();
  });
});

describe('the ways of a sign-in', () => {
  const account = (settings: Record<string, unknown>) => ({ settings });

  it('are the browser’s before what is typed here, and only those that the platform has', () => {
    expect(waysOf({ auth: ['token', 'oauth'] })).toEqual(['browser', 'paste']);
    expect(waysOf({ auth: ['device-code'] })).toEqual(['browser']);
    expect(waysOf({ auth: ['password'] })).toEqual(['paste']);
  });

  it('ask for the registration in the browser’s way, also where a pasted token needs none, and for no token', () => {
    const { plain, advanced } = signInFields(slack, false, 'browser');
    expect(plain.map(({ path, required }) => `${path} ${required}`)).toContain('settings.clientId true');
    const asked = [...plain, ...advanced].map(({ key }) => key);
    expect(asked).not.toContain('userToken');
    expect(asked).not.toContain('refreshToken');
  });

  it('ask for the app’s secret in the browser’s way as the platform has it: needed, or possible, or not at all', () => {
    const secretOf = (id: string, again = false) => {
      const { plain, advanced } = signInFields(platform(id), again, 'browser');
      return [...plain, ...advanced].find(({ key }) => key === 'clientSecret')?.required;
    };
    expect(['google-chat', 'zoom', 'slack'].map((id) => secretOf(id))).toEqual([true, false, undefined]);
    // The core has it already.
    expect(secretOf('google-chat', true)).toBe(false);
  });

  it('repeat what an account did before', () => {
    const both = { auth: ['oauth', 'token'] as const };
    expect(wayAgain({ auth: [...both.auth] }, account({ clientId: 'app-1' }))).toBe('browser');
    expect(wayAgain({ auth: [...both.auth] }, account({}))).toBe('paste');
    expect(wayAgain({ auth: ['oauth'] }, account({}))).toBe('browser');
    expect(wayAgain({ auth: ['token'] }, account({ clientId: 'app-1' }))).toBe('paste');
  });

  it('need a window of their own as soon as a secret is asked for', () => {
    expect(asksSecrets(signInFields(xmpp, true))).toBe(true);
    expect(asksSecrets({ plain: [], advanced: [] })).toBe(false);
  });
});

describe('the words of the platforms', () => {
  it.each(realPlatforms.map((one) => [one.name, one] as const))('are all there in German: %s', (_name, platform) => {
    const said = [
      ...platform.signIn.steps,
      ...platform.signIn.oauthSteps,
      ...(platform.offByDefault === null ? [] : [platform.offByDefault]),
      ...(platform.inbound === null ? [] : [platform.inbound.purpose, ...platform.inbound.steps]),
      ...platform.signIn.permissions.map(({ purpose }) => purpose),
      ...Object.values(platform.capabilities).flatMap(({ reason }) => (reason === null ? [] : [reason])),
      // What several platforms ask for has words of the form's own.
      ...fieldsOf(platform).flatMap(({ label, titled, key, hint }) => [
        ...(!titled && namedFields.some((named) => named === key) ? [] : [label]),
        ...(hint === null ? [] : [hint]),
      ]),
    ];
    expect(said.filter((text) => !platformWords.has(text))).toEqual([]);
  });
});

describe('the time to the next try', () => {
  it('counts whole seconds down to none', () => {
    const at = '2026-03-02T12:00:10.000Z';
    expect(secondsUntil(at, Date.parse(at) - 9_400)).toBe(10);
    expect(secondsUntil(at, Date.parse(at) + 5_000)).toBe(0);
    expect(secondsUntil(null, 0)).toBeNull();
  });
});
