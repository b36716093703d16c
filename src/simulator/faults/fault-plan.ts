import type { Fault } from './fault.ts';

/** Which calls a fault hits: those of one method (all when absent), and how often (until cleared when absent). */
export interface FaultScope {
  readonly method?: string;
  readonly times?: number;
}

interface PlannedFault {
  readonly fault: Fault;
  readonly method: string | undefined;
  remaining: number;
}

/** The faults that a simulator has been told to show. The first that fits a call is used; used-up ones are forgotten. */
export class FaultPlan {
  #planned: PlannedFault[] = [];

  /** Plans a fault; the returned function takes it back, if it is still planned. */
  add(fault: Fault, scope: FaultScope = {}): () => void {
    const planned: PlannedFault = { fault, method: scope.method, remaining: scope.times ?? Number.POSITIVE_INFINITY };
    this.#planned.push(planned);
    return () => {
      this.#planned = this.#planned.filter((other) => other !== planned);
    };
  }

  /** Forgets all faults, or those planned for this method alone. */
  clear(method?: string): void {
    this.#planned = method === undefined ? [] : this.#planned.filter((planned) => planned.method !== method);
  }

  /** How many faults are still planned. */
  get size(): number {
    return this.#planned.length;
  }

  /** The fault for one call of `method`, counted as used. */
  take(method: string): Fault | undefined {
    const planned = this.#planned.find((candidate) => candidate.method === undefined || candidate.method === method);
    if (planned === undefined) return undefined;
    planned.remaining -= 1;
    if (planned.remaining <= 0) this.#planned = this.#planned.filter((other) => other !== planned);
    return planned.fault;
  }
}
