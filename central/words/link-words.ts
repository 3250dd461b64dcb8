import { thresholds } from '../treat/link/model/thresholds.ts';
import type { Because } from '../treat/linking/explain-person.ts';
import { vetoNames } from './pair-words.ts';

/** Why two are not one. */
export function becauseText(because: Because): string {
  if (typeof because === 'object') {
    const { decision, says } = because;
    return says === 'distinct'
      ? `decidido que são distintas (decisão ${decision})`
      : `decidido que são uma (decisão ${decision}): é o próximo tratamento que junta`;
  }
  if (because === 'kind') return 'de visões diferentes, que nunca se juntam';
  if (because === 'weight') return `pesa menos que ${thresholds.automatic}: alguém tem de dizer`;
  if (because === 'waiting') return 'juntaria, e um deles ainda espera: é o próximo tratamento que diz';
  if (because === 'too-large') return 'juntaria, mas o grupo é grande demais: alguém tem de dizer';
  if (because === 'others') return 'juntaria, mas os outros registros não combinam';
  return vetoNames[because];
}

/** One of two registers, as far as it matters for what follows. */
export interface DecidedOn {
  readonly role: string;
  readonly person: string;
  /** Registers of its person. */
  readonly size: number;
}

/** What the next treatment makes of what is said of two registers. */
export function followsText(says: 'same' | 'distinct', a: DecidedOn, b: DecidedOn): string {
  const areOne = a.person === b.person;
  if (a.role !== b.role) {
    return says === 'same'
      ? `São de visões diferentes (${a.role}, ${b.role}): fica dito que são uma pessoa só, e nada é juntado.`
      : 'São de visões diferentes: nunca seriam juntados; não se pergunta mais.';
  }
  if (says === 'same') {
    return areOne
      ? 'Já estão na mesma pessoa; agora ficam juntos, seja qual for o modelo.'
      : `O próximo tratamento junta as duas pessoas (hoje com ${registersText(a.size)} e ${registersText(b.size)}), ou só estes dois registros e os que combinam com ambos.`;
  }
  return areOne
    ? `O próximo tratamento os separa; os outros da pessoa (hoje com ${registersText(a.size)}) ficam com o que mais combina.`
    : 'Já são duas pessoas; agora ficam separadas, seja qual for o modelo.';
}

function registersText(count: number): string {
  return `${count} ${count === 1 ? 'registro' : 'registros'}`;
}
