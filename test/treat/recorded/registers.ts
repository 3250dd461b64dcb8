import type { LinkedRegister } from '../../../central/base/national-layer/link-registers.ts';

/** Made-up registers, so alike and so different that all happens that linkage can find. They stay as they are: what they come to is recorded. */

type Said = Partial<Omit<LinkedRegister, 'id'>>;

const jose: Said = {
  ...{ name: 'JOSE CARLOS DA SILVA SOUZA', mother: 'MARIA APARECIDA DA SILVA', father: 'ANTONIO DE SOUZA' },
  ...{ birth: '1980-02-03', sex: 'M', cpf: '52998224725', rg: '1234567', rgUf: 'AL', rji: '17000011479' },
  ...{ oab: 'AL1234', birthplace: '2704302', otherNames: ['GALEGO'] },
};

/** What he is told of himself, one thing at a time. */
const told: { readonly [Field in keyof Said]: readonly Said[Field][] } = {
  name: [
    ...['JOSE CARLOS SILVA SOUZA', 'JOSÉ CARLOS DA SILVA SOUSA', 'JOZE CARLOS SILVA SOUZA', 'JOSE SOUZA'],
    ...['JOSE CARLOS DA SILVA SOUZA JUNIOR', 'JOSE CARLOS DA SILVA SOUZA FILHO', 'ZE CARLOS DA SILVA SOUZA'],
    ...['ZEZINHO DA SILVA SOUZA', 'J CARLOS DA SILVA SOUZA', 'CARLOS JOSE DA SILVA SOUZA', 'JOSE C S SOUZA'],
    ...['JORGE CARLOS DA SILVA SOUZA', 'JOSUE SILVA SOUZA', 'GALEGO DA SILVA SOUZA', 'JOSE', 'SOUZA JOSE'],
    ...['JOSE CARLOS', 'JOSE DA SILVA', 'JOSE SYLVA SOUZA', 'WASHINGTON LUIZ NEVES', 'UOSHINTON LUIS NEVES'],
    ...['GABRIEL LUIZ NEVES', 'LUIZ NEVES', 'BILL SMITH', 'WILLIAM SMITH JR', 'JOHN SMYTHE', '---', null],
    ...['PHILIPE XAVIER', 'FELIPE CHAVIER', 'JOSE CARLOS DA SILVA SOUZA DE ALBUQUERQUE', 'JOSE ALMEIDA LIMA'],
    ...['JOSE CARLOS DA SYLVA SOUZA', 'JOSE KARLOS SILVA SOUZA DE ALBUQUERQUE', 'JOSE SYLVA LIMA NEVES'],
  ],
  mother: [
    ...['MARIA DA SILVA', 'MARIA APARECIDA SILVA', 'MARIA APARECIDA DA SYLVA', 'MARIA A DA SILVA', 'MARIA'],
    ...['APARECIDA MARIA DA SILVA', 'ANA DA SILVA', 'MARIA APARECIDA LIMA', 'MARIA LIMA', 'RITA NEVES', null],
    ...['MARIA DA SYLVA', 'MARYA APARECIDA DA SILVA', 'MARIA APARECIDA DA SILVA DE ALBUQUERQUE'],
  ],
  father: [
    ...[
      'ANTONIO SOUZA',
      'ANTONIO SOUSA',
      'ANTONIO DE SOUZA LIMA',
      'ANTONIO SOUSA LIMA',
      'ANTONIO LIMA NEVES',
    ],
    ...['PEDRO ANTONIO LIMA', 'PEDRO DE SOUZA', 'RUI NEVES', 'ANTONIO', null],
    ...['ANTONIO SOUZA LIMA NEVES', 'ANTONIO SOUZA ALMEIDA'],
  ],
  birth: [
    ...['1980-03-02', '1980-02-04', '1981-02-03', '1980-02-13', '1980-02-02', '1980-01-01', '1980-11-25'],
    ...['1979-12-31', '1955-06-07', '1980-02-29', '1980-02-09', '1980-02-10', null],
  ],
  sex: ['F', null],
  cpf: ['52998224735', '11144477735', '11144477736', '52998224752', null],
  rg: ['1234568', '7654321', 'MG1234567', null],
  rgUf: ['PE', null],
  rji: ['17000011478', '17000022470', null],
  oab: ['AL1235', 'PE9876', 'AL1234A', '12345', '12346', null],
  birthplace: ['2700300', null],
  otherNames: [[], ['ZE', 'GALEGO'], ['JORGE'], ['NEGUINHO']],
};

/** Several things at a time: twins, brothers, a child with the mother's CPF, somebody of whom little is known. */
const others: readonly Said[] = [
  ...[{ name: 'JORGE CARLOS DA SILVA SOUZA', cpf: null, rg: null, rji: null, oab: null }],
  ...[{ name: 'ANDERSON DA SILVA SOUZA', birth: '1984-11-25', rg: null, rji: null, oab: null }],
  ...[{ name: 'CARLOS JOSE DA SILVA SOUZA', birth: '1984-11-25', cpf: null, rg: null, rji: null, oab: null }],
  ...[{ cpf: '11144477735', mother: 'RITA NEVES', rg: null, rji: null, oab: null }],
  ...[{ cpf: '11144477735', birth: '1980-02-03', rg: '9', rgUf: 'PE', rji: null, oab: null, father: null }],
  ...[
    { birth: '1980-02-03', birthInferred: true },
    { birth: '1980-01-01', birthInferred: true },
  ],
  ...[
    { birth: '1980-03-02', birthInferred: true },
    { birth: '1955-01-01', birthInferred: true },
  ],
  ...[
    { rg: '1234567', rgUf: 'PE' },
    { rg: '1234568', rgUf: null },
    { rg: '1334567', rgUf: 'AL' },
  ],
  ...[{ kind: 'visitante' as const }, { kind: 'advogado' as const, mother: null, birth: null }],
  ...[{ kind: 'visitante' as const, name: 'ANA DA SILVA SOUZA', sex: 'F', cpf: null, rji: null }],
];

const nobody: Omit<LinkedRegister, 'id'> = {
  ...{ kind: 'custodiado', name: null, otherNames: [], mother: null, father: null, birth: null },
  ...{ birthInferred: false, sex: null, cpf: null, rg: null, rgUf: null, rji: null, oab: null },
  birthplace: null,
};

const little = { cpf: null, rg: null, rgUf: null, rji: null, oab: null, father: null, otherNames: [] };
const one = Object.entries(told).flatMap(([field, values]) =>
  // Once with all the rest, once where there is little else.
  values.flatMap((value): Said[] => [{ [field]: value }, { ...little, [field]: value }]),
);

export const registers: readonly LinkedRegister[] = [{}, {}, ...one, ...others].map((said, place) => ({
  ...{ ...nobody, ...jose, ...said },
  id: `r${String(place).padStart(3, '0')}`,
}));

/** More of one person than are put together without anybody looking. */
export const tooMany: readonly LinkedRegister[] = Array.from({ length: 42 }, (_, place) => ({
  ...{ ...nobody, name: 'ANA LIMA NEVES', mother: 'RITA LIMA', birth: '1991-07-08', cpf: '11144477735' },
  id: `s${String(place).padStart(3, '0')}`,
}));
