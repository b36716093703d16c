import type { IncomingMessage, ServerResponse } from 'node:http';
import { FaultPlan } from '../faults/fault-plan.ts';
import { sendAnswer } from '../http/answer.ts';
import { CallWindows } from '../http/call-windows.ts';
import { faultAnswer } from '../http/fault-answer.ts';
import { startLoopbackServer } from '../http/loopback-server.ts';
import { readBody } from '../http/read-body.ts';
import { WhatsappBusiness } from './business.ts';
import { answerGraphCall, CALLS_AN_HOUR, graphError, usageOf } from './graph-api.ts';
import { WebhookSender } from './webhook-sender.ts';

/** One call that reached the server; never its token. */
export interface RecordedGraphCall {
  /** `phone-number` or the edge's name. */
  readonly name: string;
  readonly verb: string;
  readonly at: number;
  readonly status: number;
}

/** A running Graph API with one business, and the sender of its webhooks. */
export interface WhatsappSimulator {
  /** With the API's version, as `apiUrl`. */
  readonly apiUrl: string;
  readonly business: WhatsappBusiness;
  readonly webhooks: WebhookSender;
  readonly calls: readonly RecordedGraphCall[];
  readonly faults: FaultPlan;
  restart(pauseMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** How the simulator differs from the plain one. */
export interface WhatsappSimulatorOptions {
  readonly appSecret?: string;
  readonly port?: number;
  /** Ms since the epoch, by which everything expires and is limited. */
  readonly now?: () => number;
  readonly callsAnHour?: number;
  /** Real ms until a delivery that was not taken is tried again; doubled each time. Meta starts at some seconds. */
  readonly redeliverAfterMs?: number;
}

/** Starts a business on 127.0.0.1, without numbers and people. */
export async function startWhatsappSimulator(options: WhatsappSimulatorOptions = {}): Promise<WhatsappSimulator> {
  const now = options.now ?? Date.now;
  const business = new WhatsappBusiness(options.appSecret ?? 'simulated-app-secret-0123456789');
  const webhooks = new WebhookSender(business, now, options.redeliverAfterMs ?? 2_000);
  const faults = new FaultPlan();
  const calls: RecordedGraphCall[] = [];
  const state = {
    business,
    now,
    windows: new CallWindows(),
    callsAnHour: options.callsAnHour ?? CALLS_AN_HOUR,
    callbackUrl: () => webhooks.url,
  };
  const server = await startLoopbackServer((request, response) => void serve(request, response), options.port);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const body = await readBody(request).catch(() => null);
    if (body === null) return void response.socket?.destroy();
    const name = url.pathname.split('/')[3] ?? 'phone-number';
    const fault = faults.take(name);
    const replaced =
      fault === undefined
        ? undefined
        : faultAnswer(fault, {
            rateLimited: null,
            unavailable: () => null,
            refusal: (_error, extra) => graphError(Number(extra.status ?? 400), refusalOf(extra)),
          });
    // Meta has no Retry-After: it says in minutes when calls are taken again, under HTTP 400.
    const answer =
      fault?.kind === 'rate-limited'
        ? tooMany(business.accountId, fault.retryAfterSeconds)
        : (replaced ?? answerGraphCall(state, request, url, body));
    calls.push({ name, verb: request.method ?? 'GET', at: now(), status: answer.status });
    sendAnswer(response, answer, fault, now());
  }

  return {
    apiUrl: `http://127.0.0.1:${server.port}/v26.0`,
    business,
    webhooks,
    calls,
    faults,
    restart: (pauseMs) => server.restart(pauseMs),
    async close() {
      webhooks.close();
      await server.close();
    },
  };
}

function tooMany(accountId: string, retryAfterSeconds: number) {
  const usage = { [accountId]: [usageOf(Math.ceil(retryAfterSeconds / 60))] };
  return graphError(
    400,
    { message: '(#80007) Rate limit hit.', code: 80_007 },
    { 'X-Business-Use-Case-Usage': JSON.stringify(usage) },
  );
}

/** What a planned refusal says: `{ kind: 'platform-error', error: '…', extra: { code: 131031, subcode: 0 } }`. */
function refusalOf(extra: Readonly<Record<string, unknown>>): { message: string; code: number; subcode?: number } {
  const { code, subcode } = extra;
  return {
    message: `(#${String(code)}) As planned.`,
    code: Number(code),
    ...(subcode === undefined ? {} : { subcode: Number(subcode) }),
  };
}
