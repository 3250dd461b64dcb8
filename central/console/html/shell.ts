import type { Asker } from '../asker.ts';
import type { Allowed } from '../enforce.ts';
import type { Assets } from './assets.ts';
import { caseBar } from './case-bar.ts';
import { postButton } from './form.ts';
import { type Html, html } from './html.ts';
import { navigation } from './navigation.ts';

export interface Shell {
  readonly title: string;
  readonly main: Html;
  readonly assets: Assets;
  readonly asker: Asker;
  readonly allowed: Allowed | null;
}

/** A whole page: who is at work, on what, where they may go; then what the page is about. */
export function shell({ title, main, assets, asker, allowed }: Shell): Html {
  const session = asker.session?.stage === 'aberta' && allowed !== null ? asker.session : null;
  return html`<!doctype html>
<html lang="pt-BR">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Guarita</title>
<link rel="stylesheet" href="${assets.style.path}">
<script src="${assets.script.path}" type="module"></script>
</head>
<body>
<a class="pular" href="#conteudo">Ir para o conteúdo</a>
<header class="br-header">
  <div class="cabecalho">
    <p class="marca"><a href="/">Guarita</a> <span>Base prisional nacional</span></p>
    <p class="aviso-restrito">Acesso restrito. Toda consulta é registrada.</p>
    ${
      session !== null &&
      html`<div class="quem">
      <a href="/conta">${session.person.name}</a>
      ${allowed?.place && html`<span title="${allowed.place.name}">${allowed.place.short}</span>`}
      ${postButton({ action: '/sair', token: asker.cookies.formToken ?? '', label: 'Sair' })}
    </div>`
    }
  </div>
  ${session !== null && navigation(allowed)}
</header>
${session !== null && caseBar(allowed)}
<main id="conteudo" tabindex="-1">
${main}
</main>
<footer class="br-footer"><p><a href="/ajuda">Ajuda</a></p></footer>
</body>
</html>`;
}
