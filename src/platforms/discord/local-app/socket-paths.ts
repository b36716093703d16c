/** Discord takes the first free number (docs.discord.com/developers/topics/rpc, “IPC Path”). */
const NUMBERS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
/** Where the packaged apps of Flatpak and Snap put the socket, inside the folder of all others; the test versions last. */
const PACKAGED = [
  '',
  'app/com.discordapp.Discord/',
  'snap.discord/',
  'app/com.discordapp.DiscordCanary/',
  'snap.discord-canary/',
];

/** Where the Discord app's socket may be, likeliest first. `folder`: only there. */
export function socketPaths(
  folder: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
): string[] {
  const named = (prefix: string): string[] => NUMBERS.map((number) => `${prefix}discord-ipc-${number}`);
  if (folder !== undefined) return named(/[\\/]$/.test(folder) ? folder : `${folder}/`);
  if (platform === 'win32') return named('\\\\?\\pipe\\');
  const { XDG_RUNTIME_DIR, TMPDIR, TMP, TEMP } = environment;
  const base = (XDG_RUNTIME_DIR || TMPDIR || TMP || TEMP || '/tmp').replace(/\/*$/, '/');
  return PACKAGED.flatMap((inside) => named(`${base}${inside}`));
}
