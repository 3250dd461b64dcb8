import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';
import { lockBody } from './body-changes.ts';
import { addGrant, endGrant } from './grants.ts';
import { most } from './most.ts';
import { letsInto } from './seen-from.ts';
import type { BodyGrant } from './sessions.ts';

/** So long a proposal waits for somebody else. */
export const proposalDays = 10;

/** A grant as it is proposed, or as it stands; instants are ISO 8601 in UTC. */
export interface GrantTerms extends Omit<BodyGrant, 'id'> {
  readonly from: string;
}

export interface StoredGrant extends GrantTerms {
  readonly id: string;
  /** When somebody ended it; null: nobody did, whose term may have run out. */
  readonly ended: string | null;
}

/** How `acesso.concessao` and a proposal have them. */
const terms = (
  of: string,
) => `'agreement', ${of}.acordo, 'views', ${of}.visoes, 'sensitive', ${of}.campos_sensiveis,
  'hidden', ${of}.campos_ocultos, 'states', ${of}.ufs, 'purposes', ${of}.finalidades, 'personQuota', ${of}.cota_pessoa,
  'bodyQuota', ${of}.cota_orgao, 'from', ${instant(`${of}.desde`)}, 'until', ${instant(`${of}.ate`)}`;

const grantOf = (of: string) =>
  `json_build_object('id', ${of}.id, 'ended', ${instant(`${of}.encerrada`)}, ${terms(of)})`;

/** Those of a body whose time is not over, the one that began first before the others. @param id this one, also if it is over */
export async function grantsOf(
  questions: Questions,
  body: string,
  { now, id = null }: { readonly now: Date; readonly id?: string | null },
): Promise<StoredGrant[]> {
  const found = await questions.query<{ grant: StoredGrant }>(
    `SELECT ${grantOf('c')} AS grant FROM acesso.concessao c
      WHERE c.orgao = $1 AND CASE WHEN $3::uuid IS NULL THEN c.encerrada IS NULL AND c.ate > $2 ELSE c.id = $3 END
      ORDER BY c.desde, c.criada, c.id`,
    [body, now, id],
  );
  return found.map(({ grant }) => grant);
}

/** What somebody proposes. One of both, or both: then the new one takes the place of the other. */
export interface NewProposal {
  readonly body: string;
  readonly ends: string | null;
  readonly begins: GrantTerms | null;
  readonly reason: string;
  readonly by: string;
}

