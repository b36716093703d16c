import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../../support/find-program.ts';
import type { Missing } from '../../support/requirement.ts';
import { startProcess } from '../../support/started-process.ts';

/** A real Prosody for this test alone, on loopback, without encryption. Everybody's password is `secret-<name>`. */
export interface ProsodyServer {
  readonly service: string;
  readonly port: number;
  /** Stops it as an administrator would; sessions are told. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it for good and removes its files. */
  dispose(): Promise<void>;
}

/** Where Prosody is, or why these tests cannot run here. */
export function findProsody(): { prosody: string } | Missing {
  const prosody = findProgram('prosody');
  return prosody
    ? { prosody }
    : { missing: 'prosody', reason: 'it is not installed (Debian: apt-get install prosody)' };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/**
 * Starts Prosody. People in `team` see each other (a shared roster group); those in `outside` exist and know nobody.
 * Accounts are written as Prosody's own data files: registering fifty one by one takes longer than the tests.
 */
export async function startProsody(
  prosody: string,
  people: { team: readonly string[]; outside?: readonly string[] },
  extra = '',
): Promise<ProsodyServer> {
  const base = mkdtempSync(join(tmpdir(), 'muster-prosody-'));
  const port = await freePort();
  const accounts = join(base, 'data', 'localhost', 'accounts');
  mkdirSync(accounts, { recursive: true });
  for (const name of [...people.team, ...(people.outside ?? [])]) {
    writeFileSync(join(accounts, `${name}.dat`), `return { ["password"] = "secret-${name}"; };\n`);
  }
  const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
  const members = people.team.map((name) => `${name}@localhost=${capital(name)}`);
  writeFileSync(join(base, 'groups.txt'), ['[Team]', ...members, ''].join('\n'));
  const config = join(base, 'prosody.cfg.lua');
  writeFileSync(
    config,
    `${process.getuid?.() === 0 ? 'run_as_root = true' : ''}
daemonize = false; pidfile = "${base}/prosody.pid"; data_path = "${base}/data"
interfaces = { "127.0.0.1" }; c2s_ports = { ${port} }
s2s_ports = {}; http_ports = {}; https_ports = {}; c2s_direct_tls_ports = {}; legacy_ssl_ports = {}
modules_enabled = { "roster", "saslauth", "disco", "ping", "time", "version", "pep", "vcard4", "vcard_legacy",
  "private", "blocklist", "smacks", "csi_simple", "lastactivity", "groups" }
modules_disabled = { "s2s", "tls", "dialback", "offline" }
authentication = "internal_plain"; allow_registration = false
c2s_require_encryption = false; allow_unencrypted_plain_auth = false
${extra}
groups_file = "${base}/groups.txt"; log = { info = "*console" }
VirtualHost "localhost"
`,
  );
  let running: ReturnType<typeof startProcess> | null = null;
  const server: ProsodyServer = {
    service: `xmpp://127.0.0.1:${port}`,
    port,
    start: async () => {
      running = startProcess(prosody, ['--config', config, '-F'], { PATH: process.env.PATH, HOME: base });
      await running.until(/Activated service 'c2s' on \[127/);
    },
    stop: async () => {
      await running?.stop();
      running = null;
    },
    dispose: async () => {
      await server.stop();
      rmSync(base, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}
