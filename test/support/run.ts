/**
 * `npm test`: the checks, the build, then the three projects of vitest.config.ts one after the other, and one last line with
 * the sum. Every step runs even if an earlier one failed. With arguments it is a single vitest run with these.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { addUp, countReport, lastLine, requiredFrom, type Tally } from './tally.ts';

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const reports = mkdtempSync(join(tmpdir(), 'muster-test-reports-'));
const required = requiredFrom(process.env);

function run(command: string, args: string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    });
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

const clean: Tally = { passed: 0, failed: 0, skipped: 0, problems: [] };

async function npmScript(name: string): Promise<Tally> {
  const code = await run('npm', ['run', '--silent', name]);
  return code === 0 ? clean : { ...clean, problems: [`npm run ${name} failed`] };
}

async function tests(name: string, args: string[]): Promise<Tally> {
  const file = join(reports, `${name}.json`);
  const reporting = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await run(process.execPath, [vitest, 'run', ...args, ...reporting]);
  let tally: Tally;
  try {
    tally = countReport(JSON.parse(readFileSync(file, 'utf8')), required);
  } catch {
    return { ...clean, problems: [`the ${name} tests left no report`] };
  }
  // Nothing failed, and yet vitest did: coverage below its threshold, no tests at all, or an error outside any test.
  if (code !== 0 && tally.failed === 0) tally.problems.push(`the ${name} run failed outside its tests (see above)`);
  return tally;
}

const args = process.argv.slice(2);
const tallies: Tally[] = [];
if (args.length > 0) {
  tallies.push(await tests('chosen', args));
} else {
  tallies.push(await npmScript('check'));
  tallies.push(await npmScript('build'));
  tallies.push(await tests('core', ['--project', 'core', '--coverage']));
  tallies.push(await tests('browser', ['--project', 'browser']));
  tallies.push(await tests('electron', ['--project', 'electron']));
}
rmSync(reports, { recursive: true, force: true });

const total = addUp(tallies);
for (const problem of total.problems) console.error(problem);
process.exitCode = total.failed + total.problems.length > 0 ? 1 : 0;
console.log(lastLine(total));
