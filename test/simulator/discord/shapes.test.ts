/**
 * The simulator's payloads against Discord's own descriptions: every field, by its JSON type, with the types of discord-api-types, which
 * the compiler compares (`npm run check:types`); and at run time with the examples of discord/discord-api-docs of August 2026.
 */
import type {
  APIApplication,
  APIGuildMember,
  APIUser,
  GatewayGuildCreateDispatchData,
  GatewayGuildMembersChunkDispatchData,
  GatewayPresenceUpdateDispatchData,
  GatewayRateLimitedDispatchData,
  GatewayReadyDispatchData,
  RESTGetAPIGatewayBotResult,
} from 'discord.js';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { ChunkShape } from '../../../src/simulator/discord/gateway/member-chunks.ts';
import type { applicationShape, gatewayBotShape } from '../../../src/simulator/discord/rest.ts';
import type { rateLimitedShape, readyShape } from '../../../src/simulator/discord/world/session-shapes.ts';
import {
  type guildCreateShape,
  memberShape,
  presenceShape,
  userShape,
} from '../../../src/simulator/discord/world/shapes.ts';
import { DiscordWorld } from '../../../src/simulator/discord/world/world.ts';

/** What a value is in JSON; enums are numbers and texts there. */
type JsonOf<T> = T extends string
  ? 'text'
  : T extends number
    ? 'number'
    : T extends boolean
      ? 'boolean'
      : T extends null
        ? 'null'
        : T extends undefined
          ? never
          : 'object';

/** Fields that both have, and that are something else in ours. */
type Odd<Ours, Theirs> = {
  [K in keyof Ours & keyof Theirs]: JsonOf<Ours[K]> extends JsonOf<Theirs[K]> ? never : K;
}[keyof Ours & keyof Theirs];

/** Fields that Discord always sends and we do not. */
type Missing<Ours, Theirs> = {
  [K in keyof Theirs]-?: undefined extends Theirs[K] ? never : K extends keyof Ours ? never : K;
}[keyof Theirs];

/** Fields that Discord does not have. */
type Invented<Ours, Theirs> = Exclude<keyof Ours, keyof Theirs>;

describe('shapes have Discord’s fields, with Discord’s types', () => {
  it('users', () => {
    type Ours = ReturnType<typeof userShape>;
    expectTypeOf<Odd<Ours, APIUser>>().toBeNever();
    expectTypeOf<Missing<Ours, APIUser>>().toBeNever();
    expectTypeOf<Invented<Ours, APIUser>>().toBeNever();
  });

  it('members', () => {
    type Ours = ReturnType<typeof memberShape>;
    expectTypeOf<Odd<Ours, APIGuildMember>>().toBeNever();
    expectTypeOf<Missing<Ours, APIGuildMember>>().toBeNever();
    expectTypeOf<Invented<Ours, APIGuildMember>>().toBeNever();
  });

  it('presences', () => {
    type Ours = ReturnType<typeof presenceShape> & { guild_id: string };
    expectTypeOf<Odd<Ours, GatewayPresenceUpdateDispatchData>>().toBeNever();
    expectTypeOf<Missing<Ours, GatewayPresenceUpdateDispatchData>>().toBeNever();
    expectTypeOf<Invented<Ours, GatewayPresenceUpdateDispatchData>>().toBeNever();
  });

  it('servers', () => {
    type Ours = ReturnType<typeof guildCreateShape>;
    expectTypeOf<Odd<Ours, GatewayGuildCreateDispatchData>>().toBeNever();
    expectTypeOf<Invented<Ours, GatewayGuildCreateDispatchData>>().toBeNever();
    // What no client of presence could use is left out, and nothing else.
    expectTypeOf<Missing<Ours, GatewayGuildCreateDispatchData>>().toEqualTypeOf<
      | 'splash'
      | 'banner'
      | 'discovery_splash'
      | 'description'
      | 'vanity_url_code'
      | 'afk_channel_id'
      | 'system_channel_id'
      | 'rules_channel_id'
      | 'public_updates_channel_id'
      | 'safety_alerts_channel_id'
      | 'hub_type'
      | 'premium_progress_bar_enabled'
      | 'incidents_data'
    >();
  });

  it('chunks of members', () => {
    expectTypeOf<Odd<ChunkShape, GatewayGuildMembersChunkDispatchData>>().toBeNever();
    expectTypeOf<Missing<ChunkShape, GatewayGuildMembersChunkDispatchData>>().toBeNever();
    expectTypeOf<Invented<ChunkShape, GatewayGuildMembersChunkDispatchData>>().toBeNever();
  });

  it('READY and RATE_LIMITED', () => {
    type Ours = ReturnType<typeof readyShape>;
    expectTypeOf<Odd<Ours, GatewayReadyDispatchData>>().toBeNever();
    expectTypeOf<Missing<Ours, GatewayReadyDispatchData>>().toBeNever();
    expectTypeOf<Odd<ReturnType<typeof rateLimitedShape>, GatewayRateLimitedDispatchData>>().toBeNever();
    expectTypeOf<Missing<ReturnType<typeof rateLimitedShape>, GatewayRateLimitedDispatchData>>().toBeNever();
  });

  it('the REST answers', () => {
    type Bot = ReturnType<typeof gatewayBotShape>;
    expectTypeOf<Odd<Bot, RESTGetAPIGatewayBotResult>>().toBeNever();
    expectTypeOf<Missing<Bot, RESTGetAPIGatewayBotResult>>().toBeNever();
    type Application = ReturnType<typeof applicationShape>;
    expectTypeOf<Odd<Application, APIApplication>>().toBeNever();
    expectTypeOf<Invented<Application, APIApplication>>().toBeNever();
  });
});

