import { type FieldIssue, MusterError } from '../../domain/errors.ts';
import type { PlatformManifest } from '../../platforms/manifest.ts';

/** The settings as the platform's schema reads them. Throws `invalid-settings` with every field's path. */
export function parseSettings(
  manifest: PlatformManifest,
  settings: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const parsed = manifest.settings.safeParse(settings);
  if (parsed.success && isRecord(parsed.data)) return parsed.data;
  const issues = (parsed.error?.issues ?? []).flatMap((issue): FieldIssue[] => {
    const path = ['settings', ...issue.path.map(String)];
    if (issue.code !== 'unrecognized_keys') return [{ path: path.join('.'), message: issue.message }];
    return issue.keys.map((key) => ({
      path: [...path, key].join('.'),
      message: `${manifest.name} has no such setting.`,
    }));
  });
  throw new MusterError('invalid-settings', `Some settings for ${manifest.name} are not valid.`, { issues });
}

/** Checks that exactly the platform's secrets are given; those in `spared` may be missing. Throws `invalid-settings`; never names a value. */
export function checkSecrets(
  manifest: PlatformManifest,
  secrets: Readonly<Record<string, string>>,
  spared: readonly string[] = [],
): void {
  const issues: FieldIssue[] = [];
  for (const key of Object.keys(secrets)) {
    if (!manifest.secrets.some((field) => field.key === key))
      issues.push({ path: `secrets.${key}`, message: `${manifest.name} has no such secret.` });
  }
  for (const field of manifest.secrets) {
    if (field.required && !secrets[field.key] && !spared.includes(field.key))
      issues.push({ path: `secrets.${field.key}`, message: `${field.title} is needed.` });
  }
  if (issues.length > 0)
    throw new MusterError('invalid-settings', `Some secrets for ${manifest.name} are missing or unknown.`, { issues });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
