import { existsSync, globSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';

const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

const configPath = join(projectRoot, '.dependency-cruiser.mjs');

/** The areas that rules speak about. */
const areas = ['src', 'main', 'renderer'];

/**
 * How many source files the tree below `root` holds. A cruise that saw fewer was blind: a parser that no longer reads
 * TypeScript finds nothing and reports nothing.
 */
export function countSources(root: string = projectRoot): number {
  return globSync(
    areas.map((area) => `${area}/**/*.{ts,tsx,mjs,cjs}`),
    { cwd: root },
  ).length;
}

/** One forbidden import: the rule's name and both ends, as paths from the root. */
export type Violation = { rule: string; from: string; to: string };

/** What a cruise found, and how many of the tree's own modules it saw. */
export type BoundaryReport = { modules: number; violations: Violation[] };

/** The names of all rules. */
export async function ruleNames(): Promise<string[]> {
  const { forbidden = [] } = await extractConfig(configPath);
  return forbidden.map(({ name }) => name ?? 'without a name');
}

/** Judges the tree below `root` by the rules of `.dependency-cruiser.mjs`. Throws when the cruise itself fails. */
export async function checkBoundaries(root: string = projectRoot): Promise<BoundaryReport> {
  const config = await extractConfig(configPath);
  const present = areas.filter((area) => existsSync(join(root, area)));
  const { enhancedResolveOptions, ...options } = config.options ?? {};
  const { output } = await cruise(
    present,
    { ...options, baseDir: root, validate: true, ruleSet: { forbidden: config.forbidden ?? [] } },
    { ...enhancedResolveOptions, bustTheCache: true },
  );
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with text instead of a result');
  return report(output);
}

function report(result: ICruiseResult): BoundaryReport {
  const own = result.modules.filter(({ source }) => areas.some((area) => source.startsWith(`${area}/`)));
  const violations = result.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
  return { modules: own.length, violations };
}

if (import.meta.main) {
  const { modules, violations } = await checkBoundaries();
  for (const { rule, from, to } of violations) console.error(`${rule}: ${from} -> ${to}`);
  const sources = countSources();
  const blind = modules < sources || sources === 0;
  if (blind) console.error(`Saw ${modules} modules of ${sources} source files: the check is blind.`);
  console.log(`boundaries: ${modules} modules, ${violations.length} violations`);
  process.exitCode = blind || violations.length > 0 ? 1 : 0;
}
