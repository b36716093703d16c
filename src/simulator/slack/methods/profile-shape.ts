import { STANDARD_EMOJI } from '../workspace/standard-emoji.ts';
import type { SlackUser } from '../workspace/user.ts';
import { type MethodResult, seconds, type Viewer } from './method.ts';

const IMAGE_SIZES = [24, 32, 48, 72, 192, 512] as const;

/** A member's `profile`, as a user object holds it, for the token of the call. */
export function profileShape(user: SlackUser, call: Viewer): MethodResult {
  const [firstName = '', ...lastNames] = user.realName.split(' ');
  const image = (size: number): string => `${call.behaviour.imageBase}avatar/${user.id}-${size}.png`;
  const base = {
    title: user.title,
    phone: '',
    skype: '',
    real_name: user.realName,
    real_name_normalized: normalised(user.realName),
    display_name: user.displayName,
    display_name_normalized: normalised(user.displayName),
    status_text: user.status.text,
    status_emoji: user.status.emoji,
    status_emoji_display_info: emojiDisplayInfo(user.status.emoji, user.status.text, call),
    status_expiration: user.status.expiresAt === null ? 0 : seconds(user.status.expiresAt),
    avatar_hash: `g${user.color}`,
    always_active: user.alwaysActive,
    first_name: firstName,
    last_name: lastNames.join(' '),
    ...Object.fromEntries(IMAGE_SIZES.map((size) => [`image_${size}`, image(size)])),
    status_text_canonical: '',
    team: user.teamId ?? call.workspace.identity.teamId,
  };
  if (user.kind === 'bot') return { ...base, api_app_id: `A${user.id.slice(1)}`, bot_id: `B${user.id.slice(1)}` };
  return {
    ...base,
    is_custom_image: true,
    image_1024: image(1024),
    image_original: image(1024),
    pronouns: '',
    huddle_state: user.huddleUntil === null ? 'default_unset' : 'in_a_huddle',
    huddle_state_expiration_ts: user.huddleUntil === null ? 0 : seconds(user.huddleUntil),
    ...(user.email !== null && call.token.scopes.includes('users:read.email') ? { email: user.email } : {}),
  };
}

/** The same for `users.profile.get` and `users.profile.set`, which have the workspace's own fields too: none here. */
export function aloneProfileShape(user: SlackUser, call: Viewer): MethodResult {
  return { ...profileShape(user, call), fields: {} };
}

/** Slack's `*_normalized`: letters without their marks. */
function normalised(name: string): string {
  return name.normalize('NFD').replace(/\p{Diacritic}/gu, '');
}

/** What clients need to draw every emoji of a status: custom ones by their image, standard ones by code point too. */
function emojiDisplayInfo(emoji: string, text: string, call: Viewer): readonly Record<string, string>[] {
  const names = [...`${emoji} ${text}`.matchAll(/:([\w+'-]+)(?:::skin-tone-\d)?:/g)].map((match) => match[1] ?? '');
  return [...new Set(names)].map((name) => emojiInfo(name, call)).filter((info) => info !== undefined);
}

function emojiInfo(name: string, call: Viewer): Record<string, string> | undefined {
  const custom = call.workspace.emoji().get(name);
  if (custom?.startsWith('alias:')) {
    const target = emojiInfo(custom.slice('alias:'.length), call);
    return target === undefined ? undefined : { ...target, emoji_name: name, display_alias: target.emoji_name ?? '' };
  }
  if (custom !== undefined) return { emoji_name: name, display_url: custom };
  const unicode = STANDARD_EMOJI.get(name);
  if (unicode === undefined) return undefined;
  return { emoji_name: name, display_url: `${call.behaviour.imageBase}emoji/${unicode}.png`, unicode };
}