/** “Example User” and “Example Guild Member” of the documentation. */
const USER: Record<string, unknown> = {
  id: '80351110224678912',
  username: 'Nelly',
  global_name: null,
  discriminator: '1337',
  avatar: '8342729096ea3675442027381ff50dfe',
  banner: '06c16474723fe537c283b8efa61a30c8',
  accent_color: 16711680,
  public_flags: 64,
  avatar_decoration_data: { sku_id: '1144058844004233369', asset: 'a_fed43ab12698df65902ba06727e20c0e' },
};
const MEMBER: Record<string, unknown> = {
  user: {},
  nick: 'NOT API SUPPORT',
  avatar: null,
  banner: null,
  roles: [],
  joined_at: '2015-04-26T06:26:56.936000+00:00',
  deaf: false,
  mute: false,
};

describe('examples of the documentation', () => {
  const kind = (value: unknown): string => (Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value);
  const agrees = (ours: unknown, theirs: unknown): boolean =>
    ours === null || theirs === null || kind(ours) === kind(theirs);

  it('agree in every field', () => {
    const world = new DiscordWorld(() => 0);
    world.addUser({ id: '1', username: 'nelly', globalName: 'Nelly', avatar: 'abc' });
    world.addGuild({ id: '2', name: 'Krew', members: ['1'] });
    const user = userShape(world.user('1'));
    const member = memberShape(world.guild('2'), world.user('1'));
    for (const [ours, theirs] of [
      [user, USER],
      [member, MEMBER],
    ] as const) {
      const shape = new Map<string, unknown>(Object.entries(ours));
      for (const [field, value] of Object.entries(theirs)) {
        expect(shape.has(field), field).toBe(true);
        expect(agrees(shape.get(field), value), field).toBe(true);
      }
    }
  });
});

it('nobody’s choice to be invisible shows', () => {
  const world = new DiscordWorld(() => 0);
  world.addUser({ id: '1', username: 'nelly' });
  world.setStatus('1', 'invisible', ['mobile']);
  world.setCustomStatus('1', { text: 'Hiding' });
  expect(presenceShape(world.user('1'))).toEqual({
    user: { id: '1' },
    status: 'offline',
    activities: [],
    client_status: {},
  });
});
