import type { MusterError } from '../domain/errors.ts';
import type { LogFields } from '../ports/logger.ts';

/** What the log says of a failure: its code, and of what nobody foresaw also where it came from, since its words say that the log does. */
export function failureFields(error: MusterError): LogFields {
  return error.code === 'internal' ? { code: error.code, cause: error.cause ?? error } : { code: error.code };
}
