import { PLATFORM_IDS, type PlatformManifest } from '../../src/platforms/manifest.ts';
import { registry } from '../../src/platforms/registry.ts';

/** The marks between which the README's table stands. */
export const BEGIN = '<!-- capabilities: written by npm run capabilities -->';
export const END = '<!-- end of capabilities -->';

const COLUMNS = {
  readOthers: 'See others',
  push: 'Changes at once',
  ownAvailability: 'Set my availability',
  ownMessage: 'Set my message',
  ownExpiry: 'It ends by itself',
  doNotDisturb: 'Do not disturb',
  lastSeen: 'Last seen',
} as const satisfies Readonly<Record<keyof PlatformManifest['capabilities'], string>>;
const KEYS = Object.keys(COLUMNS).filter((key): key is keyof typeof COLUMNS => key in COLUMNS);
const WORD = { full: 'yes', partial: 'partly', none: 'no' } as const;
const AUTH = {
  password: 'password',
  token: 'pasted token',
  oauth: 'in the browser',
  'device-code': 'by a code',
} as const;

const manifests = (): readonly PlatformManifest[] => PLATFORM_IDS.map((id) => registry[id].manifest);
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** The README's table: a row per platform, a word per capability. */
export function capabilityTable(): string {
  const head = ['', ...Object.values(COLUMNS), 'Sign-in', 'Verified against the live service'];
  const rows = manifests().map((manifest) => [
    `[${manifest.name}](docs/platforms.md#${anchorOf(manifest.name)})`,
    ...KEYS.map((key) => WORD[manifest.capabilities[key].level]),
    manifest.auth.map((auth) => AUTH[auth]).join(', '),
    manifest.verifiedLive ?? 'never',
  ]);
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

/** `docs/platforms.md`: every platform in words. */
export function platformsDocument(): string {
  return [
    '# The platforms, in words',
    '',
    'Written from the manifests in `src/platforms/*/manifest.ts` by `npm run capabilities`; a test compares. The app says the same.',
    '',
    ...manifests().flatMap((manifest) => [...sectionOf(manifest), '']),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

function sectionOf(manifest: PlatformManifest): string[] {
  const { signIn, inbound, offByDefault } = manifest;
  return [
    `## ${manifest.name}`,
    ...(offByDefault === null ? [] : ['', `Off until you ask for it. ${offByDefault}`]),
    '',
    row(['', '', '']),
    row(['---', '---', '---']),
    ...KEYS.map((key) => {
      const { level, reason } = manifest.capabilities[key];
      return row([COLUMNS[key], WORD[level], reason ?? '']);
    }),
    '',
    `Verified against the live service: ${manifest.verifiedLive ?? 'never'}. Facts, limits and sources: [\`src/platforms/${manifest.id}/README.md\`](../src/platforms/${manifest.id}/README.md); the platform's own page: <${manifest.documentationUrl}>.`,
    ...steps('Connecting', signIn.steps),
    ...steps('Signing in in the browser', signIn.oauthSteps),
    ...(signIn.permissions.length === 0
      ? []
      : [
          '',
          'Permissions:',
          ...signIn.permissions.map(
            ({ scope, required, purpose }) => `- \`${scope}\`${required ? '' : ' (optional)'}: ${purpose}`,
          ),
        ]),
    ...(inbound === null ? [] : [...steps(`Events sent here (${lowerFirst(inbound.purpose)})`, inbound.steps)]),
  ];
}

function steps(title: string, all: readonly string[]): string[] {
  return all.length === 0 ? [] : ['', `${title}:`, ...all.map((step, index) => `${index + 1}. ${step}`)];
}

const lowerFirst = (text: string) => text.slice(0, 1).toLowerCase() + text.slice(1).replace(/\.$/, '');
const anchorOf = (name: string) => name.toLowerCase().replaceAll(' ', '-');
