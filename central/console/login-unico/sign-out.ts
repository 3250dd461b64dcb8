import { GuaritaError } from '../../../shared/errors.ts';
import { html } from '../html/html.ts';
import { route } from '../route.ts';
import { paths } from './paths.ts';

/** Here goes on whose session, opened by Login Único, has just ended: a form may not lead to gov.br, a link may. */
const offer = route({
  method: 'GET',
  path: paths.signOut,
  who: 'anyone',
  answer: async () => ({
    title: 'Você saiu',
    main: html`<h1>Você saiu do Guarita</h1>
      <p>A sua conta gov.br continua aberta neste navegador: quem usar este computador depois pode entrar com ela.</p>
      <p><a class="br-button primary" href="${paths.signOutThere}">Sair também do gov.br</a></p>
      <p><a href="/entrar">Entrar de novo</a></p>`,
  }),
});

/** By the browser, as Login Único asks: with the address to come back to that is in the registration. */
const signOut = route({
  method: 'GET',
  path: paths.signOutThere,
  who: 'anyone',
  answer: async ({ signIn: { loginUnico } }) => {
    if (loginUnico === null) throw new GuaritaError('page-unknown');
    return { goTo: loginUnico.signOutAt() };
  },
});

const signedOut = route({
  method: 'GET',
  path: paths.signedOut,
  who: 'anyone',
  answer: async () => ({
    title: 'Você saiu do gov.br',
    main: html`<h1>Você saiu do gov.br</h1>
      <p>Neste navegador, ninguém mais entra com a sua conta sem a sua senha.</p>
      <p><a href="/entrar">Entrar de novo</a></p>`,
  }),
});

export const signOutRoutes = [offer, signOut, signedOut];
