/** Structured facts of a log line. Redaction happens inside the logger. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes log lines; never throws, never lets a secret through. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger that adds `fields` to every line. */
  with(fields: LogFields): Logger;
}
