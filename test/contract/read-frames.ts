import { z } from 'zod';
import { EVENT_NAMES } from '../../src/contract/index.ts';
import type { HeardFrame } from './host.ts';

/** Splits an event stream's text into frames; hands each over as it is whole. */
export function frameReader(take: (frame: HeardFrame) => void): (text: string) => void {
  let waiting = '';
  return (text) => {
    waiting += text;
    const parts = waiting.split('\n\n');
    waiting = parts.pop() ?? '';
    for (const part of parts) {
      const fields = new Map<string, string>();
      for (const line of part.split('\n')) {
        const match = /^(\w+): (.*)$/.exec(line);
        if (match?.[1] !== undefined) fields.set(match[1], match[2] ?? '');
      }
      const event = fields.get('event');
      if (event === undefined) continue;
      take({
        id: z.coerce.number().int().parse(fields.get('id')),
        event: z.enum([...EVENT_NAMES, 'reset']).parse(event),
        data: JSON.parse(fields.get('data') ?? ''),
      });
    }
  };
}
