import type { LogFields, Logger } from '../../src/ports/logger.ts';

/** A logger that keeps its lines for a test to look at, and prints nothing. */
export type QuietLogger = Logger & { readonly lines: { level: string; message: string; fields: LogFields }[] };

/** Makes one. */
export function quietLogger(lines: QuietLogger['lines'] = [], bound: LogFields = {}): QuietLogger {
  const write =
    (level: string) =>
    (message: string, fields: LogFields = {}) => {
      lines.push({ level, message, fields: { ...bound, ...fields } });
    };
  return {
    lines,
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    with: (fields) => quietLogger(lines, { ...bound, ...fields }),
  };
}
