import { existsSync } from 'node:fs';
import { writtenMoment } from '../../shared/day.ts';
import { ok, trouble } from '../../shared/doctor/check.ts';
import { isOpenToOthers } from '../../shared/private-file.ts';
import { problemOf } from '../../shared/problems/catalogue.ts';
import type { OutboxFacts } from '../base/access-layer/outbox.ts';
import type { ViewCopy } from '../base/source-layer/view-copies.ts';
import { centralStateFile } from '../state/state.ts';
import { type Check, repairNext } from './check.ts';
import type { SealedInBase } from './check-console-key.ts';
import { compareCheckpoints, type Standing } from './compare-checkpoints.ts';
import type { StateFound } from './examine-state.ts';

/** The base as far as it could be looked into; null when it could not. */
export interface BaseFound {
  readonly id: string;
  readonly copies: readonly ViewCopy[];
  /** By which secrets somebody was forgotten. */
  readonly secrets: readonly string[];
  /** Null where no console is served from here. */
  readonly sealed: SealedInBase | null;
  readonly outbox: OutboxFacts;
}

/** The file itself. One that is not there is lost where the base has pages, and not made yet where it has none. */
export function checkStateFile(folder: string, found: StateFound, base: BaseFound | null): Check {
  const file = centralStateFile(folder);
  const name = 'checkpoints';
  switch (found.kind) {
    case 'absent': {
      const message = `Não há "${file}".`;
      if (base?.copies.some(({ loads }) => loads > 0) === true) {
        return trouble(name, null, 'critical', `${message} A base já tem cargas.`, repairNext);
      }
      return trouble(name, null, 'warning', message, 'A primeira coleta o cria.');
    }
    case 'damaged':
      return trouble(name, null, 'critical', `"${file}" está danificado (${found.detail}).`, repairNext);
    case 'unreadable': {
      const next = problemOf('state-unwritable').pt.hint;
      return trouble(name, null, 'critical', `"${file}" não pode ser lido (${found.detail}).`, next);
    }
    case 'newer': {
      const { title, hint } = problemOf('state-newer').pt;
      return trouble(name, null, 'critical', title, hint);
    }
    case 'older': {
      const { title, hint } = problemOf('state-older').pt;
      return trouble(name, null, 'warning', title, hint);
    }
    case 'sound': {
      if (existsSync(file) && isOpenToOthers(file)) {
        const message = `Outros usuários têm acesso a "${file}".`;
        return trouble(name, null, 'warning', message, `Rode: chmod 600 "${file}"`);
      }
      return ok(name, null, `"${file}" íntegro`);
    }
  }
}

const standings: Readonly<Record<Exclude<Standing, 'sound'>, string>> = {
  missing: 'A base tem cargas, mas não há marca d’água.',
  'other-base': 'A marca d’água é de outra base.',
  ahead: 'A marca d’água está adiante da base: ela voltou a um estado anterior.',
  differs: 'A marca d’água não coincide com a cópia que a base guarda.',
};

/** Each view's checkpoint beside what the base says; only of sources that are configured. */
export function checkViews(
  found: StateFound,
  base: BaseFound | null,
  sources: readonly string[],
  isRunning: boolean,
): Check[] {
  if (base === null) return [];
  const checkpoints = found.kind === 'sound' ? found.checkpoints : [];
  return compareCheckpoints(checkpoints, base.copies, base.id)
    .filter(({ source }) => sources.includes(source))
    .map(({ source, view, standing, copy }) => {
      const subject = `${source} ${view}`;
      // The first page of a view may have come in between the two looks.
      if (standing === 'sound' || (standing === 'missing' && isRunning && found.kind === 'sound')) {
        return ok('view', subject, `marca d’água em dia com a base (${copy?.loads ?? 0} cargas)`);
      }
      const health = standing === 'differs' ? 'critical' : 'warning';
      const next =
        standing === 'differs' || found.kind !== 'sound'
          ? repairNext
          : 'A próxima coleta segue da cópia que a base guarda e confere a visão por inteiro.';
      return trouble('view', subject, health, standings[standing], next);
    });
}

/** Runs that a crash or a kill cut short, unless they are under way. */
export function checkRuns(found: StateFound, isRunning: boolean): Check[] {
  if (found.kind !== 'sound') return [];
  const { unfinished } = found;
  if (unfinished.length === 0) return [ok('runs', null, 'nenhuma coleta interrompida')];
  return unfinished.map(({ id, source, started }) => {
    if (isRunning) return ok('runs', source, `coleta ${id} em andamento desde ${writtenMoment(started)}`);
    const message = `A coleta ${id}, de ${writtenMoment(started)}, não chegou ao fim (queda ou parada forçada).`;
    const next = 'Nada se perdeu: a próxima coleta segue da última página carregada.';
    return trouble('runs', source, 'warning', message, next);
  });
}

/** Agents of a version before prove nothing of their journals: a cut or a copy of one is not seen. */
export function checkJournals(found: StateFound, sources: readonly string[]): Check[] {
  const unproved = found.kind === 'sound' ? found.unproved : [];
  const next = 'Peça ao estado: guarita-agent upgrade';
  return unproved
    .filter((uf) => sources.includes(uf))
    .map((uf) =>
      trouble('journal', uf, 'warning', 'O agente não prova o diário dele: é de uma versão anterior.', next),
    );
}
