import { z } from 'zod';

/** What the helper process is asked; the methods are keytar's. */
export const keytarRequestSchema = z.object({
  id: z.number(),
  method: z.enum(['getPassword', 'setPassword', 'deletePassword', 'findCredentials']),
  args: z.array(z.string()),
});
export type KeytarRequest = z.infer<typeof keytarRequestSchema>;

/** What it answers. `missing`: the native library cannot be loaded. Errors carry no text: it could quote. */
export const keytarAnswerSchema = z.object({
  id: z.number(),
  outcome: z.enum(['done', 'refused', 'missing']),
  value: z.unknown(),
});
export type KeytarAnswer = z.infer<typeof keytarAnswerSchema>;
