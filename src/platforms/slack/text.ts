import { unicodeOfHex, unicodeOfName } from './emoji-names.ts';
import type { SlackProfile } from './schema.ts';

const SHORTCODE = /:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/g;

/** Slack escapes exactly these three in text (docs.slack.dev/messaging/formatting-message-text). `&amp;` last, so that nothing is decoded twice. */
export function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** A text as people see it: entities decoded, standard `:name:` as emoji; the workspace's own stay `:name:`. */
export function readableText(text: string): string {
  return unescapeText(text).replace(SHORTCODE, (whole, name: string) => unicodeOfName(name) ?? whole);
}

/** A status emoji as Muster tells it: Unicode, or `:name:` of the workspace's own; null without one. Slack's own hint (`status_emoji_display_info`) goes first. */
export function readableEmoji(
  profile: Pick<SlackProfile, 'status_emoji' | 'status_emoji_display_info'>,
): string | null {
  const name = (profile.status_emoji ?? '').replace(/^:|:$/g, '');
  if (name === '') return null;
  const hint = profile.status_emoji_display_info?.find((info) => info.emoji_name === name)?.unicode;
  const hinted = hint === undefined || hint === '' ? '' : unicodeOfHex(hint);
  return hinted || (unicodeOfName(name) ?? `:${name}:`);
}
