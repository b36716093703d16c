import { z } from 'zod';
import type { ExplainedRefusal } from '../oauth.ts';
import { cloudOf } from './clouds.ts';
import type { TeamsSettings } from './manifest.ts';

/** Entra numbers its reasons (learn.microsoft.com/entra/identity-platform/reference-error-codes); the browser's answer has the number in front of its text. */
const answerSchema = z.object({
  error_codes: z.array(z.number()).optional().catch(undefined),
  error_description: z.string().optional().catch(undefined),
});

/** Not consented, consent that only an admin can give, an admin's approval that is pending. */
const NEEDS_ADMIN = new Set([65001, 90093, 90094, 90095, 900941, 900942]);
const DECLINED = new Set([65004]);
/** A second factor is asked for, has to be set up, or was asked for too long ago. */
const NEEDS_MORE = new Set([50072, 50074, 50076, 50078, 50079]);
/** Conditional access: the device or the app is not allowed. */
const POLICY = new Set([53000, 53001, 53002, 53003, 530003, 530034]);
const OTHER_TENANT = new Set([50020, 50059, 90002, 700016]);
const NOT_PUBLIC = new Set([7000218]);
const UNUSED = new Set([700082, 70043]);

/** What a refusal of Entra's means, where its name does not tell; null for all others. */
export function explainRefusal(answer: unknown, settings: TeamsSettings): ExplainedRefusal | null {
  const codes = codesOf(answer);
  const any = (known: ReadonlySet<number>): boolean => codes.some((code) => known.has(code));
  if (any(NEEDS_ADMIN))
    return refused(
      `Your organisation lets only an admin allow this app. Ask one to open ${adminConsentUrl(settings)} and to accept, then sign in again.`,
    );
  if (any(DECLINED)) return refused('You did not allow what Muster asked for. Sign in again to allow it.');
  if (any(NEEDS_MORE))
    return refused('Your organisation asks for a second factor again. Sign in again; people and settings stay.');
  if (any(POLICY))
    return refused(
      'A policy of your organisation does not allow this sign-in from this device or app. Ask an admin what it wants.',
    );
  if (any(OTHER_TENANT))
    return refused(
      'This account or this app registration does not belong to the organisation. Check the application ID and the tenant, and sign in with an account of that organisation.',
    );
  if (any(NOT_PUBLIC))
    return refused(
      'Microsoft asks for a client secret. Allow “public client flows” on the “Authentication” page of your app registration.',
    );
  if (any(UNUSED))
    return {
      code: 'token-expired',
      message:
        'This sign-in was not used for too long, or your organisation ends it after a time. Sign in again; people and settings stay.',
    };
  return null;
}

/** Where an admin grants the app's permissions for everybody. */
function adminConsentUrl(settings: TeamsSettings): string {
  const { authority } = cloudOf(settings);
  return `${authority}${encodeURIComponent(settings.tenant ?? 'organizations')}/adminconsent?client_id=${settings.clientId}`;
}

function codesOf(answer: unknown): readonly number[] {
  const { error_codes, error_description } = answerSchema.safeParse(answer).data ?? {};
  if (error_codes !== undefined && error_codes.length > 0) return error_codes;
  const first = /^AADSTS(\d{5,7}):/.exec(error_description ?? '')?.[1];
  return first === undefined ? [] : [Number(first)];
}

function refused(message: string): ExplainedRefusal {
  return { code: 'credentials-refused', message };
}
