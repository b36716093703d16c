/** How columns become values and back. */
import { z } from 'zod';
import type { EpochMs } from '../../domain/time.ts';
import { epochMs } from '../../domain/time.ts';
import type { StoredJson } from '../../ports/repositories.ts';

/** An instant. */
export const instantColumn = z.number().transform((value): EpochMs => epochMs(value));

/** 0 or 1. */
export const booleanColumn = z.number().transform((value) => value !== 0);

/** JSON text whose value has a shape. */
export function jsonColumn<T>(shape: z.ZodType<T>) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(shape);
}

/** Any value that JSON can hold. */
export const storedJsonSchema: z.ZodType<StoredJson> = z.json();

/** Bytes: a Buffer, or, through libsql, an ArrayBuffer. */
export const bytesColumn = z
  .union([z.instanceof(Uint8Array), z.instanceof(ArrayBuffer)])
  .transform((value) => (value instanceof ArrayBuffer ? new Uint8Array(value) : value));

/** A truth as it is stored. */
export function stored(value: boolean): number {
  return value ? 1 : 0;
}

/** A value as JSON text, null as NULL. */
export function storedOrNull(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
