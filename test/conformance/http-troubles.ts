import type { Fault } from '../../src/simulator/faults/fault.ts';
import type { Stage, Trouble, TroublePlan } from './bench.ts';

/** What goes wrong between any client and any HTTP platform, whatever the platform says in its own words. */
type HttpTrouble = Exclude<
  Trouble,
  'wrong types' | 'unknown values' | 'expired credentials' | 'revoked credentials' | 'clock skew'
>;

/** Plans a fault for the next look, and what it must be told as. */
export type PlanFault = (planned: Fault, codes: TroublePlan['codes'], more?: Partial<TroublePlan>) => TroublePlan;

/** `add` plans a fault on the call by which the platform is looked at, and answers how to take it back. */
export function httpFaults(add: (stage: Stage, planned: Fault) => () => void): {
  readonly fault: PlanFault;
  readonly troubles: Readonly<Record<HttpTrouble, TroublePlan>>;
} {
  const fault: PlanFault = (planned, codes, more = {}) => ({
    effect: 'call',
    codes,
    cause: (stage) => add(stage, planned),
    ...more,
  });
  return {
    fault,
    troubles: {
      'rate limit with Retry-After': fault({ kind: 'rate-limited', retryAfterSeconds: 17 }, ['rate-limited'], {
        retryAfterMs: 17_000,
      }),
      'server error': fault({ kind: 'http-status', status: 500 }, ['platform-unavailable']),
      'service unavailable': fault(
        { kind: 'http-status', status: 503, retryAfterSeconds: 4 },
        ['platform-unavailable'],
        { retryAfterMs: 4_000 },
      ),
      'no answer': fault({ kind: 'hang' }, ['timeout']),
      'half-closed connection': fault({ kind: 'half-closed' }, ['platform-unreachable', 'timeout']),
      'reset connection': fault({ kind: 'reset-connection' }, ['platform-unreachable']),
      'truncated answer': fault({ kind: 'truncated-body' }, ['platform-unreachable', 'protocol-error']),
      'malformed answer': fault({ kind: 'malformed-json' }, ['protocol-error']),
      'something else entirely': fault({ kind: 'html-page' }, ['protocol-error']),
    },
  };
}
