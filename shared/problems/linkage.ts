import type { Problem } from './problem.ts';

/** Who is who: what people decide of registers, and by which model the rest is judged. */
export const linkageProblems = {
  'register-unknown': {
    status: 404,
    retry: 'no',
    title: 'There is no such register: it was never treated, or was forgotten by order.',
    hint: 'Give state, view and id as the state writes it, or an id that "link" or "trace" has shown.',
    pt: {
      title: 'Este registro não existe: nunca foi tratado, ou foi esquecido por ordem judicial.',
      hint: 'Dê UF, visão e id como o estado o escreve (AL custodiado 123), ou um id que "link" mostrou.',
    },
  },
  'decision-contradicts': {
    status: 409,
    retry: 'no',
    title: 'It contradicts what people have decided before; nothing was recorded.',
    hint: 'Look at both ("link explain"). Where the earlier decision is wrong, undo it ("link undo") and decide again.',
    pt: {
      title: 'Contradiz o que já foi decidido; nada foi registrado.',
      hint: 'Veja os dois registros ("link explain"). Se o erro está na decisão anterior, desfaça-a ("link undo") e decida de novo.',
    },
  },
  'decision-unknown': {
    status: 404,
    retry: 'no',
    title: 'No decision of that number stands.',
    hint: 'See which there are ("link explain"); one that was undone stays so, and one on somebody who was forgotten by order holds no more by itself.',
    pt: {
      title: 'Não há decisão com esse número em vigor.',
      hint: 'Veja quais há ("link explain"); a que foi desfeita fica desfeita, e a de quem foi esquecido por ordem judicial já não vale.',
    },
  },
  'model-unknown': {
    status: 404,
    retry: 'no',
    title: 'There is no model of that version.',
    hint: 'See which there are ("link models").',
    pt: { title: 'Não há modelo com essa versão.', hint: 'Veja quais há ("link models").' },
  },
  'model-unusable': {
    status: 500,
    retry: 'no',
    title: 'The model cannot be used by this version of the program.',
    hint: 'A newer version of the program may have recorded it: install that one, or adopt another model ("link models", "link adopt").',
    pt: {
      title: 'O modelo não serve a esta versão do programa.',
      hint: 'Talvez uma versão mais nova do programa o tenha gravado: instale-a, ou adote outro modelo ("link models", "link adopt").',
    },
  },
} as const satisfies Record<string, Problem>;
