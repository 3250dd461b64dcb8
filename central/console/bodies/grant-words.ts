import { count } from '../../../shared/count-format.ts';
import { writtenDay, writtenMoment } from '../../../shared/day.ts';
import type { GrantTerms, Proposal } from '../../base/access-layer/grant-proposals.ts';
import { purposeName } from '../purpose/choice-page.ts';

/** A grant in words, part by part. */
export function grantParts(grant: GrantTerms): readonly (readonly [name: string, words: string])[] {
  const list = (those: readonly string[], none: string) =>
    those.length === 0 ? none : those.toSorted((one, other) => one.localeCompare(other, 'pt-BR')).join(', ');
  return [
    ['Acordo', grant.agreement],
    ['Visões', list(grant.views, 'nenhuma')],
    ['Campos sensíveis', list(grant.sensitive, 'nenhum')],
    ['Campos ocultos', list(grant.hidden, 'nenhum')],
    ['Estados', list(grant.states, 'todos')],
    ['Finalidades', list(grant.purposes.map(purposeName), 'nenhuma')],
    ['Consultas por pessoa e dia', count.format(grant.personQuota)],
    ['Consultas do órgão por dia', count.format(grant.bodyQuota)],
    ['Desde', writtenDay(grant.from)],
    ['Até', writtenDay(grant.until)],
  ];
}

/** What is proposed, in a few words. */
export function kindWords({ ends, begins }: Proposal): string {
  if (begins === null) return `Encerrar a concessão do acordo ${ends?.agreement ?? ''}`;
  return ends === null
    ? `Nova concessão, do acordo ${begins.agreement}`
    : `Mudar a concessão do acordo ${ends.agreement}`;
}

/** What became of it so far. */
export function standWords({ decision, withdrawn, deadline }: Proposal, now: Date): string {
  if (withdrawn !== null) return `retirada por quem propôs, em ${writtenMoment(withdrawn)}`;
  if (decision !== null) {
    return `${decision.isAccepted ? 'confirmada' : 'recusada'} por ${decision.by}, em ${writtenMoment(decision.at)}`;
  }
  return Date.parse(deadline) <= now.getTime()
    ? `venceu em ${writtenMoment(deadline)} sem decisão`
    : `aguarda até ${writtenMoment(deadline)}`;
}
