/** A refusal in Graph's words: `{error: {code, message, innerError}}` (learn.microsoft.com/graph/errors). */
export class GraphRefusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'GraphRefusal';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** The body of a refusal. `now` in ms since the epoch. */
export function refusalBody(code: string, message: string, requestId: string, now: number): Record<string, unknown> {
  const date = new Date(now).toISOString().slice(0, 19);
  return { error: { code, message, innerError: { date, 'request-id': requestId, 'client-request-id': requestId } } };
}

/** Something in the request is wrong. */
export function badRequest(message: string): GraphRefusal {
  return new GraphRefusal(400, 'BadRequest', message);
}
