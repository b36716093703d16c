import type { SlackSimulator } from '../../../src/simulator/slack/server.ts';

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** Calls a method as a form with a Bearer token, with nothing of Slack's client in between. */
export async function post(
  slack: SlackSimulator,
  token: string | undefined,
  method: string,
  form: Record<string, string> = {},
): Promise<RawAnswer> {
  const headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded' };
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  return answer(
    await fetch(slack.apiUrl + method, { method: 'POST', headers, body: new URLSearchParams(form).toString() }),
  );
}

/** Sends whatever it is given, and reads the answer as JSON. */
export async function send(slack: SlackSimulator, method: string, init: RequestInit): Promise<RawAnswer> {
  return answer(await fetch(slack.apiUrl + method, init));
}

async function answer(response: Response): Promise<RawAnswer> {
  const body: Record<string, unknown> = await response.json();
  return { status: response.status, headers: response.headers, body };
}
