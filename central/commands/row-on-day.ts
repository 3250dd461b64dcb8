import { Temporal } from 'temporal-polyfill';
import { dayText } from '../../shared/day.ts';
import { GuaritaError } from '../../shared/errors.ts';
import type { Questions } from '../base/base.ts';
import { wrapped } from '../status/wrapped.ts';
import { type RowThen, rowBefore } from '../trace/row-on-day.ts';
import { timeZoneOf } from '../treat/time-zones.ts';
import { keyText } from '../words/mask.ts';
import { noteText } from '../words/row-words.ts';
import { namedRow } from './stored-row.ts';
import { resultWords } from './treated-words.ts';

/** A row on a day, and where that day ended. */
export interface RowOnDay {
  readonly source: string;
  readonly view: string;
  readonly key: readonly string[];
  /** `2026-01-31` */
  readonly day: string;
  readonly timeZone: string;
  /** It has not ended there: what the row is now. */
  readonly isToday: boolean;
  readonly was: RowThen;
}

/**
 * What a row was at the end of a day, by the clock of the source; of today, what it is now. Throws `option-invalid`, also
 * for a day that has not begun there, and `row-unknown`.
 */
export async function rowOnDay(
  questions: Questions,
  [uf, view, key]: readonly [uf: string, view: string, key: readonly string[]],
  text: string,
): Promise<RowOnDay> {
  const { of, ...row } = await namedRow(questions, uf, view, key);
  const timeZone = timeZoneOf(of.source);
  const day = readDay(text, timeZone);
  const end = day.add({ days: 1 }).toZonedDateTime(timeZone).toInstant().toString();
  const was = await rowBefore(questions, of, { ...row, key }, end);
  const isToday = day.equals(Temporal.Now.plainDateISO(timeZone));
  return { source: of.source, view: of.view, key, day: day.toString(), timeZone, isToday, was };
}

function readDay(text: string, timeZone: string): Temporal.PlainDate {
  const given = /^\d{4}-\d\d-\d\d$/.test(text) ? text : '';
  let day: Temporal.PlainDate;
  try {
    day = Temporal.PlainDate.from(given, { overflow: 'reject' });
  } catch {
    throw new GuaritaError('option-invalid', `--on: "${text}" não é um dia (AAAA-MM-DD).`);
  }
  if (Temporal.PlainDate.compare(day, Temporal.Now.plainDateISO(timeZone)) > 0) {
    throw new GuaritaError('option-invalid', `--on: ${text} ainda não chegou.`);
  }
  return day;
}

/** The same for people, in 80 columns, by the clock of the source. */
export function onDayLines(
  { source, view, key, day, timeZone, isToday, was }: RowOnDay,
  reveal: boolean,
): string[] {
  const clock = new Intl.DateTimeFormat('pt-BR', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const at = (instant: string) => clock.format(new Date(instant)).replace(',', '');
  return [
    `${source} ${view}, ${keyText(key, reveal)}: ${isToday ? 'hoje, agora' : `ao fim de ${dayText(day)}`} (${timeZone})`,
    ...stateLines(was, at, source),
    ...valueLines(was, reveal),
    ...(was.number === null ? [] : wrapped(`Prova: o mesmo com --number ${was.number}, sem --on.`, '')),
  ];
}

function stateLines(
  { result, removed, since, until, behind, number }: RowThen,
  at: (instant: string) => string,
  source: string,
): string[] {
  const isNow = until === null && !behind;
  const span = until === null ? `desde ${at(since)}` : `de ${at(since)} até ${at(until)}`;
  const after = behind ? '; o que mudou depois ainda não foi tratado' : '';
  const was = `Estava ${removed ? 'removida' : 'na base'}: versão ${number}, desde ${at(since)}`;
  switch (result) {
    case 'there':
      return wrapped(`${isNow ? 'É' : 'Era'} assim ${span}${after}:`, '');
    case 'removed':
      return [...wrapped(`${isNow ? 'Está' : 'Estava'} removida ${span}${after}.`, ''), 'O que ela era:'];
    case 'not-yet':
      return wrapped(`Ainda não estava na base: foi vista pela primeira vez em ${at(since)}.`, '');
    case 'not-kept':
      return wrapped(`Estava na base desde ${at(since)}; o que ela era então não foi guardado.`, '');
    case 'untyped':
      return wrapped(
        `${was}. Não está tratada: só se sabe o que o estado escreveu ("guarita-central source versions"). Para tratar: "guarita-central treat ${source}".`,
        '',
      );
    case 'own':
      return wrapped(`${was}; ${resultWords.own}.`, '');
  }
}

function valueLines({ values }: RowThen, reveal: boolean): string[] {
  const told = values.filter(({ value, notes }) => value !== null || notes.length > 0);
  const empty = values.filter((each) => !told.includes(each)).map(({ column }) => column);
  return [
    ...told.map(({ column, value, notes }) => {
      const said = notes.length === 0 ? '' : ` (${notes.map(noteText).join('; ')})`;
      return `  ${column}: ${keyText([value], reveal)}${said}`;
    }),
    ...(values.length === 0 || empty.length === 0 ? [] : wrapped(`sem valor: ${empty.join(', ')}`, '  ')),
  ];
}

/** The same for programs: names stay as they are. */
export function onDayJson({ source, view, key, day, timeZone, was }: RowOnDay, reveal: boolean) {
  const { values, ...state } = was;
  return {
    ...{ source, view, key: keyText(key, reveal), day, timeZone, ...state },
    values: values.map(({ column, value, notes }) => ({
      ...{ column, value: reveal || value === null ? value : keyText([value], false), notes },
    })),
  };
}
