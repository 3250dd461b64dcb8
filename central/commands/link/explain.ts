import { GuaritaError } from '../../../shared/errors.ts';
import type { ProgramContext } from '../../../shared/program.ts';
import type { Questions } from '../../base/base.ts';
import { decisionHistory } from '../../base/decided-layer/decision-history.ts';
import type { KnownRegister } from '../../base/national-layer/known-registers.ts';
import { registersOf } from '../../base/national-layer/link-registers.ts';
import { personsWaiting } from '../../base/national-layer/linkage-waiting.ts';
import { tooLargeGroups } from '../../base/national-layer/open-pairs.ts';
import { type CentralOptions, readCentralConfig, withBase } from '../../central.ts';
import { thresholds } from '../../treat/link/model/thresholds.ts';
import { becauseOf, explainPair, explainPerson } from '../../treat/linking/explain-person.ts';
import { type Linker, linkerInForce } from '../../treat/linking/linker.ts';
import { type ExplainedTwo, personJson, personLines, twoJson, twoLines } from './explained-words.ts';
import { namedRegisters, requireRegisters } from './named-registers.ts';

export interface ExplainLinkOptions extends CentralOptions {
  readonly reveal?: boolean;
  readonly json?: boolean;
}

/** Told by `--help`. */
export const explainLinkHelp = `
Um registro: a pessoa de que ele é, o que une os registros dela, o que ficou de
fora e por quê, decisões e mudanças. Dois: o que se sabe deste par.
Cada um por UF, visão e id (AL custodiado 123), ou por um id que já foi
publicado: mesmo que a pessoa tenha mudado, vale o registro que lhe dá o nome.

O peso é em bits: cada um dobra as chances de ser a mesma pessoa. A partir de
${thresholds.automatic} junta-se sem perguntar; a partir de ${thresholds.review} pergunta-se a alguém.
Só lê a base. Sem servidor (PGlite), com o serviço parado.`;

/** Tells why a person is one, or why two registers are or are not. Throws `register-unknown`, `option-invalid`. */
export async function explainLink(
  words: readonly string[],
  { reveal = false, json = false, ...options }: ExplainLinkOptions,
  context: ProgramContext,
): Promise<void> {
  const named = namedRegisters(words);
  if (named.length === 0 || named.length > 2)
    throw new GuaritaError('option-invalid', 'Diga um ou dois registros.');
  const config = readCentralConfig(options, context);
  await withBase(config, context, async (base) => {
    const told = await base.snapshot(async (questions) => {
      const linker = await linkerInForce(questions, config.treat.locale);
      const { model } = linker;
      const [a, b] = await requireRegisters(questions, named);
      if (b === undefined) {
        const person = await explainPerson(questions, a?.person ?? '', linker);
        return json ? personJson(person, model, reveal) : personLines(person, model, reveal);
      }
      const two = await explainTwo(questions, a as KnownRegister, b, linker);
      return json ? twoJson(two, model, reveal) : twoLines(two, model, reveal);
    });
    context.print(Array.isArray(told) ? told.join('\n') : JSON.stringify(told));
  });
}

async function explainTwo(
  questions: Questions,
  a: KnownRegister,
  b: KnownRegister,
  linker: Linker,
): Promise<ExplainedTwo> {
  if (a.id === b.id) throw new GuaritaError('option-invalid', 'Os dois são um só registro.');
  const values = new Map((await registersOf(questions, [a.id, b.id])).map((each) => [each.id, each]));
  const [one, other] = [values.get(a.id), values.get(b.id)];
  if (one === undefined || other === undefined) throw new GuaritaError('register-unknown');
  const ids = [a.id, b.id];
  const said = (await decisionHistory(questions, ids, 1000)).filter(
    (each) => ids.includes(each.a) && ids.includes(each.b),
  );
  const explained = explainPair(one, other, linker.model);
  const standing = said.findLast(({ undoneBy }) => undoneBy === null);
  const persons: readonly [string, string] = [a.person, b.person];
  const areOne = a.person === b.person;
  const { veto, weight } = explained;
  const pair = { ...{ a: a.id, b: b.id, persons, veto, weight }, across: a.role !== b.role, said: standing };
  const [because = null] = areOne ? [] : await becauseOf(questions, [pair], linker);
  return {
    ...{ a, b, one, other, explained, said, because },
    toPart: areOne && standing?.says === 'distinct' ? standing.number : null,
    waits: (await personsWaiting(questions, persons, linker.version)).size > 0,
    tooLarge: (await tooLargeGroups(questions, ids)).size > 0,
  };
}
