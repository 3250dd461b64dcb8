import { randomUUID } from 'node:crypto';
import { openAlarms } from '../../../central/base/access-layer/alarms.ts';
import { waitingEmergencies } from '../../../central/base/access-layer/emergencies.ts';
import { addTotp, factorsOf } from '../../../central/base/access-layer/factors.ts';
import { setPassword } from '../../../central/base/access-layer/passwords.ts';
import { blockPerson } from '../../../central/base/access-layer/people.ts';
import { giveRole } from '../../../central/base/access-layer/roles.ts';
import { hashPassword } from '../../../central/console/access/passwords.ts';
import { newTemporaryPassword } from '../../../central/console/access/temporary-password.ts';
import { raiseAll } from '../../../central/console/alarms/raise.ts';
import { browserOf, type ConsoleScene, madeBody, madeCase, madePerson } from '../scene.ts';
import type { ListedPage, Somebody } from './listed-page.ts';

const day = 24 * 60 * 60_000;

/** What a page is about is there before it is opened. */
type Before = (scene: ConsoleScene, who: Somebody) => Promise<string | undefined>;

const withPassword: Before = async ({ base, now }, { person }) => {
  const hash = await hashPassword('girafas comem jaca');
  await base.transaction((tx) => setPassword(tx, { person, hash, temporaryUntil: null }, now()));
  return undefined;
};

const withFactors: Before = async ({ base, now }, { person }) => {
  await base.transaction(async (tx) => {
    for (const name of [
      'Celular do trabalho',
      "Celular d'Ávila, o que fica no cofre do setor de protocolo",
    ]) {
      await addTotp(tx, { id: randomUUID(), person, name, sealed: Buffer.alloc(48, 1), lastStep: 0 }, now());
    }
  });
  return undefined;
};

const oneFactor: Before = async (scene, who) => {
  await withFactors(scene, who);
  const [one] = await scene.base.snapshot((questions) => factorsOf(questions, who.person));
  return `/segundo-fator/meus/${one?.id}`;
};

const withOtherSessions: Before = async (scene, who) => {
  await withPassword(scene, who);
  for (let others = 0; others < 2; others += 1) await browserOf(scene, who.person, { body: who.body });
  return undefined;
};

const inTwoBodies: Before = async (scene, { person }) => {
  const { base, now } = scene;
  const { id: body } = await madeBody(scene);
  const term = { from: new Date(now().getTime() - day), until: new Date(now().getTime() + 365 * day) };
  await base.transaction((tx) =>
    giveRole(tx, { id: randomUUID(), person, body, role: 'estatistico', ...term, givenBy: null }),
  );
  return undefined;
};

/** Somebody else's emergency, in which they looked, and what it raised. */
const anEmergency: Before = async (scene, { body }) => {
  const other = await madePerson(scene, body, ['agente']);
  const browser = await browserOf(scene, other.id, { body });
  const number = await madeCase(scene, browser.session, 'execucao-penal', true);
  await browser.get(`/caso/${number}/t/pessoas`);
  const waiting = await scene.base.snapshot(waitingEmergencies);
  return `/emergencias/${waiting.find(({ person }) => person.id === other.id)?.id}`;
};

const anAlarm: Before = async (scene, who) => {
  await anEmergency(scene, who);
  await raiseAll(scene.base, scene.now());
  const [alarm] = await scene.base.snapshot(openAlarms);
  return `/alarmes/${alarm?.id}`;
};

const anEntry: Before = async (scene, { person, body }) => {
  const other = await browserOf(scene, person, { body });
  await other.get('/auditoria?finalidade=execucao-penal');
  const [last] = await scene.base.snapshot((questions) =>
    questions.query<{ number: string }>('SELECT max(numero)::text AS number FROM acesso.auditoria'),
  );
  return `/auditoria/${last?.number}`;
};

const only = (before: Before): Before => {
  return async (scene, who) => {
    await before(scene, who);
    return undefined;
  };
};

const [agent, auditor] = [['agente'], ['auditor']] as const;

