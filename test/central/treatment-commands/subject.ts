import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { appendAudit } from '../../../central/base/access-layer/audit.ts';
import type { Base } from '../../../central/base/base.ts';
import { natalId } from '../../../central/base/national-layer/natal-id.ts';
import { exportSubject } from '../../../central/commands/access/subject.ts';
import { query } from '../../support/bases.ts';

interface Told {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

interface Scene {
  readonly folder: string;
  readonly base: Base;
  readonly environment: Record<string, string | undefined>;
  readonly command: (...args: string[]) => Promise<Told>;
}

/** What is held of somebody of the base, and who looked: into a file that is its owner's, and never on the way to it. */
export async function subject(t: Test, { folder, base, environment, command }: Scene): Promise<void> {
  const id = natalId('AL', 'custodiado', 'id-1');
  const body = { route: '/caso/:caso/pessoa/:id', purpose: 'execucao-penal', person: null, body: null };
  await base.transaction((tx) =>
    appendAudit(tx, { kind: 'request', body, terms: { q: 'OUTRA PESSOA', records: [id] } }, new Date()),
  );
  const counted = await command('access', 'subject', 'al', 'custodiado', 'id-1');
  t.match(counted, { code: 0, errors: '' });
  t.match(counted.output, /^register: 1$/m);
  t.notMatch(counted.output, /MARIA/, 'it is counted, no more');

  const out = join(folder, 'titular.jsonl');
  t.match(await command('access', 'subject', 'AL', 'custodiado', 'id-1', '--out', out), { code: 0 });
  t.equal(statSync(out).mode & 0o777, 0o600);
  const text = readFileSync(out, 'utf8');
  const told = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly part: string; readonly values: Record<string, unknown> });
  const of = (part: string) => told.filter((one) => one.part === part).map(({ values }) => values);
  t.match(of('register'), [{ id, source: 'AL', view: 'custodiado', key: 'id-1', removed: false }]);
  t.match(of('source')[0], { source: 'AL', values: { nome: 'MARIA DA SILVA B', sexo: 'F' } });
  t.match(of('treated'), [
    { view: 'custodiado', values: { fonte: 'AL', id: 'id-1', nome: 'MARIA DA SILVA B' } },
  ]);
  t.match(of('look').at(-1), { purpose: 'execucao-penal', page: '/caso/:caso/pessoa/:id', emergency: false });
  t.notMatch(text, /OUTRA PESSOA|MARIA DA SILVA C/, 'nothing of anybody else');
  t.notMatch(text, /"(?:who|session|from)"/, 'nor who it was that looked');

  const [last] = await query<{ body: string; terms: string }>(
    base,
    'SELECT corpo AS body, termos AS terms FROM acesso.auditoria ORDER BY numero DESC LIMIT 1',
  );
  t.match(JSON.parse(last?.body ?? ''), { event: 'subject-exported', who: 'ana', revealed: true });
  t.same(JSON.parse(last?.terms ?? ''), { records: [id] });
  const printed: string[] = [];
  const print = (line: string) => void printed.push(line);
  const context = { environment, print, stop: new AbortController().signal };
  await exportSubject([id], { config: join(folder, 'central.yaml') }, context, 0);
  t.match(
    printed.join('\n'),
    /^cut: 1$[^]*Há mais do que isto: de "register" vieram só 0\./m,
    'never silently',
  );
  const cut = join(folder, 'cortado.jsonl');
  printed.length = 0;
  await exportSubject([id], { config: join(folder, 'central.yaml'), out: cut }, context, 0);
  t.match(JSON.parse(readFileSync(cut, 'utf8')), { part: 'cut', values: { of: 'register', told: 0 } });
  t.match(printed.join('\n'), 'Há mais do que isto');
  t.match((await command('access', 'subject', id, '--reveal')).output, /MARIA DA SILVA B/);
  t.match(await command('access', 'subject', 'AL', 'custodiado', 'nada'), { errors: /\[register-unknown\]/ });
  t.match(await command('access', 'subject', '52998224725'), { errors: /\[cpf-unknown\]/ });
}
