import type { MadeRegister } from '../deciding/registers.ts';

const whole = { mother: 'ANA LIMA DA SILVA', birth: '1980-05-13' } as const;

/** A few registers: of one person two, of twins, of a namesake who may be one of them, of a visitor. */
export const few = {
  first: { source: 'AL', id: '1', name: 'JOSE LIMA DA SILVA', ...whole, cpf: '52998224725' },
  again: { source: 'RO', id: '77', name: 'JOSE LIMA SILVA', ...whole, cpf: '52998224725' },
  twin: { source: 'AL', id: '2', name: 'JORGE LIMA DA SILVA', ...whole },
  namesake: { source: 'MS', id: '900', name: 'JOSE LIMA DA SILVA', birth: '1980-05-13' },
  visitor: { source: 'AL', role: 'visitante', id: '1', name: 'JOSE LIMA DA SILVA', cpf: '52998224725' },
  alone: { source: 'AL', id: '3', name: 'TERESA ALVES', birth: '1970-01-20' },
} as const satisfies Record<string, MadeRegister>;