/** @returns its id; `ended`: the body, or the grant, has; `too-many`: so many of theirs wait; `there-already`: an equal one does */
export async function proposeGrant(
  tx: Transaction,
  { body, ends, begins, reason, by }: NewProposal,
  now: Date,
): Promise<{ readonly id: string } | 'ended' | 'too-many' | 'there-already'> {
  if ((await lockBody(tx, body)) === null) return 'ended';
  if (ends !== null && !(await stands(tx, body, ends))) return 'ended';
  const waiting = await proposalsOf(tx, body, { now, isWaiting: true });
  const same = sameOf({ ends, begins });
  if (
    waiting.some((one) => isDeepStrictEqual(sameOf({ ends: one.ends?.id ?? null, begins: one.begins }), same))
  ) {
    return 'there-already';
  }
  // Of each by themselves: else one of them would keep the others from ending a grant.
  if (waiting.filter((one) => one.by.id === by).length >= most.grantProposals.value) return 'too-many';
  const id = randomUUID();
  const deadline = new Date(now.getTime() + proposalDays * 24 * 60 * 60_000);
  await tx.query(
    `INSERT INTO acesso.concessao_proposta (id, orgao, encerra, acordo, visoes, campos_sensiveis, campos_ocultos, ufs,
       finalidades, cota_pessoa, cota_orgao, desde, ate, motivo, proposta, proposta_por, prazo)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      ...[id, body, ends, begins?.agreement ?? null, begins?.views ?? null, begins?.sensitive ?? null],
      ...[begins?.hidden ?? null, begins?.states ?? null, begins?.purposes ?? null],
      ...[
        begins?.personQuota ?? null,
        begins?.bodyQuota ?? null,
        begins?.from ?? null,
        begins?.until ?? null,
      ],
      ...[reason, now, by, deadline],
    ],
  );
  return { id };
}

/** What a proposal comes to, as it is compared. */
function sameOf({ ends, begins }: Pick<NewProposal, 'ends' | 'begins'>) {
  if (begins === null) return { ends };
  const { agreement, views, sensitive, hidden, states, purposes, personQuota, bodyQuota, from, until } =
    begins;
  const sets = [views, sensitive, hidden, states, purposes].map((names) => names.toSorted());
  return { ends, agreement, sets, personQuota, bodyQuota, term: [Date.parse(from), Date.parse(until)] };
}

async function stands(tx: Transaction, body: string, grant: string): Promise<boolean> {
  const found = await tx.query(
    'SELECT FROM acesso.concessao WHERE id = $1 AND orgao = $2 AND encerrada IS NULL FOR NO KEY UPDATE',
    [grant, body],
  );
  return found.length === 1;
}

export interface Proposal {
  readonly id: string;
  readonly at: string;
  /** From then on it is of no use. */
  readonly deadline: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly reason: string;
  readonly ends: StoredGrant | null;
  readonly begins: GrantTerms | null;
  readonly decision: {
    readonly at: string;
    readonly by: string;
    readonly isAccepted: boolean;
    readonly words: string;
  } | null;
  /** When who proposed it took it back; null: they did not. */
  readonly withdrawn: string | null;
}

/** That a proposal waits for somebody. @param proposal the alias of `acesso.concessao_proposta` */
export function waits(proposal: string, now: string): string {
  return `${proposal}.decidida IS NULL AND ${proposal}.retirada IS NULL AND ${proposal}.prazo > ${now}`;
}

/**
 * Those of a body that wait for somebody, the one that waits longest first; else the last others. Of one whose time is over
 * there is no decision.
 */
export async function proposalsOf(
  questions: Questions,
  body: string,
  {
    now,
    isWaiting,
    id = null,
  }: { readonly now: Date; readonly isWaiting: boolean | null; readonly id?: string | null },
): Promise<Proposal[]> {
  const found = await questions.query<{ proposal: Proposal }>(
    `SELECT json_build_object('id', p.id, 'at', ${instant('p.proposta')}, 'deadline', ${instant('p.prazo')},
              'by', json_build_object('id', q.id, 'name', q.nome), 'reason', p.motivo,
              'ends', CASE WHEN c.id IS NOT NULL THEN ${grantOf('c')} END,
              'begins', CASE WHEN p.acordo IS NOT NULL THEN json_build_object(${terms('p')}) END,
              'decision', CASE WHEN p.decidida IS NOT NULL THEN json_build_object('at', ${instant('p.decidida')},
                'by', d.nome, 'isAccepted', p.aceita, 'words', p.parecer) END, 'withdrawn', ${instant('p.retirada')}) AS proposal
       FROM acesso.concessao_proposta p JOIN acesso.pessoa q ON q.id = p.proposta_por
       LEFT JOIN acesso.pessoa d ON d.id = p.decidida_por LEFT JOIN acesso.concessao c ON c.id = p.encerra
      WHERE p.orgao = $1 AND ($4::uuid IS NULL OR p.id = $4)
        AND ($3::boolean IS NULL OR $3 = (${waits('p', '$2')}))
      ORDER BY CASE WHEN $3 THEN p.proposta END, p.proposta DESC, p.id LIMIT CASE WHEN $3 THEN 500 ELSE 50 END`,
    [body, now, isWaiting, id],
  );
  return found.map(({ proposal }) => proposal);
}

export interface Verdict {
  readonly by: string;
  readonly isAccepted: boolean;
  readonly words: string;
}

/** Why a proposal was not decided; null: it was. */
export type ProposalFault = 'decided' | 'lapsed' | 'own' | 'proposer-gone' | 'ended' | null;

/**
 * Says once, by somebody else, what becomes of it. Where it is accepted the grant begins now, or later, and the one in whose
 * place it comes ends. `proposer-gone`: who proposed it may do so no more; `ended`: the body, or what was to end, has ended.
 */
export async function decideProposal(
  tx: Transaction,
  { body, id }: { readonly body: string; readonly id: string },
  { by, isAccepted, words }: Verdict,
  now: Date,
): Promise<ProposalFault> {
  if ((await lockBody(tx, body)) === null) return 'ended';
  const [proposal] = await proposalsOf(tx, body, { now, isWaiting: null, id });
  if (proposal === undefined || proposal.decision !== null || proposal.withdrawn !== null) return 'decided';
  if (proposal.by.id === by) return 'own';
  if (Date.parse(proposal.deadline) <= now.getTime()) return 'lapsed';
  const grant = isAccepted ? await carryOut(tx, body, proposal, now) : null;
  if (typeof grant === 'string') return grant;
  await tx.query(
    `UPDATE acesso.concessao_proposta SET decidida = $2, decidida_por = $3, aceita = $4, parecer = $5, concessao = $6
      WHERE id = $1`,
    [id, now, by, isAccepted, words, grant?.begun ?? null],
  );
  return null;
}

/** By who proposed it, as long as it waits. False where it does no more, or it is somebody else's. */
export async function withdrawProposal(
  tx: Transaction,
  { body, id, by }: { readonly body: string; readonly id: string; readonly by: string },
  now: Date,
): Promise<boolean> {
  // Who decides has the body locked, too.
  if ((await lockBody(tx, body)) === null) return false;
  const withdrawn = await tx.query(
    `UPDATE acesso.concessao_proposta p SET retirada = $4
      WHERE p.id = $1 AND p.orgao = $2 AND p.proposta_por = $3 AND ${waits('p', '$4')} RETURNING 1`,
    [id, body, by, now],
  );
  return withdrawn.length === 1;
}

async function carryOut(
  tx: Transaction,
  body: string,
  { by, ends, begins }: Proposal,
  now: Date,
): Promise<'proposer-gone' | 'ended' | 'lapsed' | { readonly begun: string | null }> {
  if (!(await mayStill(tx, by.id, now))) return 'proposer-gone';
  const to = begins === null ? null : new Date(begins.until);
  if (to !== null && to <= now) return 'lapsed';
  if (ends !== null && !(await endGrant(tx, ends.id, now))) return 'ended';
  if (begins === null || to === null) return { begun: null };
  const begun = randomUUID();
  // Nothing is in force before somebody agreed.
  const from = new Date(Math.max(Date.parse(begins.from), now.getTime()));
  await addGrant(tx, { ...begins, id: begun, body, from, to }, now);
  return { begun };
}

/** Whether somebody has the role still, in the central body, and may enter. */
async function mayStill(tx: Transaction, person: string, now: Date): Promise<boolean> {
  const found = await tx.query(
    `SELECT FROM acesso.orgao o WHERE o.central AND ${letsInto('$1::uuid', 'o.id', '$2::timestamptz')}`,
    [person, now],
  );
  return found.length === 1;
}
