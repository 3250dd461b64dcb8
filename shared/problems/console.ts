import type { Problem } from './problem.ts';

/** The console: who may see a page, and why one is not shown. */
export const consoleProblems = {
  'sign-in-needed': {
    status: 401,
    retry: 'no',
    title: 'Nobody is signed in.',
    hint: 'Sign in, and ask again.',
    pt: { title: 'É preciso entrar.', hint: 'Entre com a sua conta e abra a página de novo.' },
  },
  'session-over': {
    status: 401,
    retry: 'no',
    title: 'The session is over.',
    hint: 'Sign in again. What was not sent yet has to be filled in once more.',
    pt: {
      title: 'A sessão terminou.',
      hint: 'Entre de novo. O que ainda não tinha sido enviado precisa ser preenchido outra vez.',
    },
  },
  'account-blocked': {
    status: 403,
    retry: 'no',
    title: 'The account is blocked.',
    hint: 'Ask the Cadastrador Autorizador of your body.',
    pt: { title: 'A conta está bloqueada.', hint: 'Procure o Cadastrador Autorizador do seu órgão.' },
  },
  'account-unknown': {
    status: 403,
    retry: 'no',
    title: 'Nobody with this CPF has an account.',
    hint: 'Ask for access. Nothing was registered.',
    pt: {
      title: 'Ainda não há conta para o seu CPF.',
      hint: 'O acesso precisa ser pedido antes: procure quem cadastra pessoas no seu órgão. Nada foi registrado em seu nome.',
    },
  },
  'govbr-stale': {
    status: 403,
    retry: 'no',
    title: 'This sign-in at Login Único is not under way in this browser, or not any more.',
    hint: 'Begin again.',
    pt: {
      title: 'Esta entrada pelo gov.br não vale mais.',
      hint: 'Ela já foi usada, passou dos dez minutos ou começou em outro navegador. Entre de novo.',
    },
  },
  'govbr-denied': {
    status: 403,
    retry: 'no',
    title: 'Login Único did not let them in, or they did not want to.',
    hint: 'Begin again, and agree at Login Único to what is asked.',
    pt: {
      title: 'A entrada não foi autorizada no gov.br.',
      hint: 'Se você desistiu, entre de novo e autorize o acesso. Se não desistiu, confira a sua conta no gov.br.',
    },
  },
  'govbr-unavailable': {
    status: 503,
    retry: 'later',
    title: 'Login Único does not answer.',
    hint: 'Try again. If it goes on, look whether this machine reaches the addresses in "console.loginUnico".',
    pt: {
      title: 'O gov.br não respondeu.',
      hint: 'Tente de novo em alguns minutos. Se continuar, avise a equipe que cuida da central.',
    },
  },
  'govbr-untrusted': {
    status: 502,
    retry: 'no',
    title: 'What Login Único answered is not what it should be, so nobody was let in.',
    hint: 'Begin again. If it goes on, the log has the reason: compare "console.loginUnico" with the registration.',
    pt: {
      title: 'A resposta do gov.br não pôde ser confirmada, e por isso ninguém entrou.',
      hint: 'Entre de novo. Se continuar, avise a equipe que cuida da central.',
    },
  },
  'govbr-clock': {
    status: 502,
    retry: 'later',
    title: 'What Login Único answered has run out by the clock of this machine.',
    hint: 'Begin again. If it goes on, set the clock of this machine.',
    pt: {
      title: 'A resposta do gov.br chegou vencida.',
      hint: 'Entre de novo. Se continuar, avise a equipe que cuida da central: o relógio do servidor pode estar errado.',
    },
  },
  'govbr-proxy': {
    status: 403,
    retry: 'no',
    title: 'They are signed in at Login Único in the name of somebody else.',
    hint: 'Sign in there with your own account.',
    pt: {
      title: 'Você entrou no gov.br em nome de outra pessoa.',
      hint: 'Aqui cada um entra com a própria conta. Saia do gov.br e entre de novo, sem usar a procuração.',
    },
  },
  'govbr-level-low': {
    status: 403,
    retry: 'no',
    title: 'The level of the account at gov.br is too low for the roles.',
    hint: 'Raise it in the gov.br app, then sign in again.',
    pt: {
      title: 'O nível da sua conta gov.br é baixo para o seu papel.',
      hint: 'Aumente o nível da conta no gov.br e entre de novo.',
    },
  },
  'govbr-level-untold': {
    status: 502,
    retry: 'no',
    title: 'Login Único does not tell the level of the account.',
    hint: 'Ask for the scope "govbr_confiabilidades_idtoken" in the registration, or set "console.loginUnico.levelsEndpoint".',
    pt: {
      title: 'O gov.br não informou o nível da sua conta.',
      hint: 'Entre de novo. Se continuar, avise a equipe que cuida da central.',
    },
  },
  'step-left': {
    status: 403,
    retry: 'no',
    title: 'Signing in is not done yet.',
    hint: 'Do the step that is left.',
    pt: { title: 'Falta um passo para entrar.', hint: 'Conclua o passo que falta.' },
  },
  'body-needed': {
    status: 403,
    retry: 'no',
    title: 'No body is chosen to work in, or none is left.',
    hint: 'Choose the body in which you work. If there is none, ask the Cadastrador Vinculador of your body.',
    pt: {
      title: 'Falta escolher o órgão em que você trabalha.',
      hint: 'Escolha o órgão. Se não houver nenhum, procure o Cadastrador Vinculador do seu órgão.',
    },
  },
  'second-factor-needed': {
    status: 403,
    retry: 'no',
    title: 'What your role may do needs a second factor.',
    hint: 'Register a second factor, and sign in with it.',
    pt: {
      title: 'O seu papel exige um segundo fator.',
      hint: 'Cadastre um segundo fator e entre com ele.',
    },
  },
  'role-lacking': {
    status: 403,
    retry: 'no',
    title: 'Your roles do not include this.',
    hint: 'If you need it for your work, ask the Cadastrador Autorizador of your body.',
    pt: {
      title: 'O seu papel não permite isto.',
      hint: 'Se precisa disto no trabalho, procure o Cadastrador Autorizador do seu órgão.',
    },
  },
  'purpose-needed': {
    status: 403,
    retry: 'no',
    title: 'No purpose was said.',
    hint: 'Say why you look, before you look.',
    pt: { title: 'Falta dizer a finalidade.', hint: 'Antes de consultar, diga por que vai consultar.' },
  },
  'grant-lacking': {
    status: 403,
    retry: 'no',
    title: 'The agreement of your body does not include this, or has ended.',
    hint: 'Choose another purpose, or ask who keeps the agreement of your body.',
    pt: {
      title: 'O acordo do seu órgão não inclui isto, ou terminou.',
      hint: 'Escolha outra finalidade, ou procure quem cuida do acordo no seu órgão.',
    },
  },
  'form-stale': {
    status: 403,
    retry: 'no',
    title: 'The form is not of this session.',
    hint: 'Open the page again, and fill in the form once more.',
    pt: {
      title: 'O formulário não é desta sessão.',
      hint: 'Abra a página de novo e preencha o formulário outra vez.',
    },
  },
  'foreign-origin': {
    status: 403,
    retry: 'no',
    title: 'The request came from a page of another site.',
    hint: 'Open this site directly, and do it there.',
    pt: {
      title: 'O pedido veio da página de outro site.',
      hint: 'Abra este site diretamente e faça por aqui.',
    },
  },
  'page-unknown': {
    status: 404,
    retry: 'no',
    title: 'There is no such page.',
    hint: 'Check the address, or start from the first page.',
    pt: { title: 'Esta página não existe.', hint: 'Confira o endereço, ou comece pela página inicial.' },
  },
  'quota-used-up': {
    status: 429,
    retry: 'later',
    title: 'As much was looked at today as the agreement allows.',
    hint: 'Go on tomorrow. In an emergency, say so where the purpose is said.',
    pt: {
      title: 'O limite de consultas de hoje foi atingido.',
      hint: 'Continue amanhã. Numa emergência, declare-a ao dizer a finalidade.',
    },
  },
  'own-doing': {
    status: 403,
    retry: 'no',
    title: 'Nobody judges themselves.',
    hint: 'Leave it to somebody else who has the role.',
    pt: { title: 'Ninguém decide sobre si mesmo.', hint: 'Deixe para outra pessoa que tenha o papel.' },
  },
  'done-already': {
    status: 409,
    retry: 'no',
    title: 'It was done already.',
    hint: 'Open the page again to see who did it.',
    pt: { title: 'Isto já foi feito.', hint: 'Abra a página de novo para ver quem fez.' },
  },
  'sign-in-busy': {
    status: 503,
    retry: 'later',
    title: 'Too many people sign in at this moment.',
    hint: 'Try again in some seconds.',
    pt: { title: 'Há muita gente entrando neste momento.', hint: 'Tente de novo em alguns segundos.' },
  },
  'too-many-cases': {
    status: 429,
    retry: 'no',
    title: 'So many cases as a session may have were opened in it.',
    hint: 'Go on in one of them, or sign out and in again.',
    pt: {
      title: 'Nesta sessão já foram abertas finalidades demais.',
      hint: 'Em Finalidade, continue numa das que já abriu; ou saia e entre de novo para abrir outras.',
    },
  },
  'too-many-emergencies': {
    status: 429,
    retry: 'later',
    title: 'So many emergencies of this person wait for their review as may do so in a day.',
    hint: 'Go on in one of them in the same session, or have an auditor review them.',
    pt: {
      title: 'Você já declarou muitas emergências hoje, e elas esperam revisão.',
      hint: 'Em Finalidade, continue numa que já declarou nesta sessão; ou peça a um auditor que reveja as que esperam. Depois de cada revisão, pode declarar outra.',
    },
  },
  'base-away': {
    status: 503,
    retry: 'later',
    title: 'The base does not answer, so nothing is shown or done.',
    hint: 'Ask again in a minute. A form that was sent was done as a whole or not at all: look before it is sent again.',
    pt: {
      title: 'O sistema está fora do ar neste momento.',
      hint: 'Tente de novo em um minuto. Se você enviou um formulário, ele foi feito por inteiro ou não foi feito: confira antes de enviar outra vez. Se continuar, avise a equipe que cuida da central.',
    },
  },
  'audit-unwritable': {
    status: 503,
    retry: 'later',
    title: 'What is looked at or done cannot be written down, so nothing is shown or done.',
    hint: 'Look at the base and its disk, then ask again. Nothing has to be restarted.',
    pt: {
      title: 'Nada foi mostrado nem feito, porque não pôde ser registrado.',
      hint: 'Tente de novo em alguns minutos. Se continuar, avise a equipe que cuida da central: pode faltar espaço em disco na base.',
    },
  },
} as const satisfies Record<string, Problem>;
