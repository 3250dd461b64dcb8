import { eachRow, foundOf } from './finding.ts';
import type { DossierRule, Rule } from './rule.ts';

const rules: readonly DossierRule[] = [
  {
    code: 'L01',
    scope: 'dossier',
    severity: 'grave',
    view: 'vinculo',
    needs: ['vinculo.pessoa_id', 'vinculo.pessoa_tipo'],
    needsOne: ['visitante.id', 'advogado.id'],
    wrong: 'O vínculo é com alguém que não está no cadastro, ou com a própria pessoa presa.',
    todo: 'Inclua o visitante ou advogado no cadastro, ou corrija com quem é o vínculo.',
    find: eachRow('vinculo', (row, { custodiado }) =>
      foundOf({
        // Without knowing whether to look among visitors or lawyers, nobody can be missing.
        pessoa_id: row.pessoa_id !== null && row.pessoa_tipo !== null && !row.pessoaExiste,
        custodiado_id: custodiado !== null && row.pessoaExiste && row.pessoaPropria,
      }),
    ),
  },
];

export const linkRules: readonly Rule[] = rules;
