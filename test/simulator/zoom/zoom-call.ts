import type { ZoomSimulator } from '../../../src/simulator/zoom/server.ts';

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** A call made by hand, so that the simulator is judged by nobody's client. */
export async function call(
  simulator: ZoomSimulator,
  path: string,
  options: { token?: string; verb?: string; body?: unknown; contentType?: string } = {},
): Promise<RawAnswer> {
  const { token, verb = 'GET', body, contentType = 'application/json' } = options;
  const response = await fetch(new URL(path, simulator.apiUrl), {
    method: verb,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': contentType }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
}
