import { found, foundOf } from './finding.ts';
import { placeColumns } from './places.ts';
import { hasNote } from './rows.ts';
import type { RowRule, Rule, UnitRule } from './rule.ts';
import { states } from './states.ts';

const places = placeColumns.map((column) => `unidade.${column}`);

/** A unit without cells. */
const monitoring = 'central_monitoracao';

const rows: readonly RowRule<'unidade'>[] = [
  {
    code: 'U02',
    scope: 'row',
    severity: 'low',
    view: 'unidade',
    needs: [],
    needsOne: places,
    wrong: 'A unidade tem número de vagas negativo ou nenhuma vaga.',
    todo: 'Informe as vagas da unidade por regime.',
    find: (unit, _, { columns }) => {
      const wrong = placeColumns.filter(
        (column) => (unit[column] ?? 0) < 0 || hasNote(unit, column, 'invalid'),
      );
      // What could not be read, or is not shown, is not none; and a unit that is closed needs none.
      const none = placeColumns.every(
        (column) => columns.has(column) && !unit[column] && !hasNote(unit, column, 'unreadable'),
      );
      const used = unit.tipo !== monitoring && unit.situacao !== 'desativada';
      return wrong.length > 0 ? wrong : found(none && used);
    },
  },
  {
    code: 'U03',
    scope: 'row',
    severity: 'medium',
    view: 'unidade',
    needs: [],
    needsOne: ['unidade.municipio_ibge', 'unidade.cep'],
    wrong: 'O município ou o CEP da unidade é de outro estado.',
    todo: 'Corrija o código do município no IBGE ou o CEP.',
    find: ({ municipio_ibge, cep }, _, { source }) => {
      const state = states.get(source);
      if (state === undefined) return [];
      const five = cep?.slice(0, 5) ?? null;
      return foundOf({
        municipio_ibge: municipio_ibge !== null && !municipio_ibge.startsWith(state.ibge),
        cep: five !== null && !state.postal.some(([from, to]) => from <= five && five <= to),
      });
    },
  },
];

const units: readonly UnitRule[] = [
  {
    code: 'U01',
    scope: 'unit',
    severity: 'medium',
    view: 'unidade',
    needs: ['custodia.unidade_id', 'custodia.saida', 'custodia.regime'],
    needsOne: places,
    wrong: 'Há mais pessoas do que vagas.',
    todo: 'Confira as vagas e as saídas que faltam registrar; se a conta está certa, há superlotação.',
    basis: 'LEP art. 85; STF, ADPF 347',
    find: (unit, inside) => {
      if (unit.tipo === monitoring) return [];
      return placeColumns.filter((column) => {
        const [room, people] = [unit[column], inside.get(column) ?? 0];
        return room !== null && room >= 0 && people > room;
      });
    },
  },
];

export const unitRules: readonly Rule[] = [...rows, ...units];
