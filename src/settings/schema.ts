import { z } from 'zod';

/** The first-run steps in order. */
const FIRST_RUN_STEPS = ['welcome', 'connect', 'same-person', 'alerts', 'done'] as const;

/** The user's preferences: what each means, what is allowed and what it is until the user says otherwise. */
export const settingsSchema = z.object({
  /** The interface's language; `system` follows the computer, in English where it speaks neither. */
  language: z.enum(['system', 'en', 'de']).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Whether alerts become notifications; they are listed in any case. */
  notifications: z.boolean().default(true),
  /** Repeats of the same alert within this time are one, in seconds. */
  alertDwellSeconds: z.number().int().min(0).max(3_600).default(60),
  /** Desktop app: serve loopback, so that the command line works beside it. */
  serveInDesktop: z.boolean().default(true),
  /** Desktop app: start with the session. */
  autostart: z.boolean().default(false),
  /** Desktop app: opens the popover from anywhere, in Electron's accelerator form; null = none. */
  shortcut: z.string().min(1).max(60).nullable().default('CommandOrControl+Shift+M'),
  /** Where the first run is, so that it can be resumed. */
  firstRun: z.enum(FIRST_RUN_STEPS).default('welcome'),
});

/** All preferences. */
export type Settings = z.infer<typeof settingsSchema>;

/** What a fresh home has. */
export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});

/** What `parseSettings` made of a file. */
export interface ParsedSettings {
  readonly settings: Settings;
  /** The keys whose values could not be used; they have their defaults. */
  readonly refused: readonly string[];
}

/** Takes every value that is allowed, and the default for every other. */
export function parseSettings(value: Readonly<Record<string, unknown>>): ParsedSettings {
  const kept: Record<string, unknown> = {};
  const refused: string[] = [];
  for (const [key, schema] of Object.entries(settingsSchema.shape)) {
    if (!Object.hasOwn(value, key)) continue;
    const parsed = schema.safeParse(value[key]);
    if (parsed.success) kept[key] = parsed.data;
    else refused.push(key);
  }
  return { settings: settingsSchema.parse(kept), refused };
}
