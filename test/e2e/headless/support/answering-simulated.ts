import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { JsonAnswer } from '../../../../src/simulator/http/answer.ts';
import type { Answer, TakenCall } from './answering.ts';

/** A call as a simulator's server would get it, without a socket behind it. `authorization`: instead of what was sent. */
export function requestOf({ verb, url, headers }: TakenCall, authorization?: string): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  request.method = verb;
  request.url = `${url.pathname}${url.search}`;
  request.headers = { ...Object.fromEntries(headers), ...(authorization === undefined ? {} : { authorization }) };
  return request;
}

/** A simulator's answer, as the day's calls are answered. */
export function simulated({ status, headers, body }: JsonAnswer): ReturnType<Answer> {
  return { json: body, status, headers };
}
