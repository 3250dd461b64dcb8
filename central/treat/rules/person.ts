import { isOpen } from './custody-state.ts';
import { yearsLater } from './dates.ts';
import { found, foundOf, hit } from './finding.ts';
import { sameName } from './names.ts';
import { hasNote, isMissing, sure } from './rows.ts';
import type { DossierRule, Hit, RowRule, Rule } from './rule.ts';
import { thresholds } from './thresholds.ts';

/** Names, filiation, sex and birth of people in custody. */
const rows: readonly RowRule<'custodiado'>[] = [
  {
    code: 'P01',
    scope: 'row',
    severity: 'grave',
    view: 'custodiado',
    needs: ['custodiado.nome'],
    wrong: 'A pessoa está sem nome, ou com um texto que não é nome.',
    todo: 'Informe o nome completo que consta do documento ou da decisão judicial.',
    basis: 'Lei 12.714/2012, art. 2',
    find: (row) => found(isMissing(row, 'nome')),
  },
  {
    code: 'P02',
    scope: 'row',
    severity: 'medium',
    view: 'custodiado',
    needs: ['custodiado.nome'],
    wrong: 'O nome tem algarismos ou uma só palavra.',
    todo: 'Confira o nome e informe-o completo, sem números.',
    find: ({ nome }) => found(nome !== null && (/\p{N}/u.test(nome) || !/\S\s+\S/.test(nome))),
  },
  {
    code: 'P04',
    scope: 'row',
    severity: 'medium',
    view: 'custodiado',
    needs: ['custodiado.nome_mae'],
    wrong: 'Falta o nome da mãe.',
    todo: 'Informe o nome da mãe que consta do documento de identificação.',
    basis: 'Lei 12.714/2012, art. 2',
    find: (row) => found(isMissing(row, 'nome_mae')),
  },
  {
    code: 'P05',
    scope: 'row',
    severity: 'grave',
    view: 'custodiado',
    needs: ['custodiado.nome', 'custodiado.nome_mae'],
    wrong: 'O nome da mãe é igual ao da própria pessoa.',
    todo: 'Confira os dois nomes no documento e corrija o que foi repetido.',
    find: ({ nome, nome_mae }) => found(sameName(nome, nome_mae)),
  },
  {
    code: 'P06',
    scope: 'row',
    severity: 'medium',
    view: 'custodiado',
    needs: ['custodiado.nome_pai'],
    wrong: 'O nome do pai é igual ao da mãe ou ao da própria pessoa.',
    todo: 'Confira os nomes no documento e corrija o que foi repetido.',
    find: ({ nome, nome_mae, nome_pai }) =>
      foundOf({ nome: sameName(nome_pai, nome), nome_mae: sameName(nome_pai, nome_mae) }),
  },
  {
    code: 'P07',
    scope: 'row',
    severity: 'grave',
    view: 'custodiado',
    needs: ['custodiado.data_nascimento'],
    wrong: 'Falta a data de nascimento.',
    todo: 'Informe a data de nascimento que consta do documento.',
    basis: 'Lei 12.714/2012, art. 2',
    find: (row) => found(isMissing(row, 'data_nascimento')),
  },
  {
    code: 'P10',
    scope: 'row',
    severity: 'medium',
    view: 'custodiado',
    needs: ['custodiado.data_nascimento'],
    wrong: 'A data de nascimento parece ter sido preenchida só para não ficar vazia.',
    todo: 'Confira a data no documento; se não for conhecida, deixe o campo vazio.',
    find: (row) => found(hasNote(row, 'data_nascimento', 'default-date')),
  },
  {
    code: 'P11',
    scope: 'row',
    severity: 'medium',
    view: 'custodiado',
    needs: ['custodiado.sexo'],
    wrong: 'O sexo está vazio ou com um valor que não é conhecido.',
    todo: 'Informe o sexo com um dos valores da lista nacional.',
    basis: 'Lei 12.714/2012, art. 2',
    find: ({ sexo }) => found(sexo === null),
  },
];

const dossiers: readonly DossierRule[] = [
  {
    code: 'P08',
    scope: 'dossier',
    severity: 'grave',
    view: 'custodiado',
    needs: ['custodiado.data_nascimento', 'custodia.saida'],
    wrong: 'A data de nascimento não existe, está no futuro ou dá mais de 110 anos à pessoa em custódia.',
    todo: 'Confira a data de nascimento no documento e corrija-a.',
    find: ({ custodiado, custodia }, today) => {
      if (custodiado === null) return [];
      const birth = sure(custodiado, 'data_nascimento');
      const wrong = hasNote(custodiado, 'data_nascimento', 'invalid');
      if (birth === null) return wrong ? [hit('custodiado', custodiado.id, null)] : [];
      if (!today.reached(birth)) return [hit('custodiado', custodiado.id, null)];
      // Who was released long ago may have been born longer ago: what counts is the age in custody.
      const tooOld = yearsLater(birth, thresholds.oldest.value + 1);
      const old =
        custodia.some((row) => (sure(row, 'entrada') ?? '') >= tooOld) ||
        ((custodia.length === 0 || custodia.some(isOpen)) && today.reached(tooOld));
      return old ? [hit('custodiado', custodiado.id, null)] : [];
    },
  },
  {
    code: 'P09',
    scope: 'dossier',
    severity: 'critical',
    view: 'custodiado',
    needs: ['custodiado.data_nascimento', 'custodia.entrada'],
    wrong: 'A pessoa tinha menos de 18 anos quando entrou em custódia.',
    todo: 'Confira a data de nascimento e a da entrada; se estiverem certas, avise o juízo hoje.',
    basis: `${thresholds.adult.source}; ECA, arts. 123 e 185`,
    find: ({ custodiado, custodia }) => {
      const birth = custodiado === null ? null : sure(custodiado, 'data_nascimento');
      if (custodiado === null || birth === null) return [];
      const adult = yearsLater(birth, thresholds.adult.value);
      const hits: Hit[] = [];
      for (const row of custodia) {
        const entrada = sure(row, 'entrada');
        // An entry before birth is another matter: C05.
        if (entrada !== null && entrada >= birth && entrada < adult)
          hits.push(hit('custodiado', custodiado.id, row.id));
      }
      return hits;
    },
  },
];

export const personRules: readonly Rule[] = [...rows, ...dossiers];
