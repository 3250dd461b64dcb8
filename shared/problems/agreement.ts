import type { Problem } from './problem.ts';

/** The term of the agreement (ACT), and what both sides keep to prove what was done under it. */
export const agreementProblems = {
  'agreement-suspended': {
    status: 403,
    retry: 'no',
    title: 'The agreement (ACT) is suspended.',
    hint: 'Nothing is read until it is taken up again: by the state ("guarita-agent act resume"), or, of a state without an agent, at central ("guarita-central source act AL --resume").',
    pt: {
      title: 'O acordo (ACT) está suspenso.',
      hint: 'Nada se lê até que seja retomado: pelo estado ("guarita-agent act resume") ou, de quem não tem agente, na central ("guarita-central source act AL --resume").',
    },
  },
  'agreement-revoked': {
    status: 403,
    retry: 'no',
    title: 'The agreement (ACT) was revoked.',
    hint: 'Nothing more is read. A new agreement needs a new invitation; of a state without an agent, "source add --again".',
    pt: {
      title: 'O acordo (ACT) foi revogado.',
      hint: 'Nada mais se lê. Um novo acordo precisa de um novo convite; de quem não tem agente, "source add --again".',
    },
  },
  'agreement-missing': {
    status: 403,
    retry: 'no',
    title: 'This agent holds no agreement (ACT).',
    hint: 'Enrol it with the invitation of central ("guarita-agent init --invite").',
    pt: {
      title: 'Este agente não tem acordo (ACT).',
      hint: 'Cadastre-o com o convite da central ("guarita-agent init --invite").',
    },
  },
  'state-altered': {
    status: 503,
    retry: 'no',
    title: 'A signed record was changed or removed by somebody else.',
    hint: 'Nothing is served. Keep the state folder of the agent under another name, to find out who wrote into it; then enrol the agent anew, with a new folder and a new invitation. Of a state without an agent it is its folder at central (sources/AL): keep it as well, and enrol the state anew.',
    pt: {
      title: 'Um registro assinado foi alterado ou removido por outrem.',
      hint: 'Nada é entregue. Guarde a pasta de estado do agente com outro nome, para apurar quem gravou nela; depois, cadastre o agente de novo, com outra pasta e outro convite. De um estado sem agente, é a pasta dele na central (sources/AL): guarde-a também, e cadastre o estado de novo.',
    },
  },
  'journal-broken': {
    status: 500,
    retry: 'no',
    title: 'The journal does not hold together.',
    hint: 'Keep a copy of the file as it is, and report the entry that is named.',
    pt: {
      title: 'O diário não está íntegro.',
      hint: 'Guarde uma cópia do arquivo como está, e relate o registro citado.',
    },
  },
  'receipts-broken': {
    status: 500,
    retry: 'no',
    title: 'Receipts do not hold, or do not tell the same story as the journal.',
    hint: 'Keep both files as they are, and clear up each line that is named with the other side.',
    pt: {
      title: 'Há recibos que não conferem, ou que não contam a mesma história do diário.',
      hint: 'Guarde os dois arquivos como estão, e esclareça com o outro lado cada linha citada.',
    },
  },
} as const satisfies Record<string, Problem>;
