import { MusterError } from '../../src/domain/errors.ts';

/** Everything of an error that could come to light: message, parameters, and the same of its causes. */
export function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const params = error instanceof MusterError ? JSON.stringify(error.params) : '';
  return `${error.message} ${params} ${error.cause === undefined ? '' : textOf(error.cause)}`;
}
