/** Settings and secrets of a new account, from the command's options, the environment, standard input and the terminal. */
import { z } from 'zod';
import type { PlatformView } from '../contract/index.ts';
import { type CliIo, CommandFailure, EXIT } from './io.ts';

const fieldSchema = z.object({ type: z.string().optional(), title: z.string().optional() }).loose();
const objectSchema = z
  .object({ properties: z.record(z.string(), fieldSchema).default({}), required: z.array(z.string()).default([]) })
  .loose();

/** What a platform's sign-in asks for. */
export interface Shape {
  readonly settings: z.infer<typeof objectSchema>;
  readonly secrets: z.infer<typeof objectSchema>;
}

/** Where the values come from. */
export interface Sources {
  readonly set: readonly string[];
  readonly secretEnv: readonly string[];
  readonly secretStdin?: string;
  /** The browser's sign-in brings what is missing. */
  readonly byBrowser?: boolean;
}

/** Reads what a platform says about itself (JSON Schema, in the contract). */
export function shapeOf(platform: PlatformView): Shape {
  return { settings: objectSchema.parse(platform.settings), secrets: objectSchema.parse(platform.secrets) };
}

/** Collects everything. Rejects with exit code 2 for a wrong option, and for a missing secret that nobody can be asked for. */
export async function readCredentials(shape: Shape, sources: Sources, io: CliIo) {
  const settings: Record<string, unknown> = {};
  for (const pair of sources.set) {
    const [key, value] = split(pair, '--set');
    if (Object.hasOwn(shape.secrets.properties, key)) {
      throw usage(`“${key}” is a secret: arguments can be seen by others. Use --secret-env or --secret-stdin.`);
    }
    settings[key] = settingOf(key, value, shape.settings.properties[key]?.type);
  }
  const secrets = new Map<string, string>();
  for (const pair of sources.secretEnv) {
    const [key, variable] = split(pair, '--secret-env');
    const value = io.env[variable];
    if (!value) throw usage(`The environment variable ${variable} is empty or not set.`);
    secrets.set(known(key, shape), value);
  }
  if (sources.secretStdin !== undefined) {
    const value = (await io.readInput()).replace(/\r?\n$/, '');
    if (value === '') throw usage('Nothing came from standard input.');
    secrets.set(known(sources.secretStdin, shape), value);
  }
  for (const key of shape.secrets.required) {
    if (!sources.byBrowser && !secrets.has(key)) secrets.set(key, await asked(key, shape, io));
  }
  return { settings, secrets: Object.fromEntries(secrets) };
}

async function asked(key: string, shape: Shape, io: CliIo): Promise<string> {
  if (!io.askSecret) {
    throw usage(`The secret “${key}” is missing. Give it with --secret-env ${key}=VARIABLE or --secret-stdin ${key}.`);
  }
  const value = await io.askSecret(`${shape.secrets.properties[key]?.title ?? key}: `);
  if (value === '') throw usage(`The secret “${key}” is missing.`);
  return value;
}

function known(key: string, shape: Shape): string {
  const keys = Object.keys(shape.secrets.properties);
  if (keys.includes(key)) return key;
  throw usage(`There is no secret “${key}” here. There are: ${keys.join(', ')}.`);
}

/** A setting as the type that the platform wants; what does not fit goes as text, and the server says what is wrong. */
function settingOf(key: string, text: string, type: string | undefined): unknown {
  if (type === 'boolean') {
    if (text !== 'true' && text !== 'false') throw usage(`“${key}” is either true or false.`);
    return text === 'true';
  }
  if ((type === 'number' || type === 'integer') && text.trim() !== '' && Number.isFinite(Number(text)))
    return Number(text);
  if (type === 'array') return text.split(',').map((part) => part.trim());
  return text;
}

function split(pair: string, option: string): [string, string] {
  const at = pair.indexOf('=');
  // Not repeated: what stands there may be a secret that was meant for elsewhere.
  if (at < 1) throw usage(`${option} takes key=value.`);
  return [pair.slice(0, at), pair.slice(at + 1)];
}

const usage = (message: string) => new CommandFailure(EXIT.usage, 'usage', message);
