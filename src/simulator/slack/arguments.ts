import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { SlackRefusal } from './methods/method.ts';

/** What a request says, before anybody knows whether it may. */
export interface SlackArguments {
  readonly args: ReadonlyMap<string, string>;
  /** By `Authorization: Bearer`, or the argument `token` of a form or query; a token inside a JSON body does not count. */
  readonly token: string | undefined;
  /** `missing_charset`, which Slack adds to answers. */
  readonly warning: string | undefined;
}

const jsonObject = z.record(z.string(), z.unknown());

/**
 * Reads the arguments as Slack does: a query, a form, or for writes a JSON object. Refuses with Slack's errors for a missing or wrong type.
 * Source: the error table of every docs.slack.dev/reference/methods page, and docs.slack.dev/apis/web-api.
 */
export function readArguments(
  request: IncomingMessage,
  url: URL,
  body: string,
  access: 'read' | 'write',
): SlackArguments {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const query = argumentMap(url.searchParams);
  if (request.method === 'GET') return { args: query, token: bearer ?? query.get('token'), warning: undefined };
  const type = request.headers['content-type'];
  if (type === undefined) {
    if (body !== '') throw new SlackRefusal('missing_post_type');
    return { args: query, token: bearer ?? query.get('token'), warning: undefined };
  }
  const [mediaType = '', ...parameters] = type
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  if (charset !== undefined && !['utf-8', 'iso-8859-1'].includes(charset.replaceAll('"', ''))) {
    throw new SlackRefusal('invalid_charset');
  }
  switch (mediaType) {
    case 'application/x-www-form-urlencoded': {
      if (/%(?![0-9a-f]{2})/i.test(body)) throw new SlackRefusal('invalid_form_data');
      const args = new Map([...query, ...argumentMap(new URLSearchParams(body))]);
      return { args, token: bearer ?? args.get('token'), warning: undefined };
    }
    case 'application/json':
      return {
        args: access === 'write' ? new Map([...query, ...jsonArguments(body)]) : query,
        token: bearer,
        warning: charset === undefined ? 'missing_charset' : undefined,
      };
    case 'multipart/form-data':
      // Only uploads need it, and nothing here uploads.
      throw new SlackRefusal('invalid_form_data');
    default:
      throw new SlackRefusal('invalid_post_type');
  }
}

function argumentMap(parameters: URLSearchParams): Map<string, string> {
  const args = new Map<string, string>();
  for (const [name, value] of parameters) {
    if (name.endsWith(']')) throw new SlackRefusal('invalid_array_arg');
    if (!/^\w{1,255}$/.test(name)) throw new SlackRefusal('invalid_arg_name');
    args.set(name, value);
  }
  return args;
}

function jsonArguments(body: string): Map<string, string> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new SlackRefusal('invalid_json');
  }
  const parsed = jsonObject.safeParse(value);
  if (!parsed.success || Array.isArray(value)) throw new SlackRefusal('json_not_object');
  const entries = Object.entries(parsed.data).filter(([, each]) => each !== null && each !== undefined);
  return new Map(entries.map(([name, each]) => [name, typeof each === 'string' ? each : JSON.stringify(each)]));
}
