import { readDay, writtenDay } from '../../../shared/day.ts';
import { lastAuditHead } from '../../base/access-layer/audit-heads.ts';
import { auditEvents, searchAudit } from '../../base/access-layer/audit-search.ts';
import { bodyByShort, bodyShort, cpfOf, personByCpf } from '../../base/access-layer/people.ts';
import type { Base, Questions } from '../../base/base.ts';
import { isId } from '../ids.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { filterOf, isSaid, listPath, listQuery, type SearchForm, searchForm } from './filter.ts';
import { listPage } from './list-page.ts';

const path = '/auditoria';
const onPage = 50;

/** What was written down, for auditors. Who looks is written down as well, with what for. */
const list = route({
  ...{ method: 'GET', path, who: 'member', roles: ['auditor'], query: listQuery },
  async answer({ base, query, formToken }) {
    const { antes, ...asked } = query;
    const filter = filterOf(query);
    const before = antes === undefined ? null : Number(antes);
    const found = await base.snapshot(
      async (questions) => ({
        entries: isUnknown(query) ? [] : await searchAudit(questions, filter, { before, most: onPage + 1 }),
        events: await auditEvents(questions),
        head: await lastAuditHead(questions),
        cpf: isId(query.pessoa ?? '') ? await cpfOf(questions, query.pessoa ?? '') : null,
        body: isId(query.orgao ?? '') ? await bodyShort(questions, query.orgao ?? '') : null,
      }),
      { use: 'pages' },
    );
    const entries = found.entries.slice(0, onPage);
    const last = entries.at(-1)?.id;
    const day = isSaid(query.dia) ? readDay(query.dia) : null;
    return {
      title: 'Auditoria',
      look: { terms: { ...filter }, found: entries.length, shown: [] },
      event: { event: 'audit-searched', through: 'console' },
      main: listPage({
        ...{ entries, faults: {}, events: found.events, head: found.head, formToken },
        asked: {
          dia: day === null ? '' : writtenDay(`${day}T12:00:00Z`),
          ...{ cpf: found.cpf ?? '', orgao: found.body ?? '' },
          ...{
            evento: query.evento ?? '',
            finalidade: query.finalidade ?? '',
            registro: query.registro ?? '',
          },
        },
        first: antes === undefined ? null : listPath(path, asked),
        next: found.entries.length > onPage ? listPath(path, { ...asked, antes: String(last) }) : null,
      }),
    };
  },
});

/** Turns what was filled in into an address that names nobody. */
const search = route({
  ...{ method: 'POST', path, who: 'member', roles: ['auditor'], form: searchForm },
  async answer({ base, form, formToken }) {
    const { faults, query } = await read(base, form);
    if (Object.keys(faults).length === 0) return { goTo: listPath(path, query) };
    const { events, head } = await base.snapshot(
      async (questions) => ({ events: await auditEvents(questions), head: await lastAuditHead(questions) }),
      { use: 'pages' },
    );
    const none = { entries: [], first: null, next: null };
    return {
      ...{ title: 'Auditoria', status: 422 },
      main: listPage({ ...none, asked: form, faults, events, head, formToken }),
    };
  },
});

export const auditListRoutes: readonly ConsoleRoute[] = [list, search];

/** Someone or some body that there is not. */
function isUnknown({ pessoa, orgao }: { readonly pessoa?: string; readonly orgao?: string }): boolean {
  return [pessoa, orgao].some((id) => isSaid(id) && !isId(id));
}

/** As it is written, or in capitals, as most are. */
async function bodyNamed(questions: Questions, short: string) {
  return (await bodyByShort(questions, short)) ?? bodyByShort(questions, short.toUpperCase());
}

async function read(base: Base, form: SearchForm) {
  const { dia, cpf, orgao, evento, finalidade, registro } = form;
  const digits = cpf?.replace(/\D/g, '') ?? '';
  const { person, body } = await base.snapshot(
    async (questions) => ({
      person: isSaid(cpf) ? await personByCpf(questions, digits) : undefined,
      body: isSaid(orgao) ? await bodyNamed(questions, orgao.trim()) : undefined,
    }),
    { use: 'pages' },
  );
  const day = isSaid(dia) ? readDay(dia) : undefined;
  const faults = {
    ...(day === null && { dia: 'Escreva o dia como 29/05/2026.' }),
    ...(person === null && { cpf: 'Ninguém tem conta com esse CPF. Confira os onze números.' }),
    ...(body === null && { orgao: 'Não há órgão com essa sigla.' }),
  };
  const query = {
    ...{ dia: day ?? undefined, pessoa: person?.id, orgao: body?.id },
    ...{ evento, finalidade, registro: registro?.trim() },
  };
  return { faults, query };
}
