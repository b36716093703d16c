import { join } from 'node:path';
import pino from 'pino';
import { MusterError } from '../../domain/errors.ts';
import type { LogFields, Logger } from '../../ports/logger.ts';
import type { Redactor } from './redactor.ts';
import { RotatingFile } from './rotating-file.ts';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
/** How much is logged. */
export type LogLevel = (typeof LEVELS)[number];

/** The level that `MUSTER_LOG_LEVEL` asks for; null when it is not set. Throws `invalid-settings`. */
export function logLevelFrom(env: Readonly<Record<string, string | undefined>>): LogLevel | null {
  const asked = env.MUSTER_LOG_LEVEL;
  if (!asked) return null;
  const level = LEVELS.find((known) => known === asked);
  if (level) return level;
  throw new MusterError('invalid-settings', `MUSTER_LOG_LEVEL has to be one of ${LEVELS.join(', ')}.`);
}

/** What logging needs. */
export interface PinoLoggerOptions {
  readonly home: string;
  readonly redactor: Redactor;
  readonly level?: LogLevel;
  /** Headless: warnings and errors are also printed here, one JSON object a line. */
  readonly stderr?: { write(line: string): unknown };
}

/** Writes JSON lines to `logs/muster.log` in the home. Every field is redacted, and every finished line once more. */
export function pinoLogger(options: PinoLoggerOptions): Logger {
  const { redactor, stderr } = options;
  const file = new RotatingFile(join(options.home, 'logs', 'muster.log'));
  const write = pino(
    { level: options.level ?? 'info', base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'msg' },
    pino.multistream([
      { level: 'debug', stream: { write: (line: string) => file.write(redactor.text(line)) } },
      ...(stderr
        ? [{ level: 'warn' as const, stream: { write: (line: string) => void stderr.write(redactor.text(line)) } }]
        : []),
    ]),
  );
  return loggerOn(write, redactor, {});
}

function loggerOn(write: pino.Logger, redactor: Redactor, bound: LogFields): Logger {
  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      try {
        if (!write.isLevelEnabled(level)) return;
        write[level](redactor.value({ ...bound, ...fields }), redactor.text(message));
      } catch {
        // A log line is never worth an exception: a getter that throws, a closed pipe.
      }
    };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    with: (fields) => loggerOn(write, redactor, { ...bound, ...fields }),
  };
}
