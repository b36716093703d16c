import { first } from './0001-first.ts';
import { audit } from './0002-audit.ts';
import { webhooks } from './0003-webhooks.ts';

/**
 * Every step from an empty file to the present schema, in order; forward only. A step that was ever released is never edited: what
 * is wrong with it is put right by a new one. `user_version` says how many of them a file has seen.
 */
export const MIGRATIONS: readonly string[] = [first, audit, webhooks];
