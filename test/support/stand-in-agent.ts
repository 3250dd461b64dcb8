import { readFileSync } from 'node:fs';
import { createAgentProgram } from '../../agent/cli.ts';
import { layout } from '../../agent/service/layout.ts';
import { toolRunner } from '../../agent/service/run-tool.ts';
import { upgrade } from '../../agent/service/upgrade.ts';
import { runProgram } from '../../shared/program.ts';
import { publicKey } from '../../shared/signing/keys.ts';

/**
 * The agent from source in the place of a packaged one: a script of a test's own starts it (`service-scene.ts`), with the
 * key that signs releases in a file. What it runs is what `main.ts` runs; `upgrade-cut STEP FILE` besides, an upgrade
 * that is killed after a step.
 */
const keyFile = '/opt/stand-in/release.jwk';
const key = JSON.parse(readFileSync(keyFile, 'utf8')) as object;
Object.assign(globalThis, { GUARITA_RELEASE_KEY: key });

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

const [, , command, step, file = ''] = process.argv;
if (command === 'upgrade-cut') {
  await upgrade({
    ...{ file, key: publicKey(key), places: layout, state: layout.state, run: toolRunner(process.env) },
    onStep: (done) => {
      if (done === step) process.kill(process.pid, 'SIGKILL');
    },
  });
} else {
  const program = createAgentProgram({
    environment: process.env,
    print: (text) => void process.stdout.write(`${text}\n`),
    stop: stopping.signal,
  });
  const printError = (text: string) => void process.stderr.write(`${text}\n`);
  process.exitCode = await runProgram(program, process.argv, printError);
}
