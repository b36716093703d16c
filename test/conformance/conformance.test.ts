import { PLATFORM_IDS, type PlatformId } from '../../src/platforms/manifest.ts';
import { registry } from '../../src/platforms/registry.ts';
import type { Bench } from './bench.ts';
import { describeConformance } from './platform.ts';
import { slackBench } from './slack-bench.ts';

/** A platform without a bench does not compile. */
const benches: Readonly<Partial<Record<PlatformId, Bench>>> = { slack: slackBench };

for (const id of PLATFORM_IDS) {
  const bench = benches[id];
  if (bench) describeConformance(registry[id], bench);
}
