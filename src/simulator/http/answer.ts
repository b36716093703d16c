import type { ServerResponse } from 'node:http';
import type { Fault } from '../faults/fault.ts';
import { replaceValues } from '../faults/replace-values.ts';

/** An HTTP answer before any fault spoils it. */
export interface JsonAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Sends an answer as JSON, spoilt by a fault if there is one. `now` is in ms; it is what the `Date` header says. */
export function sendAnswer(response: ServerResponse, answer: JsonAnswer, fault: Fault | undefined, now: number): void {
  const skew = fault?.kind === 'clock-skew' ? fault.offsetMs : 0;
  const headers: Record<string, string> = {
    'Content-Type': 'application/json; charset=utf-8',
    ...answer.headers,
    Date: new Date(now + skew).toUTCString(),
  };
  const body = fault?.kind === 'replaced-values' ? replaceValues(answer.body, fault.values) : answer.body;
  const text = Buffer.from(JSON.stringify(body));
  const end = (status: number, bytes: Buffer): void => {
    response.writeHead(status, { ...headers, 'Content-Length': String(bytes.length) });
    response.end(bytes);
  };
  const half = (): Buffer => text.subarray(0, Math.max(1, Math.floor(text.length / 2)));
  switch (fault?.kind) {
    case 'hang':
      return;
    case 'reset-connection':
      response.socket?.resetAndDestroy();
      return;
    case 'slow': {
      const timer = setTimeout(() => end(answer.status, text), fault.delayMs);
      response.once('close', () => clearTimeout(timer));
      return;
    }
    case 'truncated-body':
      response.writeHead(answer.status, { ...headers, 'Content-Length': String(text.length) });
      response.write(half(), () => response.socket?.end());
      return;
    case 'half-closed':
      response.socket?.end();
      return;
    case 'stalled-body':
      response.writeHead(answer.status, { ...headers, 'Content-Length': String(text.length) });
      response.write(half());
      return;
    case 'malformed-json':
      end(answer.status, Buffer.from(`${half().toString('utf8')}{{`));
      return;
    case 'html-page':
      headers['Content-Type'] = 'text/html';
      end(200, Buffer.from('<!doctype html><title>Sign in to the network</title>'));
      return;
    default:
      end(answer.status, text);
  }
}