/** Pages of the console's own frame: signing in, the account, purposes, audit, help. */
export const framePages: readonly ListedPage[] = [
  { name: 'entrar', path: '/entrar', roles: null },
  { name: 'entrar-saiu', path: '/entrar?saiu=sim', roles: null },
  { name: 'sair-govbr', path: '/sair/govbr', roles: null },
  { name: 'sair-govbr-pronto', path: '/sair/govbr/pronto', roles: null },
  {
    ...{ name: 'senha-provisoria', path: '/senha', roles: agent, stage: 'trocar-senha' },
    before: async ({ base, now }, { person }) => {
      const { hash } = await newTemporaryPassword();
      await base.transaction((tx) =>
        setPassword(tx, { person, hash, temporaryUntil: new Date(now().getTime() + day) }, now()),
      );
      return undefined;
    },
  },
  { name: 'senha', path: '/senha', roles: agent, before: withPassword },
  { name: 'senha-nenhuma', path: '/senha', roles: agent },
  { name: 'fator', path: '/segundo-fator', roles: auditor, stage: 'segundo-fator', before: withFactors },
  { name: 'fator-primeiro', path: '/segundo-fator/novo', roles: auditor, stage: 'cadastrar-fator' },
  { name: 'fator-novo', path: '/segundo-fator/novo', roles: agent },
  { name: 'fatores-nenhum', path: '/segundo-fator/meus', roles: agent },
  { name: 'fatores', path: '/segundo-fator/meus', roles: agent, before: withFactors },
  { name: 'fator-um', path: '/segundo-fator/meus', roles: agent, before: oneFactor },
  { name: 'conta', path: '/conta', roles: ['revisor', 'auditor'] },
  { name: 'conta-sessoes', path: '/conta?feito=senha', roles: agent, before: withOtherSessions },
  { name: 'consultas', path: '/conta/consultas', roles: auditor, before: only(anEntry) },
  { name: 'consultas-dia', path: '/conta/consultas?dia=ontem', roles: agent, status: 422 },
  { name: 'orgao', path: '/orgao', roles: agent },
  { name: 'orgao-dois', path: '/orgao', roles: agent, before: inTwoBodies },
  { name: 'orgao-nenhum', path: '/orgao', roles: [] },
  { name: 'finalidade', path: '/finalidade', roles: agent },
  { name: 'finalidade-em-curso', path: '/finalidade', roles: agent, onCase: 'emergency', isBeside: true },
  { name: 'finalidade-emergencia', path: '/finalidade/emergencia', roles: agent },
  { name: 'caso', path: '', roles: agent, onCase: 'case' },
  { name: 'caso-emergencia', path: '', roles: agent, onCase: 'emergency' },
  { name: 'emergencias', path: '/emergencias', roles: auditor, before: only(anEmergency) },
  { name: 'emergencia', path: '/emergencias', roles: auditor, before: anEmergency },
  { name: 'alarmes', path: '/alarmes', roles: auditor, before: only(anAlarm) },
  { name: 'alarme', path: '/alarmes', roles: auditor, before: anAlarm },
  { name: 'auditoria', path: '/auditoria', roles: auditor },
  { name: 'auditoria-vazia', path: '/auditoria?evento=x', roles: auditor },
  { name: 'auditoria-registro', path: '/auditoria', roles: auditor, before: anEntry },
  { name: 'auditoria-cadeia', path: '/auditoria/cadeia', roles: auditor },
  { name: 'ajuda', path: '/ajuda', roles: null },
  { name: 'ajuda-busca', path: '/ajuda?q=perdi%20o%20celular', roles: agent },
  { name: 'ajuda-nada', path: '/ajuda?q=xyzzy', roles: null },
  { name: 'ajuda-tudo', path: '/ajuda/tudo', roles: null },
  { name: 'ajuda-votos', path: '/ajuda/votos', roles: ['cadastrador-vinculador'] },
  // The other articles are of the same parts, and all of them are on the page to be printed.
  { name: 'ajuda-artigo', path: '/ajuda/aplicativo-autenticador', roles: null },
  { name: 'ajuda-voto', path: '/ajuda/finalidade', roles: agent },
  { name: 'erro-sem-orgao', path: '/', roles: [], status: 403 },
  {
    ...{ name: 'erro-bloqueada', path: '/', roles: agent, status: 403 },
    before: async ({ base, now }, { person }) => {
      await base.transaction((tx) => blockPerson(tx, person, 'sob apuração', now()));
      return undefined;
    },
  },
  {
    ...{ name: 'erro-sessao', path: '/', roles: agent, status: 401 },
    before: async ({ base }, { person }) => {
      await base.transaction((tx) =>
        tx.query('UPDATE acesso.sessao SET limite = criada WHERE pessoa = $1', [person]),
      );
      return undefined;
    },
  },
];
