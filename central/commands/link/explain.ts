import { GuaritaError } from '../../../shared/errors.ts';
import type { ProgramContext } from '../../../shared/program.ts';
import type { Questions } from '../../base/base.ts';
import { decisionHistory } from '../../base/decided-layer/decision-history.ts';
import type { KnownRegister } from '../../base/national-layer/known-registers.ts';
import { registersOf } from '../../base/national-layer/link-registers.ts';
import { areTooLarge } from '../../base/national-layer/open-pairs.ts';
import { type CentralOptions, readCentralConfig, withBase } from '../../central.ts';
import { thresholds } from '../../treat/link/model/thresholds.ts';
import { becauseOf, explainPair, explainPerson } from '../../treat/linking/explain-person.ts';
import { modelInForce } from '../../treat/linking/model-in-force.ts';
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
      const model = await modelInForce(questions, config.treat.locale);
      const [a, b] = await requireRegisters(questions, named);
      if (b === undefined) {
        const person = await explainPerson(questions, a?.person ?? '', model, thresholds);
        return json ? personJson(person, model, reveal) : personLines(person, model, reveal);
      }
      const two = await explainTwo(questions, a as KnownRegister, b, model);
      return json ? twoJson(two, model, reveal) : twoLines(two, model, reveal);
    });
    context.print(Array.isArray(told) ? told.join('\n') : JSON.stringify(told));
  });
}

async function explainTwo(
  questions: Questions,
  a: KnownRegister,
  b: KnownRegister,
  model: Parameters<typeof explainPair>[2],
): Promise<ExplainedTwo> {
  if (a.id === b.id) throw new GuaritaError('option-invalid', 'Os dois são um só registro.');
  const values = new Map((await registersOf(questions, [a.id, b.id])).map((each) => [each.id, each]));
  const [one, other] = [values.get(a.id), values.get(b.id)];
  if (one === undefined || other === undefined) throw new GuaritaError('register-unknown');
  const ids = [a.id, b.id];
  const said = (await decisionHistory(questions, ids, 1000)).filter(
    (each) => ids.includes(each.a) && ids.includes(each.b),
  );
  const explained = explainPair(one, other, model);
  const standing = said.findLast(({ undoneBy }) => undoneBy === null);
  const because =
    a.person === b.person
      ? null
      : becauseOf(
          {
            across: a.role !== b.role,
            said: standing,
            ...{ veto: explained.veto, weight: explained.weight },
          },
          thresholds,
        );
  return { a, b, one, other, explained, said, because, tooLarge: await areTooLarge(questions, ids) };
}
