import { type DoctorView, routes } from '../../contract/index.ts';
import { systemClock } from '../../infra/clock/system-clock.ts';
import { resolveHome } from '../../infra/home/home.ts';
import { forcedKind, openSecretStores, vaultKeyInForce } from '../../infra/keychain/secret-stores.ts';
import { newVaultKeyFrom, vaultKeyFrom } from '../../infra/keychain/vault-key.ts';
import { environmentChecks } from '../../server/host-checks.ts';
import { examine, secretStoreCheck } from '../../services/doctor/doctor.ts';
import { Secrets } from '../../services/secrets/secrets.ts';
import { findClient } from '../client.ts';
import { type AddCommand, type CommonOptions, printJson, withCommonOptions } from '../command.ts';
import { type CliIo, CommandFailure, EXIT, type ExitCode } from '../io.ts';
import { RENDERER_FOLDER, VERSION } from '../package.ts';
import { paint, plain } from '../words.ts';

/** `muster doctor`. */
export const doctorCommand: AddCommand = (program, io, finish) => {
  withCommonOptions(
    program.command('doctor').description('look at the machine, the keychain and each account, and say what to do'),
  ).action((options: CommonOptions) => finish(() => runDoctor(options, io)));
};

const MARKS = { ok: ['✓', 32], warning: ['!', 33], problem: ['✗', 31] } as const;

async function runDoctor(options: CommonOptions, io: CliIo): Promise<ExitCode> {
  const report = await examined(options, io);
  if (options.json) printJson(io, report);
  else {
    io.out(`Muster ${report.version}\n`);
    for (const { level, title, detail, action } of report.findings) {
      const [mark, colour] = MARKS[level];
      io.out(`\n${paint(io, colour, mark)} ${plain(title)}\n    ${plain(detail)}\n`);
      if (action) io.out(`    → ${plain(action)}\n`);
    }
  }
  return report.findings.some((finding) => finding.level === 'problem') ? EXIT.failed : EXIT.done;
}

/** The running server's own findings; without one, what can be seen from here. */
async function examined(options: CommonOptions, io: CliIo): Promise<DoctorView> {
  try {
    const client = await findClient(options.home);
    return await client.call(routes.getDoctor, {});
  } catch (thrown) {
    if (!(thrown instanceof CommandFailure) || thrown.exitCode !== EXIT.server) throw thrown;
    return examineHere(resolveHome(options.home), io);
  }
}

async function examineHere(home: string, io: CliIo): Promise<DoctorView> {
  const vaultKey = vaultKeyInForce(home, vaultKeyFrom(io.env), newVaultKeyFrom(io.env));
  const stores = await openSecretStores({ home, clock: systemClock, vaultKey, forced: forcedKind(io.env) });
  return examine(VERSION, [
    environmentChecks({ home, rendererFolder: RENDERER_FOLDER }),
    secretStoreCheck(new Secrets(stores)),
    async () => [
      {
        id: 'server',
        level: 'warning',
        title: 'No Muster runs on this home.',
        detail: 'So nothing can be said about the accounts.',
        action: 'Start the desktop app, or: muster serve',
      },
    ],
  ]);
}
