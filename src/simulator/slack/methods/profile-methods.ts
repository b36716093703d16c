import { z } from 'zod';
import { STANDARD_EMOJI } from '../workspace/standard-emoji.ts';
import { type MethodCall, type MethodResult, type SlackMethod, SlackRefusal, subject } from './method.ts';
import { aloneProfileShape } from './profile-shape.ts';

/** Slack's limit of a custom status' text. */
const MAX_STATUS_CHARACTERS = 100;
const DEFAULT_EMOJI = ':speech_balloon:';

const profileSchema = z.looseObject({
  status_text: z.string().optional(),
  status_emoji: z.string().optional(),
  status_expiration: z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).optional(),
  real_name: z.string().optional(),
  display_name: z.string().optional(),
  title: z.string().optional(),
});
type ProfileChange = z.infer<typeof profileSchema>;

/** `users.profile.get`, `users.profile.set`. */
export const profileMethods: Readonly<Record<string, SlackMethod>> = {
  'users.profile.get': {
    tier: 'tier4',
    scope: 'users.profile:read',
    bots: true,
    access: 'read',
    run: (call) => ({ profile: aloneProfileShape(subject(call), call) }),
  },
  'users.profile.set': { tier: 'tier3', scope: 'users.profile:write', bots: false, access: 'write', run: set },
};

function set(call: MethodCall): MethodResult {
  const other = call.args.get('user');
  if (other !== undefined && other !== call.caller.id && !call.caller.isAdmin) throw new SlackRefusal('not_admin');
  const target = subject(call);
  const change = profileChange(call.args);
  const { real_name: realName, display_name: displayName, title } = change;
  call.workspace.setProfileNames(target.id, {
    ...(realName === undefined ? {} : { realName }),
    ...(displayName === undefined ? {} : { displayName }),
    ...(title === undefined ? {} : { title }),
  });
  if (change.status_text !== undefined || change.status_emoji !== undefined || change.status_expiration !== undefined) {
    setStatus(target.id, change, call);
  }
  const user = call.workspace.user(target.id);
  return { username: user.name, profile: aloneProfileShape(user, call) };
}

/** The change as `profile` (JSON) or as a pair `name`, `value`. */
function profileChange(args: ReadonlyMap<string, string>): ProfileChange {
  const name = args.get('name');
  const text = args.get('profile');
  if (text === undefined && name === undefined) throw new SlackRefusal('profile_set_failed');
  const parsed = profileSchema.safeParse(text === undefined ? { [name ?? '']: args.get('value') ?? '' } : json(text));
  if (!parsed.success) throw new SlackRefusal('invalid_profile');
  return parsed.data;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SlackRefusal('invalid_profile');
  }
}

function setStatus(userId: string, change: ProfileChange, call: MethodCall): void {
  const before = call.workspace.user(userId).status;
  const text = change.status_text ?? before.text;
  const emoji = change.status_emoji ?? before.emoji;
  if ([...text].length > MAX_STATUS_CHARACTERS) throw new SlackRefusal('too_long');
  if (text === '' && change.status_text === '' && emoji !== '' && change.status_emoji === undefined) {
    throw new SlackRefusal('must_clear_both_status_text_and_status_emoji');
  }
  if (emoji === '' && change.status_emoji === '' && text !== '' && change.status_text === undefined) {
    throw new SlackRefusal('must_clear_both_status_text_and_status_emoji');
  }
  checkEmoji(emoji, call);
  if (text === '' && emoji === '') {
    call.workspace.clearStatus(userId);
    return;
  }
  // Zero or nothing: does not expire. Source: docs.slack.dev/apis/web-api/user-presence-and-status.
  const expiry = change.status_expiration ?? 0;
  call.workspace.setStatus(userId, {
    text,
    emoji: emoji === '' ? DEFAULT_EMOJI : emoji,
    expiresAt: expiry === 0 ? null : expiry * 1000,
  });
}

function checkEmoji(emoji: string, call: MethodCall): void {
  if (emoji === '') return;
  const match = /^:([^\s:]+):(?::skin-tone-[2-6]:)?$/u.exec(emoji);
  if (match === null) throw new SlackRefusal('profile_status_set_failed_not_emoji_syntax');
  const name = match[1] ?? '';
  if (!STANDARD_EMOJI.has(name) && !call.workspace.emoji().has(name)) {
    throw new SlackRefusal('profile_status_set_failed_not_valid_emoji');
  }
}
