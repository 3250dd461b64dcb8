import { agreementProblems } from '../../shared/problems/agreement.ts';
import { type ProblemCode, problemOf } from '../../shared/problems/catalogue.ts';
import { centralProblems } from '../../shared/problems/central.ts';
import { enrolmentProblems } from '../../shared/problems/enrolment.ts';
import { installationProblems } from '../../shared/problems/installation.ts';
import { baseProblems } from '../../shared/problems/national-base.ts';
import { programProblems } from '../../shared/problems/program.ts';
import { requestProblems } from '../../shared/problems/request.ts';
import { sourceProblems } from '../../shared/problems/source.ts';

/** What a page says of a problem. */
export interface ProblemWords {
  readonly title: string;
  readonly hint: string;
  readonly status: number;
}

/** Those that are met here too, and of which the catalogue speaks to who runs agents and servers. */
const here: Readonly<Partial<Record<ProblemCode, ProblemWords>>> = {
  'console-key-other': {
    title: 'O segundo fator não pôde ser conferido, por uma falha do sistema.',
    hint: 'O seu código não foi recusado. Avise a equipe que cuida da central: a chave deste console não é a da base.',
    status: 500,
  },
  'request-invalid': {
    title: 'O pedido não é como esta página o faz.',
    hint: 'Abra a página pelo menu e preencha de novo. Se veio por um endereço, confira-o.',
    status: 400,
  },
  'request-too-large': {
    title: 'O formulário é grande demais.',
    hint: 'Nada foi enviado. Volte, encurte o texto e envie de novo.',
    status: 413,
  },
  'too-many-requests': {
    title: 'Foram pedidos demais em pouco tempo.',
    hint: 'Espere um minuto e tente de novo.',
    status: 429,
  },
};

const elsewhere: Readonly<Record<string, unknown>> = {
  ...{
    ...agreementProblems,
    ...baseProblems,
    ...centralProblems,
    ...enrolmentProblems,
    ...installationProblems,
  },
  ...{ ...programProblems, ...requestProblems, ...sourceProblems },
};

/** In the words of whoever uses the pages: what they can do themselves, or whom they tell. */
export function problemWords(code: ProblemCode): ProblemWords {
  const own = here[code];
  if (own !== undefined) return own;
  const { pt, status } = problemOf(code);
  return Object.hasOwn(elsewhere, code) ? { ...unforeseen, status } : { ...pt, status };
}

const unforeseen = {
  title: 'Algo deu errado no sistema.',
  hint: 'Tente de novo em alguns minutos. Se continuar, avise a equipe que cuida da central e diga o número do pedido.',
};
