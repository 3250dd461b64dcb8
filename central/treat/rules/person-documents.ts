import { found } from './finding.ts';
import { hasNote, hasOneOf, isMissing } from './rows.ts';
import type { RowRule, Rule } from './rule.ts';

/** Not what the kind of document asks for. */
const wrongly = ['unreadable', 'invalid', 'too-long'] as const;

/** Documents and birthplace of people in custody, each by itself. */
const rows: readonly RowRule<'custodiado'>[] = [
  {
    code: 'P12',
    scope: 'row',
    severity: 'medium',
    view: 'custodiado',
    needs: ['custodiado.cpf'],
    wrong: 'O CPF não é válido.',
    todo: 'Confira o número no documento; se a pessoa não tem CPF, deixe o campo vazio.',
    find: (row) => found(hasOneOf(row, 'cpf', wrongly)),
  },
  {
    code: 'P15',
    scope: 'row',
    severity: 'medium',
    view: 'custodiado',
    needs: ['custodiado.rji'],
    wrong: 'O RJI não tem a forma de um RJI.',
    todo: 'Copie o RJI do BNMP, com todos os algarismos.',
    find: (row) => found(hasOneOf(row, 'rji', wrongly)),
  },
  {
    code: 'P17',
    scope: 'row',
    severity: 'low',
    view: 'custodiado',
    needs: ['custodiado.rg', 'custodiado.rg_uf'],
    wrong: 'O RG está sem o estado que o emitiu.',
    todo: 'Informe o estado que emitiu o RG.',
    find: (row) => found(row.rg !== null && isMissing(row, 'rg_uf')),
  },
  {
    code: 'P18',
    scope: 'row',
    severity: 'low',
    view: 'custodiado',
    needs: ['custodiado.naturalidade_ibge'],
    wrong: 'O município de nascimento não está na tabela do IBGE.',
    todo: 'Informe o código do IBGE, de sete algarismos, do município.',
    find: (row) =>
      found(hasOneOf(row, 'naturalidade_ibge', wrongly) || hasNote(row, 'naturalidade_ibge', 'unknown-code')),
  },
];

export const personDocumentRules: readonly Rule[] = rows;
