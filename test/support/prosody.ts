import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './find-program.ts';
import { removeFolder } from './remove-folder.ts';
import type { Missing } from './requirement.ts';
import { startProcess } from './started-process.ts';

/** A real Prosody for one test alone, on loopback. Everybody's password is `secret-<name>`. */
export interface ProsodyServer {
  /** `xmpp://127.0.0.1:PORT` */
  readonly service: string;
  /** `localhost` */
  readonly domain: string;
  readonly port: number;
  /** The certificate that signs itself, when it was started with TLS. */
  readonly certificate: string | undefined;
  start(): Promise<void>;
  /** Stops it as an administrator would: sessions are told. */
  stop(): Promise<void>;
  restart(): Promise<void>;
  /** Stops it for good and removes its files. */
  dispose(): Promise<void>;
}

/** Who is on the server, and how it listens. */
export interface ProsodyOptions {
  /** People who see each other: members of the shared roster group `Team`. */
  readonly team: readonly string[];
  /** People who exist and know nobody. */
  readonly outside?: readonly string[];
  /** STARTTLS with a certificate made by openssl for `localhost`; clients must use it. */
  readonly tls?: boolean;
  /** More lines of configuration, before the virtual host. */
  readonly extra?: string;
}

/** Where Prosody is, or why it can't be used here. */
export function findProsody(): { prosody: string } | Missing {
  const prosody = findProgram('prosody');
  return prosody
    ? { prosody }
    : { missing: 'prosody', reason: 'it is not installed (Debian: apt-get install prosody)' };
}

/** Makes a key and a certificate that signs itself, valid for two days, with openssl. */
export function makeCertificate(folder: string, host: string): { readonly keyFile: string; readonly certFile: string } {
  const keyFile = join(folder, `${host}.key`);
  const certFile = join(folder, `${host}.crt`);
  const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', keyFile];
  execFileSync('openssl', ['req', '-x509', ...key, '-out', certFile, '-days', '2', ...subject], { stdio: 'ignore' });
  return { keyFile, certFile };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Starts it. Accounts are written as Prosody's own data files: registering fifty one by one takes longer than the tests. */
export async function startProsody(prosody: string, options: ProsodyOptions): Promise<ProsodyServer> {
  const base = mkdtempSync(join(tmpdir(), 'muster-prosody-'));
  const port = await freePort();
  const accounts = join(base, 'data', 'localhost', 'accounts');
  mkdirSync(accounts, { recursive: true });
  for (const name of [...options.team, ...(options.outside ?? [])]) {
    writeFileSync(join(accounts, `${name}.dat`), `return { ["password"] = "secret-${name}"; };\n`);
  }
  const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
  writeFileSync(
    join(base, 'groups.txt'),
    ['[Team]', ...options.team.map((name) => `${name}@localhost=${capital(name)}`), ''].join('\n'),
  );
  const tls = options.tls ? makeCertificate(base, 'localhost') : undefined;
  const encryption = tls
    ? `c2s_require_encryption = true; ssl = { key = "${tls.keyFile}", certificate = "${tls.certFile}" }`
    : 'c2s_require_encryption = false';
  const config = join(base, 'prosody.cfg.lua');
  writeFileSync(
    config,
    `${process.getuid?.() === 0 ? 'run_as_root = true' : ''}
daemonize = false; pidfile = "${base}/prosody.pid"; data_path = "${base}/data"
interfaces = { "127.0.0.1" }; c2s_ports = { ${port} }
s2s_ports = {}; http_ports = {}; https_ports = {}; c2s_direct_tls_ports = {}; legacy_ssl_ports = {}
modules_enabled = { "roster", "saslauth", "disco", "ping", "time", "version", "pep", "vcard4", "vcard_legacy",
  "private", "blocklist", "smacks", "csi_simple", "lastactivity", "groups"${tls ? ', "tls"' : ''} }
modules_disabled = { "s2s", "dialback", "offline"${tls ? '' : ', "tls"'} }
authentication = "internal_plain"; allow_registration = false
${encryption}; allow_unencrypted_plain_auth = false
${options.extra ?? ''}
groups_file = "${base}/groups.txt"; log = { info = "*console" }
VirtualHost "localhost"
`,
  );
  let running: ReturnType<typeof startProcess> | null = null;
  const server: ProsodyServer = {
    service: `xmpp://127.0.0.1:${port}`,
    domain: 'localhost',
    port,
    certificate: tls ? readFileSync(tls.certFile, 'utf8') : undefined,
    start: async () => {
      running = startProcess(prosody, ['--config', config, '-F'], { PATH: process.env.PATH, HOME: base });
      await running.until(/Activated service 'c2s' on \[127/);
    },
    stop: async () => {
      await running?.stop();
      running = null;
    },
    restart: async () => {
      await server.stop();
      await server.start();
    },
    dispose: async () => {
      await server.stop();
      removeFolder(base);
    },
  };
  await server.start();
  return server;
}
