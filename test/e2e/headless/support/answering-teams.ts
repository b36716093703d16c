import { z } from 'zod';
import { endpointOf } from '../../../../src/simulator/teams/answer-graph.ts';
import { GraphRefusal, refusalBody } from '../../../../src/simulator/teams/graph-refusal.ts';
import { Organisation } from '../../../../src/simulator/teams/organisation.ts';
import { CLIENT_ID } from '../../../../src/simulator/teams/sign-in.ts';
import { Subscriptions } from '../../../../src/simulator/teams/subscriptions.ts';
import type { Answer, TakenCall } from './answering.ts';

const HOUR = 3_600_000;
/** Whose account it is. */
export const TEAMS_ME = 'ffffffff-0000-4000-8000-000000000000';
const BASE = 'http://127.0.0.1:9';
const idsSchema = z.object({ ids: z.array(z.string()) });

/** Graph by the simulator's own rules, without its limits and sign-in; presences come and go with the hour. */
export async function teamsAnswers(people: readonly string[], now: () => number): Promise<Answer> {
  const organisation = new Organisation('84bd8158-6d4d-4958-8b9f-9d6445542f95', 'day.example', now);
  const caller = organisation.add({ id: TEAMS_ME, displayName: 'Grace Hopper' });
  for (const id of people) organisation.add({ id, displayName: `Day ${id.slice(-6)}` });
  const subscriptions = await Subscriptions.create(organisation);
  let hour = -1;

  function comeAndGo(): void {
    if (hour === Math.floor(now() / HOUR)) return;
    hour = Math.floor(now() / HOUR);
    for (const id of people) organisation.client(id, (Number(id.slice(-1)) + hour) % 2 === 0 ? 'Available' : 'Away');
  }

  function run({ verb, url, headers, body }: TakenCall) {
    const found = endpointOf(verb, url.pathname.slice('/v1.0'.length));
    if (found === undefined) throw new GraphRefusal(404, 'ResourceNotFound', 'Invalid version or resource.');
    const result = found.endpoint.run({
      organisation,
      subscriptions,
      caller,
      appId: CLIENT_ID,
      parts: found.parts,
      query: url.searchParams,
      headers: new Map(headers),
      body: body === '' ? undefined : JSON.parse(body),
      base: BASE,
      now: now(),
    });
    if (result instanceof Promise) throw new GraphRefusal(501, 'NotImplemented', 'Nobody can be told of changes here.');
    return result;
  }

  return (call) => {
    comeAndGo();
    const about = call.url.pathname.endsWith('/getPresencesByUserId') ? idsSchema.parse(JSON.parse(call.body)).ids : [];
    try {
      const { status, body, text } = run(call);
      return { status, json: body ?? Number(text ?? 0), about };
    } catch (thrown) {
      if (!(thrown instanceof GraphRefusal)) throw thrown;
      return { status: thrown.status, json: refusalBody(thrown.code, thrown.message, 'day', now()), about };
    }
  };
}
