import type { PlatformView } from '../../../src/contract/index.ts';
import { enteredOf, type FormField, fieldsOf, missingOf, splitAddress } from './settings-form.ts';

/** An XMPP address is asked for as people know it, in one field of this path, and sent as user name and domain. */
export const addressPath = 'settings.address';

const addressParts: ReadonlySet<string> = new Set(['settings.username', 'settings.domain']);

const addressField: FormField = {
  path: addressPath,
  part: 'settings',
  key: 'address',
  kind: 'text',
  label: 'Address',
  hint: null,
  required: true,
  choices: [],
};

/** What a form asks for at once, and what only few need. */
export type SignInFields = { readonly plain: readonly FormField[]; readonly advanced: readonly FormField[] };

/** The form of a platform; signing in again (`again`) asks for the secrets alone. */
export const signInFields = (platform: PlatformView, again: boolean): SignInFields => {
  const all = fieldsOf(platform).filter(({ part }) => !again || part === 'secrets');
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
