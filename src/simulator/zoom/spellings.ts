/** What somebody can be on Zoom, whatever a surface calls it. */
export type ZoomPresence =
  | 'available'
  | 'mobile'
  | 'away'
  | 'out-of-office'
  | 'do-not-disturb'
  | 'busy'
  | 'calendar-event'
  | 'presenting'
  | 'meeting'
  | 'call'
  | 'offline';

/**
 * How each surface spells it: `GET presence_status`, the contact route, and events. From the reference pages of the three and the types
 * of @zoom/rivet 0.4.0. What `GET presence_status` says of somebody offline is not documented.
 */
export const SPELLINGS: Readonly<
  Record<ZoomPresence, { readonly status: string; readonly contact: string; readonly event: string }>
> = {
  available: { status: 'Available', contact: 'Available', event: 'Available' },
  mobile: { status: 'Available', contact: 'Available', event: 'Mobile_signed_in' },
  away: { status: 'Away', contact: 'Away', event: 'Away' },
  'out-of-office': { status: 'Out_of_Office', contact: 'Out_of_Office', event: 'Out_Of_Office' },
  'do-not-disturb': { status: 'Do_Not_Disturb', contact: 'Do_Not_Disturb', event: 'Do_Not_Disturb' },
  busy: { status: 'Busy', contact: 'Busy', event: 'Busy' },
  'calendar-event': { status: 'In_Calendar_Event', contact: 'In_A_Calendar_Event', event: 'In_Calendar_Event' },
  presenting: { status: 'Presenting', contact: 'Presenting', event: 'Presenting' },
  meeting: { status: 'In_A_Zoom_Meeting', contact: 'In_A_Meeting', event: 'In_Meeting' },
  call: { status: 'On_A_Call', contact: 'In_A_Call', event: 'On_Phone_Call' },
  offline: { status: 'Offline', contact: 'Offline', event: 'Offline' },
};

/** What `PUT presence_status` takes; do-not-disturb has a spelling of its own there. */
export const WRITABLE: ReadonlyMap<string, ZoomPresence> = new Map([
  ['Away', 'away'],
  ['Available', 'available'],
  ['In_Calendar_Event', 'calendar-event'],
  ['Presenting', 'presenting'],
  ['In_A_Zoom_Meeting', 'meeting'],
  ['On_A_Call', 'call'],
  ['Out_of_Office', 'out-of-office'],
  ['Busy', 'busy'],
]);
