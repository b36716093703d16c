import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../renderer/transport/api-error.ts';
import { addressOf, createClient } from '../../../renderer/transport/client.ts';
import { contact } from '../support/team.ts';

type Sent = { readonly address: string; readonly init: RequestInit };

const clientOf = (answer: () => Response | Promise<Response>, onSignedOut?: () => void) => {
  const sent: Sent[] = [];
  const call = createClient({
    fetch: async (address, init) => {
      sent.push({ address: String(address), init: init ?? {} });
      return answer();
    },
    timeoutMs: 50,
    ...(onSignedOut === undefined ? {} : { onSignedOut }),
  });
  return { call, sent };
};

const json = (value: unknown, status = 200): Response =>
  new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } });

const failureOf = async (step: Promise<unknown>): Promise<ApiError> => {
  const error = await step.then(
    () => new Error('It did not fail.'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw error;
  return error;
};

describe('the client', () => {
  it('fills the path and the query, and leaves out what is not given', () => {
    expect(addressOf('/v1/contacts/{id}', { id: 'a b/c' }, undefined)).toBe('/v1/contacts/a%20b%2Fc');
    expect(addressOf('/v1/contacts', undefined, { limit: 5, cursor: undefined, favourite: 'true' })).toBe(
      '/v1/contacts?limit=5&favourite=true',
    );
  });

  it('sends bodies as JSON and answers what the schema parsed', async () => {
    const { call, sent } = clientOf(() => json({ ...contact(), surplus: 1 }));
    const answer = await call('patchContact', { params: { id: 'c_ada' }, body: { favourite: true } });
    expect(answer).toEqual(contact());
    expect(sent[0]).toMatchObject({
      address: '/v1/contacts/c_ada',
      init: { method: 'PATCH', body: '{"favourite":true}', credentials: 'same-origin' },
    });
  });

  it('answers nothing for 204', async () => {
    const { call } = clientOf(() => new Response(null, { status: 204 }));
    expect(await call('deleteWatch', { params: { id: 'w' } })).toBeUndefined();
  });

  it('turns a problem document into its code, sentence and fields', async () => {
    const errors = [{ path: 'to', message: 'Choose one.' }];
    const problem = { type: 'about:blank', title: 'x', status: 422, code: 'invalid', detail: 'Not valid.', errors };
    const { call } = clientOf(() => json(problem, 422));
    const error = await failureOf(call('getOwnStatus', {}));
    expect(error).toMatchObject({ code: 'invalid', status: 422, message: 'Not valid.', fields: errors });
  });

  it('says who answers instead of somebody linked away', async () => {
    const problem = { type: 'x', title: 'x', status: 404, code: 'merged', detail: 'Linked.', mergedInto: 'c_2' };
    const { call } = clientOf(() => json(problem, 404));
    expect((await failureOf(call('getContact', { params: { id: 'c_1' } }))).mergedInto).toBe('c_2');
  });

  it('takes a code of a newer server as internal, with its sentence', async () => {
    const problem = { type: 'x', title: 'x', status: 409, code: 'brand-new', detail: 'Newer words.' };
    const { call } = clientOf(() => json(problem, 409));
    expect(await failureOf(call('getOwnStatus', {}))).toMatchObject({ code: 'internal', message: 'Newer words.' });
  });

  it('refuses an answer that is not of the contract', async () => {
    const { call } = clientOf(() => json({ items: 'none' }));
    expect((await failureOf(call('listContacts', {}))).code).toBe('unexpected-answer');
    const garbled = clientOf(() => new Response('<html>', { status: 502 }));
    expect(await failureOf(garbled.call('listContacts', {}))).toMatchObject({ code: 'unexpected-answer', status: 502 });
  });

  it('tells apart nobody there and nobody answering in time', async () => {
    const refused = clientOf(() => Promise.reject(new TypeError('refused')));
    expect((await failureOf(refused.call('getOwnStatus', {}))).code).toBe('unreachable');
    const call = createClient({
      timeoutMs: 20,
      fetch: (_, init) =>
        new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted')))),
    });
    expect((await failureOf(call('getOwnStatus', {}))).code).toBe('timeout');
  });

  it('reports the end of the session at every 401', async () => {
    let signedOut = 0;
    const problem = { type: 'x', title: 'x', status: 401, code: 'unauthorized', detail: 'Sign in.' };
    const { call } = clientOf(
      () => json(problem, 401),
      () => {
        signedOut += 1;
      },
    );
    await failureOf(call('getOwnStatus', {}));
    expect(signedOut).toBe(1);
  });
});
