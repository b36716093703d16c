/** Why a sign-in has ended, in words that say what stays and what to do. */
import { MusterError } from '../../domain/errors.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { TokenRecord } from './token-record.ts';

const AGAIN = 'Sign in again; people and settings stay.';

/** The platform refused to renew. */
export function renewalError(error: MusterError, record: TokenRecord, now: EpochMs): MusterError {
  if (error.code !== 'token-revoked') return error;
  const { params } = error;
  if (record.refreshExpiresAt !== null && record.refreshExpiresAt <= now)
    return new MusterError('token-expired', `This sign-in was not used for too long and has run out. ${AGAIN}`, {
      params,
    });
  return new MusterError(
    'token-revoked',
    `The platform has ended this sign-in: it was revoked there, or a password or a permission was changed. ${AGAIN}`,
    { params },
  );
}

/** The platform refused to renew, and an earlier renewal had been cut off. */
export function interruptedError(error: MusterError): MusterError {
  if (error.code !== 'token-revoked') return error;
  return new MusterError(
    'token-revoked',
    `A renewal of this sign-in was cut off before its answer could be kept, and the platform takes each renewal only once. ${AGAIN}`,
    { params: error.params },
  );
}

/** Nothing can renew these tokens. */
export function spentError(record: TokenRecord, now: EpochMs): MusterError {
  const over = record.accessExpiresAt !== null && record.accessExpiresAt <= now;
  return new MusterError(
    'token-expired',
    over ? `This sign-in has run out. ${AGAIN}` : `The access token is not accepted any more. ${AGAIN}`,
  );
}
