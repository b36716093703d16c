import type { AccountView, PlatformView } from '../../../src/contract/index.ts';
import { enteredOf, type FormField, fieldsOf, missingOf, splitAddress } from './settings-form.ts';

/** Where the sign-in happens: in the platform's own page in the browser, or by what is typed or pasted here. */
export type SignInWay = 'browser' | 'paste';

/** The ways that a platform offers, the one that gives the least away first. */
export const waysOf = ({ auth }: Pick<PlatformView, 'auth'>): readonly SignInWay[] => [
  ...(auth.includes('oauth') || auth.includes('device-code') ? (['browser'] as const) : []),
  ...(auth.includes('password') || auth.includes('token') ? (['paste'] as const) : []),
];

/** What the browser's way brings by itself (the names are the contract's): never asked for there. */
const broughtByBrowser: ReadonlySet<string> = new Set(['accessToken', 'refreshToken', 'userToken']);

/** An account that signs in again by the browser needs nothing to be typed: the core has its registration already. */
export const repairsByBrowser = (
  platform: Pick<PlatformView, 'auth'>,
  account: Pick<AccountView, 'settings'>,
): boolean => waysOf(platform).includes('browser') && typeof account.settings.clientId === 'string';

/** The way in which an account signs in again: as it did before. */
export const wayAgain = (platform: Pick<PlatformView, 'auth'>, account: Pick<AccountView, 'settings'>): SignInWay =>
  repairsByBrowser(platform, account) || !waysOf(platform).includes('paste') ? 'browser' : 'paste';

/** An XMPP address is asked for as people know it, in one field of this path, and sent as user name and domain. */
export const addressPath = 'settings.address';

const addressParts: ReadonlySet<string> = new Set(['settings.username', 'settings.domain']);

const addressField: FormField = {
  path: addressPath,
  part: 'settings',
  key: 'address',
  kind: 'text',
  label: 'Address',
  titled: true,
  hint: null,
  required: true,
  choices: [],
};

/** What a form asks for at once, and what only few need. */
export type SignInFields = { readonly plain: readonly FormField[]; readonly advanced: readonly FormField[] };

const browserFields = (all: readonly FormField[], secret: PlatformView['signIn']['clientSecret']): SignInFields => {
  const needed = ({ path, required }: FormField): boolean =>
    // Without the user's own registration there is no page to sign in on.
    required || path === 'settings.clientId' || (path === 'secrets.clientSecret' && secret === 'required');
  const asked = all
    .filter(({ part, key }) => part === 'settings' || !broughtByBrowser.has(key))
    .map((field) => ({ ...field, required: needed(field) }));
  const first = ({ required, key }: FormField): boolean => required || key === 'clientSecret' || key === 'tenant';
  return { plain: asked.filter(first), advanced: asked.filter((field) => !first(field)) };
};

/** The form of a platform; signing in again (`again`) asks for the secrets alone. */
export const signInFields = (platform: PlatformView, again: boolean, way: SignInWay = 'paste'): SignInFields => {
  const all = fieldsOf(platform).filter(({ part }) => !again || part === 'secrets');
  if (way === 'browser') return browserFields(all, again ? 'optional' : platform.signIn.clientSecret);
  // What is left empty stays as it is: each secret can be replaced alone.
  if (again && all.length > 1) return { plain: all.map((field) => ({ ...field, required: false })), advanced: [] };
  if (again || platform.id !== 'xmpp') {
    return {
      plain: all.filter(({ part, required }) => part === 'secrets' || required),
      advanced: all.filter(({ part, required }) => part === 'settings' && !required),
    };
  }
  const rest = all.filter(({ path }) => !addressParts.has(path));
  return {
    plain: [addressField, ...rest.filter(({ part }) => part === 'secrets')],
    advanced: rest.filter(({ part }) => part === 'settings'),
  };
};

/** The settings of an account that is there already, with everything at hand; its secrets are signed in with anew instead. */
export const settingsFields = (platform: PlatformView): SignInFields => ({
  plain: fieldsOf(platform).filter(({ part }) => part === 'settings'),
  advanced: [],
});

/** Whether a form asks for anything that must not stay in a window: then the desktop app shows it in one of its own. */
export const asksSecrets = ({ plain, advanced }: SignInFields): boolean =>
  [...plain, ...advanced].some(({ part }) => part === 'secrets');

/** What was entered, ready to be sent, or the fields that keep it from that. */
export type SignInEntered =
  | { readonly ok: true; readonly settings: Record<string, unknown>; readonly secrets: Record<string, string> }
  | { readonly ok: false; readonly problems: ReadonlyMap<string, 'missing' | 'address'> };

/** Reads a form. */
export const readEntered = ({ plain, advanced }: SignInFields, entered: ReadonlyMap<string, string>): SignInEntered => {
  const fields = [...plain, ...advanced];
  const problems = new Map<string, 'missing' | 'address'>();
  for (const path of missingOf(fields, entered)) problems.set(path, 'missing');
  const asksAddress = fields.includes(addressField);
  const address = asksAddress ? splitAddress(entered.get(addressPath) ?? '') : null;
  if (asksAddress && address === null && !problems.has(addressPath)) problems.set(addressPath, 'address');
  if (problems.size > 0) return { ok: false, problems };
  const { settings, secrets } = enteredOf(
    fields.filter((field) => field !== addressField),
    entered,
  );
  return { ok: true, settings: { ...settings, ...address }, secrets };
};

/** The field of the form that a problem document's path speaks about; null when it has none. */
export const fieldOfProblem = ({ plain, advanced }: SignInFields, path: string): string | null => {
  const fields = [...plain, ...advanced];
  const found = fields.find((field) => path === field.path || path.startsWith(`${field.path}.`));
  if (found !== undefined) return found.path;
  return addressParts.has(path) && fields.includes(addressField) ? addressPath : null;
};
