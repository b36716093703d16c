/** `npm run capabilities`: writes what the manifests promise into the README and `docs/platforms.md`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BEGIN, capabilityTable, END, platformsDocument } from './capability-table.ts';

const root = join(import.meta.dirname, '../..');
const readme = join(root, 'README.md');
const text = readFileSync(readme, 'utf8');
const [before, rest] = text.split(BEGIN);
const after = rest?.split(END)[1];
if (before === undefined || after === undefined) throw new Error('README.md has lost the marks of its table.');
writeFileSync(readme, `${before}${BEGIN}\n${capabilityTable()}\n${END}${after}`);
writeFileSync(join(root, 'docs/platforms.md'), platformsDocument());
