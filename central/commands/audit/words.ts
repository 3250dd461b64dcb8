import { count } from '../../../shared/count-format.ts';
import { writtenInstant } from '../../../shared/day.ts';
import { faultLines } from '../../../shared/journal/fault-lines.ts';
import type { AuditComparison } from '../../audit/compare.ts';
import type { FileVerdict } from '../../audit/verify-file.ts';
import type { BaseVerdict } from '../../base/access-layer/audit-verify.ts';

/** What is proved of an audit, for people: from when to when, how many, what is not signed yet, what is wrong. */
export function verdictLines(verdict: BaseVerdict | FileVerdict): string[] {
  const { entries, first, last, signed, unsigned, faults } = verdict;
  const span =
    first === null || last === null ? '' : `, de ${writtenInstant(first)} a ${writtenInstant(last.at)}`;
  const isSound = faults.length === 0;
  return [
    `${isSound ? '✓ Auditoria íntegra' : '✗ Auditoria'}: ${count.format(entries)} registros${span}.`,
    ...(signed === null
      ? ['  Nenhum está assinado pela central.']
      : [`  Assinados pela central até o registro ${signed.id} (${writtenInstant(signed.at)}).`]),
    ...(unsigned === null
      ? []
      : [
          `  ${count.format(unsigned.entries)} ainda sem assinatura, desde ${writtenInstant(unsigned.since)}.`,
        ]),
    ...('after' in verdict && verdict.after > 0
      ? [`  O arquivo começa depois do registro ${verdict.after}.`]
      : []),
    ...('cut' in verdict && verdict.cut > 0
      ? [`  ${count.format(verdict.cut)} linha(s) cortada(s), escritas de novo depois.`]
      : []),
    ...termsLines(verdict),
    ...faultLines(faults),
  ];
}

function termsLines(verdict: BaseVerdict | FileVerdict): string[] {
  const { withoutTerms } = verdict;
  if (withoutTerms === 0) return [];
  if (!('forgotten' in verdict))
    return [`  ${count.format(withoutTerms)} sem os termos em claro no arquivo.`];
  const more = withoutTerms - verdict.forgotten;
  return [
    `  ${count.format(withoutTerms)} sem os termos; por ordem judicial: ${count.format(verdict.forgotten)}.`,
    ...(more > 0 ? [`✗ De ${count.format(more)} registros os termos foram apagados sem ordem.`] : []),
  ];
}

/** How many are named one by one. */
const mostNamed = 20;

export function comparisonLines({ same, later, differing, differ }: AuditComparison): string[] {
  const said = { changed: 'é outro na base', removed: 'falta na base' } as const;
  return [
    `${differ === 0 ? '✓' : '✗'} Contra o arquivo: ${count.format(same)} registros iguais; ${count.format(later)} da base são posteriores a ele.`,
    ...differing.slice(0, mostNamed).map(({ id, fault }) => `  ✗ registro ${id}: ${said[fault]}`),
    ...(differ > mostNamed ? [`  … e mais ${count.format(differ - mostNamed)}`] : []),
  ];
}
