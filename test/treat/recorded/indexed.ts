import type { RegisterToFind } from '../../../central/base/national-layer/search-index.ts';
import { nearnessOf } from '../../../central/treat/names/near.ts';
import { namesOf, otherKeysOf } from '../../../central/treat/names/register-keys.ts';
import { soundOf } from '../../../central/treat/names/words.ts';
import { roles } from '../../../shared/dictionary/roles.ts';
import type { Outcome } from './cleaned.ts';

const register: Omit<RegisterToFind, 'role'> = {
  ...{ id: '00000000-0000-4000-8000-000000000000', source: 'AL', nome: "JOSÉ D'ÁVILA DOS SANTOS JR." },
  ...{
    nome_social: 'JOSEFA',
    alcunhas: ['ZÉ', 'GALEGO DO PORTO'],
    others: ['JOSE AVILA'],
    nome_mae: 'MA DE FÁTIMA',
  },
  ...{
    birth: '1980-02-29',
    cpf: '52998224725',
    rji: '18012345678',
    rg: '12345X',
    infopen: '99-8',
    oab: 'AL 1234',
  },
  registro_estadual: 'A/1',
};

const words = [
  'SA',
  'ANA',
  'WASHINGTON',
  'THIAGO',
  'UOXINTON',
  'ALBUQUERQUE',
  'XAVIER',
  'ÑANDÚ',
  'A'.repeat(40),
];

/** By what registers and words are found. */
export function indexingOutcomes(): ReadonlyMap<string, Outcome> {
  const outcomes = new Map<string, Outcome>();
  for (const role of roles) {
    const shown = { ...register, role };
    outcomes.set(role, { shown, comesTo: [namesOf(shown), otherKeysOf(shown)] });
  }
  outcomes.set('words', { shown: words, comesTo: words.map((word) => [soundOf(word), nearnessOf(word)]) });
  return outcomes;
}
