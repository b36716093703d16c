import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { JsonAnswer } from '../http/answer.ts';
import type { CallWindows } from '../http/call-windows.ts';
import type { BusinessNumber, SystemUserToken, WhatsappBusiness } from './business.ts';

/** Calls an hour for one app and business account. */
export const CALLS_AN_HOUR = 200;
const HOUR_MS = 3_600_000;

/** A refusal of the Graph API. */
class GraphRefusal extends Error {
  readonly answer: JsonAnswer;
  constructor(answer: JsonAnswer) {
    super('refused');
    this.answer = answer;
  }
}

/** The Graph API's refusal with a code, in its own shape. */
export function graphError(
  status: number,
  error: { message: string; type?: string; code: number; subcode?: number; details?: string },
  headers: Record<string, string> = {},
): JsonAnswer {
  return {
    status,
    headers,
    body: {
      error: {
        message: error.message,
        type: error.type ?? 'OAuthException',
        code: error.code,
        ...(error.subcode === undefined ? {} : { error_subcode: error.subcode }),
        ...(error.details === undefined
          ? {}
          : { error_data: { messaging_product: 'whatsapp', details: error.details } }),
        fbtrace_id: 'AbCdEfGhIjKlMnOpQrStUvW',
      },
    },
  };
}

/** What a call is answered from. */
export interface GraphState {
  readonly business: WhatsappBusiness;
  readonly windows: CallWindows;
  readonly now: () => number;
  readonly callsAnHour: number;
  /** The app's webhook address; null before it was verified. */
  readonly callbackUrl: () => string | null;
}

/** Checks a call as Meta does (version, object, token, proof, permission, rate) and answers it. */
export function answerGraphCall(state: GraphState, request: IncomingMessage, url: URL, body: string): JsonAnswer {
  try {
    const [, version = '', objectId = '', edge] = url.pathname.split('/');
    if (!/^v\d+\.0$/.test(version)) throw refusal(404, 'Unknown path components', 2500);
    const token = authenticated(state, request, url);
    const number = state.business.numbers.get(objectId);
    if (number === undefined) throw noSuchObject(request.method ?? 'GET', objectId);
    rated(state, token);
    if (edge === undefined && request.method === 'GET') return ok(phoneNumber(state, number, token, url));
    if (edge === 'whatsapp_business_profile') return profile(number, token, request, url, body);
    throw refusal(400, `Unknown path components: /${edge}`, 2500);
  } catch (error) {
    if (error instanceof GraphRefusal) return error.answer;
    const simulator_error = error instanceof Error ? error.message : String(error);
    return { status: 500, headers: {}, body: { error: { code: 1, simulator_error } } };
  }
}

function authenticated(state: GraphState, request: IncomingMessage, url: URL): SystemUserToken {
  const text = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (text === undefined) {
    throw refusal(401, 'An access token is required to request this resource.', 104);
  }
  const token = state.business.token(text);
  if (token === undefined) throw refusal(401, 'Invalid OAuth access token - Cannot parse access token', 190);
  if (token.revoked) throw refusal(401, 'Error validating access token: The session was invalidated.', 190, 460);
  if (token.expiresAt !== null && token.expiresAt <= state.now()) {
    throw refusal(401, 'Error validating access token: Session has expired.', 190, 463);
  }
  const proof = url.searchParams.get('appsecret_proof');
  const expected = createHmac('sha256', state.business.appSecret).update(text).digest('hex');
  if (proof !== null && proof !== expected) {
    throw refusal(400, 'Invalid appsecret_proof provided in the API argument', 100, undefined, 'GraphMethodException');
  }
  return token;
}

function rated({ business, windows, now, callsAnHour }: GraphState, token: SystemUserToken): void {
  const wait = windows.waitMs(token.token, callsAnHour, HOUR_MS, now());
  if (wait === 0) return;
  const usage = { [business.accountId]: [usageOf(Math.ceil(wait / 60_000))] };
  throw new GraphRefusal(
    graphError(
      400,
      { message: '(#80007) Rate limit hit.', code: 80_007 },
      { 'X-Business-Use-Case-Usage': JSON.stringify(usage) },
    ),
  );
}

/** The header's entry: shares of the limits in percent, and the minutes until calls are taken again. */
export function usageOf(minutes: number): Record<string, unknown> {
  return {
    type: 'whatsapp',
    call_count: minutes > 0 ? 100 : 1,
    total_cputime: 1,
    total_time: 1,
    estimated_time_to_regain_access: minutes,
  };
}

function phoneNumber(
  state: GraphState,
  number: BusinessNumber,
  token: SystemUserToken,
  url: URL,
): Record<string, unknown> {
  allowed(token, 'whatsapp_business_management');
  const callbackUrl = state.callbackUrl();
  const all: Record<string, unknown> = {
    id: number.id,
    display_phone_number: number.displayPhoneNumber,
    verified_name: number.verifiedName,
    quality_rating: 'GREEN',
    ...(callbackUrl === null ? {} : { webhook_configuration: { application: callbackUrl } }),
  };
  const fields = url.searchParams.get('fields')?.split(',') ?? [
    'display_phone_number',
    'verified_name',
    'quality_rating',
  ];
  for (const field of fields) {
    if (!(field in all) && field !== 'webhook_configuration') {
      throw refusal(400, `(#100) Tried accessing nonexisting field (${field})`, 100);
    }
  }
  return Object.fromEntries(Object.entries(all).filter(([name]) => name === 'id' || fields.includes(name)));
}

function profile(
  number: BusinessNumber,
  token: SystemUserToken,
  request: IncomingMessage,
  url: URL,
  body: string,
): JsonAnswer {
  allowed(token, 'whatsapp_business_messaging');
  if (request.method === 'GET') {
    const fields = url.searchParams.get('fields')?.split(',') ?? [];
    const about = fields.includes('about') && number.about !== '' ? { about: number.about } : {};
    return ok({ data: [{ ...about, messaging_product: 'whatsapp' }] });
  }
  const sent = jsonObject(request, body);
  if (sent.messaging_product !== 'whatsapp') {
    throw refusal(400, '(#100) The parameter messaging_product is required.', 100);
  }
  const { about } = sent;
  if (about !== undefined) {
    const length = typeof about === 'string' ? [...about].length : 0;
    if (typeof about !== 'string' || length < 1 || length > 139) {
      throw refusal(400, '(#100) Param about must be between 1 and 139 characters long.', 100);
    }
    number.about = about;
  }
  return ok({ success: true });
}

function allowed(token: SystemUserToken, scope: string): void {
  if (token.scopes.includes(scope)) return;
  throw refusal(403, '(#200) You do not have the necessary permissions required to perform this action.', 200);
}

function jsonObject(request: IncomingMessage, body: string): Record<string, unknown> {
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) {
    throw refusal(400, '(#100) The parameter messaging_product is required.', 100);
  }
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Told below.
  }
  throw refusal(400, '(#100) Invalid JSON in the request body.', 100);
}

function noSuchObject(method: string, id: string): GraphRefusal {
  const message = `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`;
  return refusal(400, message, 100, 33, 'GraphMethodException');
}

function refusal(status: number, message: string, code: number, subcode?: number, type?: string): GraphRefusal {
  return new GraphRefusal(
    graphError(status, {
      message,
      code,
      ...(subcode === undefined ? {} : { subcode }),
      ...(type === undefined ? {} : { type }),
    }),
  );
}

function ok(body: unknown): JsonAnswer {
  return { status: 200, headers: {}, body };
}
