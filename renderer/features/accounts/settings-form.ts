import { z } from 'zod';
import type { PlatformView } from '../../../src/contract/index.ts';

/** One control of a sign-in form. `path` is what a problem document calls it: `settings.domain`, `secrets.password`. */
export type FormField = {
  readonly path: string;
  readonly part: 'settings' | 'secrets';
  readonly key: string;
  readonly kind: 'text' | 'password' | 'boolean' | 'number' | 'choice' | 'list';
  readonly label: string;
  /** Whether the platform named it; else `label` is made from the key. */
  readonly titled: boolean;
  readonly hint: string | null;
  readonly required: boolean;
  readonly choices: readonly string[];
};

const propertySchema = z.looseObject({
  type: z.string().optional().catch(undefined),
  title: z.string().optional().catch(undefined),
  description: z.string().optional().catch(undefined),
  format: z.string().optional().catch(undefined),
  enum: z.array(z.unknown()).optional().catch(undefined),
});

const objectSchema = z.looseObject({
  properties: z.record(z.string(), propertySchema).catch({}),
  required: z.array(z.string()).catch([]),
});

type Property = z.infer<typeof propertySchema>;

/** `apiUrl` as words, for a property without a title. */
const wordsOf = (key: string): string => {
  const spaced = key.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.slice(0, 1).toUpperCase() + spaced.slice(1);
};

const kindOf = (part: FormField['part'], property: Property): FormField['kind'] => {
  if (part === 'secrets' || property.format === 'password') return 'password';
  if (property.enum !== undefined) return 'choice';
  if (property.type === 'boolean') return 'boolean';
  if (property.type === 'number' || property.type === 'integer') return 'number';
  return property.type === 'array' ? 'list' : 'text';
};

const fieldsOfPart = (part: FormField['part'], schema: unknown): readonly FormField[] => {
  const { properties, required } = objectSchema.catch({ properties: {}, required: [] }).parse(schema);
  return Object.entries(properties).map(([key, property]) => ({
    path: `${part}.${key}`,
    part,
    key,
    kind: kindOf(part, property),
    label: property.title ?? wordsOf(key),
    titled: property.title !== undefined,
    hint: property.description ?? null,
    required: required.includes(key),
    choices: (property.enum ?? []).map(String),
  }));
};

/** The controls of a platform's sign-in, in its own order: settings, then secrets. */
export const fieldsOf = (platform: Pick<PlatformView, 'settings' | 'secrets'>): readonly FormField[] => [
  ...fieldsOfPart('settings', platform.settings),
  ...fieldsOfPart('secrets', platform.secrets),
];

/** Separated by commas or lines alone: a full name has spaces. */
const partsOf = (text: string): readonly string[] =>
  text
    .split(/[,\n]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

const settingOf = (field: FormField, text: string): unknown => {
  switch (field.kind) {
    case 'boolean':
      return text === 'true' ? true : undefined;
    case 'number':
      return text === '' ? undefined : Number(text);
    case 'list':
      return text === '' ? undefined : partsOf(text);
    default:
      return text === '' ? undefined : text;
  }
};

/** What was entered (by path; booleans as `true` or empty), as the contract wants it; what is empty is left out. */
export const enteredOf = (
  fields: readonly FormField[],
  entered: ReadonlyMap<string, string>,
): { readonly settings: Record<string, unknown>; readonly secrets: Record<string, string> } => {
  const settings: Record<string, unknown> = {};
  const secrets: Record<string, string> = {};
  for (const field of fields) {
    const text = entered.get(field.path) ?? '';
    if (field.part === 'secrets') {
      // A pasted secret keeps its inner spaces: a password may have them; line breaks come from the clipboard.
      const secret = text.replace(/[\r\n]+$/, '');
      if (secret !== '') secrets[field.key] = secret;
    } else {
      const value = settingOf(field, text.trim());
      if (value !== undefined) settings[field.key] = value;
    }
  }
  return { settings, secrets };
};

/** A setting as the form's field shows it: lists with commas, a flag as `true` or nothing. */
export const shownOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(String).join(', ');
  if (value === true) return 'true';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

/** What a form changes: new values, flags that were switched off, and null for what was emptied. */
export const changedSettings = (
  fields: readonly FormField[],
  before: Readonly<Record<string, unknown>>,
  entered: Readonly<Record<string, unknown>>,
): Record<string, unknown> => {
  const changed: Record<string, unknown> = {};
  for (const { key } of fields) {
    const value = entered[key];
    if (shownOf(value) === shownOf(before[key])) continue;
    changed[key] = value ?? (before[key] === true ? false : null);
  }
  return changed;
};

/** The required fields in which nothing was entered, by path. */
export const missingOf = (fields: readonly FormField[], entered: ReadonlyMap<string, string>): readonly string[] =>
  fields
    .filter(({ required, kind, path }) => required && kind !== 'boolean' && (entered.get(path) ?? '').trim() === '')
    .map(({ path }) => path);

/** `me@example.org` (a resource behind a slash is dropped) as user name and domain; null for anything else. */
export const splitAddress = (text: string): { readonly username: string; readonly domain: string } | null => {
  const match = /^([^\s@/]+)@([^\s@/:]+)(?:\/.*)?$/.exec(text.trim());
  const [, username, domain] = match ?? [];
  return username === undefined || domain === undefined ? null : { username, domain };
};
