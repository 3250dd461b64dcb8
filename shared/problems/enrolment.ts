import type { Problem } from './problem.ts';

/** Files and keys by which two sides come to trust each other. */
export const enrolmentProblems = {
  'document-unreadable': {
    status: 400,
    retry: 'no',
    title: 'A file is not the signed document that was expected.',
    hint: 'Ask for the file anew, and pass it on as it is: by e-mail as an attachment, not as text.',
    pt: {
      title: 'O arquivo não é o documento assinado que se esperava.',
      hint: 'Peça o arquivo de novo e passe-o como está: por e-mail como anexo, não como texto.',
    },
  },
  'document-altered': {
    status: 400,
    retry: 'no',
    title: 'A signed document was changed after it was signed.',
    hint: 'Do not use it. Ask whoever made it for a new one, and how it was sent.',
    pt: {
      title: 'Um documento foi alterado depois de assinado.',
      hint: 'Não o use. Peça um novo a quem o fez, e pergunte como foi enviado.',
    },
  },
  'document-expired': {
    status: 400,
    retry: 'no',
    title: 'A signed document is too old, or dated in the future.',
    hint: 'Check the clock of this machine; if it is right, ask for a new document.',
    pt: {
      title: 'Um documento assinado está vencido, ou datado no futuro.',
      hint: 'Confira o relógio desta máquina; se estiver certo, peça um novo documento.',
    },
  },
  'document-used': {
    status: 409,
    retry: 'no',
    title: 'A signed document was used already.',
    hint: 'Each is good for one use: ask for a new one if the enrolment is to be made again.',
    pt: {
      title: 'Um documento assinado já foi usado.',
      hint: 'Cada um vale uma única vez: peça outro se o cadastro deve ser refeito.',
    },
  },
  'document-foreign': {
    status: 403,
    retry: 'no',
    title: 'A signed document is not meant for this program.',
    hint: 'Check that it is the file of this state and of this invitation.',
    pt: {
      title: 'Um documento assinado não é para este programa.',
      hint: 'Confira se é o arquivo deste estado e deste convite.',
    },
  },
  'certificate-unreadable': {
    status: 400,
    retry: 'no',
    title: 'A certificate cannot be used.',
    hint: 'It must be one X.509 certificate in PEM, with its key beside it.',
    pt: {
      title: 'Um certificado não pode ser usado.',
      hint: 'Deve ser um certificado X.509 em PEM, com a chave ao lado.',
    },
  },
  'certificate-unknown': {
    status: 500,
    retry: 'later',
    title: 'The other side showed a certificate that is not the one agreed on.',
    hint: 'Something on the way may answer in its place. Compare the fingerprints by phone; if it was made anew, enrol again.',
    pt: {
      title: 'O outro lado mostrou um certificado que não é o combinado.',
      hint: 'Algo no caminho pode responder no lugar dele. Comparem as impressões por telefone; se foi refeito, cadastrem de novo.',
    },
  },
  'certificate-expired': {
    status: 500,
    retry: 'no',
    title: 'A certificate that both sides had agreed on has ended.',
    hint: 'It is exchanged by collections long before; there was none for too long. Enrol the state again ("source invite").',
    pt: {
      title: 'Um certificado combinado entre os dois lados venceu.',
      hint: 'As coletas o trocam bem antes; faltou coleta por tempo demais. Cadastrem o estado de novo ("source invite").',
    },
  },
  'already-enrolled': {
    status: 500,
    retry: 'no',
    title: 'This program is enrolled already.',
    hint: 'To enrol again, say so ("--again"): what was agreed before is replaced.',
    pt: {
      title: 'Este programa já está cadastrado.',
      hint: 'Para cadastrar de novo, diga isso ("--again"): o que estava combinado é trocado.',
    },
  },
  'source-left': {
    status: 500,
    retry: 'no',
    title: 'The state was taken off: it is collected no more.',
    hint: 'Its data stay. It comes back by a new invitation ("source invite", "source accept").',
    pt: {
      title: 'O estado saiu: não é mais coletado.',
      hint: 'Os dados dele ficam. Se voltar, é por um novo convite ("source invite", "source accept").',
    },
  },
  'enrolment-unready': {
    status: 500,
    retry: 'no',
    title: 'The agent is not ready to be enrolled: doctor found something to mend.',
    hint: 'Mend what is marked, then run "init" again: the configuration is kept, nothing is asked twice.',
    pt: {
      title: 'O agente não está pronto para o cadastro: o doctor achou o que corrigir.',
      hint: 'Corrija o que está marcado e rode o "init" de novo: a configuração fica, nada é perguntado duas vezes.',
    },
  },
  'source-unready': {
    status: 500,
    retry: 'no',
    title: 'The database of the state is not ready to be read: something is to be mended.',
    hint: 'Mend what is marked, then run "source add" again: nothing is asked twice.',
    pt: {
      title: 'O banco do estado não está pronto para ser lido: há o que corrigir.',
      hint: 'Corrija o que está marcado com ✗ e rode o "source add" de novo: nada é perguntado duas vezes.',
    },
  },
  'views-withheld': {
    status: 500,
    retry: 'no',
    title: 'The agreement would leave out views that central asks for.',
    hint: 'In the state: put them into the configuration and run "init" again. Where both sides agree to go without: "--without", with their names.',
    pt: {
      title: 'Ficariam de fora visões que a central pediu.',
      hint: 'No estado: crie-as e rode o "init" de novo. Se os dois lados concordam em seguir sem elas: "--without", com os nomes.',
    },
  },
} as const satisfies Record<string, Problem>;
