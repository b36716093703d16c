import type { SlackUser } from '../workspace/user.ts';
import { type MethodResult, seconds, type Viewer } from './method.ts';
import { profileShape } from './profile-shape.ts';

/** A user object, as `users.list`, `users.info` and `users.lookupByEmail` answer it. Deactivated members lack their zone and their roles. */
export function userShape(user: SlackUser, call: Viewer): MethodResult {
  const base = {
    id: user.id,
    team_id: user.teamId ?? call.workspace.identity.teamId,
    name: user.name,
    deleted: user.deleted,
    profile: profileShape(user, call),
    is_bot: user.kind === 'bot' && user.id !== 'USLACKBOT',
    is_app_user: false,
    updated: seconds(user.updatedAt),
    ...(call.args.get('include_locale') === 'true' ? { locale: 'en-GB' } : {}),
  };
  const { enterprise, teamId } = call.workspace.identity;
  const inOrganisation = enterprise !== undefined && user.teamId === null && user.kind === 'person';
  const enterpriseUser = inOrganisation
    ? {
        enterprise_user: {
          id: user.id,
          enterprise_id: enterprise.id,
          enterprise_name: enterprise.name,
          is_admin: false,
          is_owner: false,
          is_primary_owner: false,
          teams: [teamId],
        },
      }
    : {};
  if (user.deleted)
    return { ...base, ...enterpriseUser, is_email_confirmed: false, who_can_share_contact_card: 'EVERYONE' };
  return {
    ...base,
    ...enterpriseUser,
    color: user.color,
    real_name: user.realName,
    tz: user.tz,
    tz_label: zoneName(user.tz, call.now),
    tz_offset: zoneOffsetSeconds(user.tz, call.now),
    is_admin: user.isAdmin,
    is_owner: user.isOwner,
    is_primary_owner: false,
    is_restricted: user.isRestricted,
    is_ultra_restricted: user.isUltraRestricted,
    ...(user.teamId === null ? {} : { is_stranger: user.isStranger }),
    has_2fa: false,
    is_email_confirmed: user.email !== null,
    who_can_share_contact_card: 'EVERYONE',
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function zonePart(tz: string, style: 'long' | 'longOffset', now: number): string {
  const key = `${tz} ${style}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: style });
  formats.set(key, format);
  return format.formatToParts(now).find((part) => part.type === 'timeZoneName')?.value ?? '';
}

function zoneName(tz: string, now: number): string {
  return zonePart(tz, 'long', now);
}

function zoneOffsetSeconds(tz: string, now: number): number {
  const [, sign = '+', hours = '0', minutes = '0'] =
    /GMT([+-])(\d\d):(\d\d)/.exec(zonePart(tz, 'longOffset', now)) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}
