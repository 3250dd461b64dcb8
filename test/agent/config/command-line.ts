import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { Test } from 'tap';
import { type ProblemCode } from '../../../shared/problems/catalogue.ts';
import { createProgram, runProgram } from '../../../shared/program.ts';
import { runAgent, sampleConfig, writeConfig } from '../../support/agent-process.ts';
import { agreeIn } from '../../support/agreement.ts';
import { runCommand } from '../../support/commands.ts';
import { type Config, requireExplained, silent } from '../../support/refused-config.ts';
import { createSqlite, peopleSql, temporaryFolder } from '../../support/sqlite-views.ts';

// Invariant 10: errors help. What the process itself says, and what a wrong command line is told.

/** In this process, and told to stop where it would serve. */
async function serveToItsEnd(args: string[]) {
  const { code, output, errors } = await runCommand('agent', args, { stop: AbortSignal.abort() });
  return { code, stdout: output, stderr: errors };
}

export async function commandLine(t: Test): Promise<void> {
  await t.test('the process itself: exit code, standard error, nothing else', async (t) => {
    const folder = temporaryFolder(t);
    createSqlite(join(folder, 'estado.sqlite'), peopleSql(3));
    const config = { ...sampleConfig(folder), ...silent };
    const view = { name: 'custodiado', key: ['id'], watermark: 'versao' };
    const cases: [what: string, views: Config[], code: ProblemCode, named: string[]][] = [
      ['a view that is missing', [{ ...view, name: 'visitante' }], 'view-missing', ['"visitante"']],
      [
        'a relation that is missing',
        [{ ...view, relation: 'x.y' }],
        'view-missing',
        ['"custodiado"', '"x"."y"'],
      ],
      [
        'a column that the view does not have',
        [{ ...view, columns: ['id', 'cpf', 'versao'] }],
        'column-missing',
        ['"custodiado"', '"cpf"', 'id, nome, versao'],
      ],
      ['a key that the view does not have', [{ ...view, key: ['rji'] }], 'column-missing', ['"rji"']],
      ['a watermark that the view does not have', [{ ...view, watermark: 'x' }], 'column-missing', ['"x"']],
      ['a key that is not among the columns', [{ ...view, columns: ['versao'] }], 'column-missing', ['"id"']],
    ];
    for (const [index, [what, views, code, named]] of cases.entries()) {
      await t.test(what, async (t) => {
        const file = join(folder, `${index}.yaml`);
        const state = join(folder, `state-${index}`);
        await agreeIn(state);
        writeFileSync(file, JSON.stringify({ ...config, views, state }));
        // One as a process; what the others are told does not depend on that.
        const args = ['serve', '--config', file];
        const ended = await (index === 0 ? runAgent(t, args) : serveToItsEnd(args));
        requireExplained(t, { code: ended.code ?? -1, text: ended.stderr }, code, 1);
        t.equal(ended.stdout, '');
        for (const name of named) t.ok(ended.stderr.includes(name), name);
      });
    }
    await t.test('a wrong configuration', async (t) => {
      const file = writeConfig(folder, { ...config, uf: 'x' });
      const ended = await runAgent(t, ['serve', '--config', file]);
      requireExplained(t, { code: ended.code ?? -1, text: ended.stderr }, 'config-invalid', 2);
      t.equal(ended.stdout, '');
    });
    await t.test('a wrong command line', async (t) => {
      t.equal((await runAgent(t, ['serve'])).code, 2);
      t.equal((await runCommand('agent', ['servir'])).code, 2);
    });
  });

  await t.test('the command line is explained in Portuguese', async (t) => {
    const config = ['-c', 'agent.yaml'];
    const faults: [args: string[], said: string][] = [
      [['serve'], 'Falta a opção "-c, --config <arquivo>".'],
      [['serve', '-c'], 'Falta o valor da opção "-c, --config <arquivo>".'],
      [['serve', ...config, '--porta'], 'Opção desconhecida: "--porta".'],
      [['serve', ...config, '--senha=segredo123'], 'Opção desconhecida: "--senha".'],
      [['serve', ...config, '--confg', 'x'], 'Opção desconhecida: "--confg". Seria --config?'],
      [['servir'], 'Comando desconhecido: "servir". Seria serve?'],
      [['key', ...config, 'segredo123'], 'Argumentos demais.'],
    ];
    for (const [args, said] of faults) {
      const { code, output, errors } = await runCommand('agent', args);
      t.equal(code, 2, said);
      t.equal(errors, `✗ ${said}\n  → Veja como se usa o comando com a opção --help.`);
      t.equal(output, '');
    }
    const program = () =>
      createProgram('x', 'y')
        .argument('<uf>', 'sigla', (text) => {
          throw new InvalidArgumentError(text);
        })
        .action(() => undefined);
    for (const [args, said] of [
      [[], '✗ Falta o argumento "uf".'],
      [['AL'], '✗ Valor inválido para "uf".'],
    ] as const) {
      const printed: string[] = [];
      t.equal(await runProgram(program(), ['node', 'x', ...args], (text) => void printed.push(text)), 2);
      t.equal(printed.join().split('\n', 1)[0], said);
    }
    const none = await runCommand('agent', []);
    t.equal(none.code, 2, 'no command');
    for (const args of [
      ['--help'],
      ['help'],
      ['serve', '--help'],
      ['grant', '--help'],
      ['config', '--help'],
    ]) {
      const { code, output } = await runCommand('agent', args);
      t.equal(code, 0);
      t.match(output, /^Uso: guarita-agent.* \[opções\]/);
      t.notMatch(output, /options|command\b|default|display|Usage/, args.join(' '));
    }
    t.match(none.errors, /Uso: guarita-agent \[opções\] \[comando\]/);
    t.match((await runCommand('agent', ['grant', '--help'])).output, '(padrão: "60")');
  });
}
