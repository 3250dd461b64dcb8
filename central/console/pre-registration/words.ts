import { writtenMoment } from '../../../shared/day.ts';
import {
  type RequestState,
  type StepKind,
  stateOf,
  type Waiting,
} from '../../base/access-layer/request-state.ts';
import type { AccessRequest } from '../../base/access-layer/requests.ts';
import { peopleNeeded } from '../access/roles.ts';

/** Where a request stands: a role with power takes the word of two. */
export function standing(request: AccessRequest, now: Date): RequestState {
  return stateOf(request.steps, approvalsOf(request), now);
}

export function approvalsOf({ form }: Pick<AccessRequest, 'form'>): 1 | 2 {
  return form === null ? 1 : peopleNeeded(form.role);
}

/** What was done, to whoever reads of it. */
export const stepWords: Readonly<Record<StepKind, string>> = {
  pedido: 'Pedido feito',
  link: 'Outro link pedido',
  confirmado: 'E-mail confirmado',
  formulario: 'Formulário enviado',
  autorizado: 'Autorizado por escrito',
  documento: 'Autorização assinada, registrada',
  negado: 'Não autorizado',
  aprovado: 'Aprovado',
  recusado: 'Recusado',
  senha: 'Senha provisória pedida',
  desistiu: 'Desistência',
  entrou: 'Primeiro acesso',
};

/** What is waited for, and of whom: `next` to the one who asked. */
const waitingWords: Readonly<Record<Waiting, { readonly short: string; readonly next: string }>> = {
  email: { short: 'Confirmar o e-mail', next: 'Confirme o seu e-mail pelo link que enviamos.' },
  form: { short: 'Preencher o formulário', next: 'Preencha o formulário abaixo.' },
  authority: {
    short: 'Autorização do órgão',
    next: 'A autoridade do órgão precisa autorizar por escrito. Ela recebeu um link por e-mail.',
  },
  approval: {
    short: 'Aprovação',
    next: 'Um Cadastrador Autorizador precisa aprovar.',
  },
  password: {
    short: 'Primeiro acesso',
    next: 'Entre com a senha provisória que enviamos por e-mail e troque-a.',
  },
  'sign-in': { short: 'Primeiro acesso', next: 'Entre pela página inicial.' },
};

/** In a word or two, for a list. */
export function shortState(state: RequestState): string {
  switch (state.kind) {
    case 'done':
      return 'Concluído';
    case 'refused':
      return 'Recusado';
    case 'withdrawn':
      return 'Desistência';
    case 'expired':
      return state.of === 'password' ? 'Senha provisória vencida' : 'Prazo vencido';
    default:
      return waitingWords[state.kind].short;
  }
}

/** What comes next, who owes it and until when, to the one who asked. */
export function nextWords(state: RequestState): string {
  switch (state.kind) {
    case 'done':
      return 'Tudo pronto: você já entrou.';
    case 'refused':
      return `O pedido foi recusado em ${writtenMoment(state.since)}. O motivo está abaixo.`;
    case 'withdrawn':
      return `Você desistiu do pedido em ${writtenMoment(state.since)}.`;
    case 'expired':
      return expiredWords(state.of, state.since);
    default: {
      const { approvedBy } = state;
      const { next } = waitingWords[state.kind];
      const said = approvedBy.length > 0 ? 'Um Cadastrador Autorizador já aprovou; falta outro.' : next;
      return state.until === null ? said : `${said} Prazo: ${writtenMoment(state.until)}.`;
    }
  }
}

function expiredWords(of: Waiting, since: string): string {
  const when = writtenMoment(since);
  switch (of) {
    case 'email':
      return `O prazo para confirmar o e-mail terminou em ${when}.`;
    case 'form':
      return `O prazo para preencher o formulário terminou em ${when}.`;
    case 'authority':
      return `A autoridade do órgão não respondeu até ${when}. Fale com ela e peça de novo.`;
    case 'approval':
      return `O pedido não foi decidido até ${when}. Peça de novo.`;
    case 'password':
      return `A senha provisória venceu em ${when}. Peça outra a um Cadastrador Autorizador.`;
    default:
      return `O prazo terminou em ${when}.`;
  }
}
