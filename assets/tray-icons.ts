/** The shapes of the tray icon: one's own status, and do-not-disturb, which is shown in its place. */
export const shapes = ['online', 'idle', 'busy', 'away', 'offline', 'unknown', 'do-not-disturb'] as const;
export type Shape = (typeof shapes)[number];

/** What sits in its corner: nothing, a triangle for connection trouble, a dot for alerts nobody looked at yet. */
export const badges = ['plain', 'trouble', 'attention'] as const;
export type Badge = (typeof badges)[number];

/** Edges in pixels that panels ask for; each is rendered at twice the size as well, as `…@2x.png`. */
export const traySizes = [16, 20, 24, 32, 48];

/** The edge of macOS menu-bar icons, in points. */
export const templateSize = 16;

/**
 * Colours that keep a contrast of 3:1 both to a white panel and to a dark one (#202020), since an application cannot ask a
 * Linux or Windows panel for its colour. Shape says the status; colour only helps.
 */
export const colours: Record<Shape | Exclude<Badge, 'plain'>, string> = {
  online: '#1f9254',
  idle: '#748c1c',
  busy: '#d9483f',
  away: '#b87503',
  offline: '#7a8494',
  unknown: '#7a8494',
  'do-not-disturb': '#8a63d2',
  trouble: '#c26a00',
  attention: '#4a74f0',
};

/** The panels that `colours` are checked against. */
export const panels = ['#ffffff', '#202020'];

/** The file of a coloured icon, below `assets/tray`, without `.png` and `@2x`. */
export function trayFile(shape: Shape, badge: Badge, size: number): string {
  return `${badge === 'plain' ? shape : `${shape}-${badge}`}-${size}`;
}

/** The file of a macOS template icon, below `assets/tray/template`; macOS wants the name to end in `Template`. */
export function templateFile(shape: Shape, badge: Badge): string {
  return `${badge === 'plain' ? shape : `${shape}-${badge}`}Template`;
}

/**
 * Puts a badge onto a shape, both given as the inside of their SVG files on a 24-unit square. A gap is cut out around the
 * badge, so that it stands apart without a colour of its own, as in template icons.
 */
export function composeSvg(shape: string, badge: string | undefined, tint: { shape: string; badge: string }): string {
  const open = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="currentColor">';
  if (badge === undefined) return `${open}<g color="${tint.shape}">${shape}</g></svg>`;
  const gap = `<g color="#000" stroke="#000" stroke-width="5.4" stroke-linejoin="round">${badge.replaceAll(/ stroke[a-z-]*="[^"]*"/g, '')}</g>`;
  return `${open}<mask id="gap"><rect width="24" height="24" fill="#fff"/>${gap}</mask>
<g color="${tint.shape}" mask="url(#gap)">${shape}</g><g color="${tint.badge}">${badge}</g></svg>`;
}
