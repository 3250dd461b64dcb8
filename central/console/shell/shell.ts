import type { Asker } from '../asker.ts';
import type { Allowed } from '../enforce.ts';
import { askHelpAt, helpAt } from '../help-links.ts';
import type { Assets } from '../html/assets.ts';
import { postButton } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { icon } from '../html/icons.ts';
import { caseBar } from './case-bar.ts';
import { navigation } from './navigation.ts';
import { printFoot } from './print-foot.ts';

export interface Shell {
  readonly title: string;
  readonly main: Html;
  readonly assets: Assets;
  readonly asker: Asker;
  readonly allowed: Allowed | null;
  /** Of the page, without what was asked for. */
  readonly path: string;
}

/** A whole page: who is at work, on what, where they may go; then what the page is about. */
export function shell({ title, main, assets, asker, allowed, path }: Shell): Html {
  const session = allowed?.session?.stage === 'aberta' ? allowed.session : null;
  const place = allowed?.place ?? null;
  return html`<!doctype html>
<html lang="pt-BR">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · Guarita</title>
<link rel="icon" href="${assets.icon.path}" type="image/svg+xml">
<link rel="stylesheet" href="${assets.style.path}">
<script src="${assets.script.path}" type="module"></script>
</head>
<body>
<a class="pular" href="#conteudo">Ir para o conteúdo</a>
<header class="cabecalho">
  <p class="aviso-restrito"><span class="largura">Acesso restrito. Toda consulta é registrada.</span></p>
  <div class="largura topo">
    <p class="marca"><a href="/"><img src="${assets.icon.path}" alt="" width="32" height="32">Guarita</a> <span class="lema">Base prisional nacional</span></p>
    ${
      session !== null &&
      html`<div class="quem">
      <a href="/conta">${icon('user')} <bdi>${session.person.name}</bdi></a>
      ${place !== null && html`<span class="orgao" title="${place.name}">${place.short}</span>`}
      ${postButton({ action: '/sair', token: asker.cookies.formToken ?? '', label: 'Sair' })}
    </div>`
    }
  </div>
  ${session !== null && navigation(allowed, path)}
</header>
${session !== null && caseBar(allowed, asker.here)}
<main id="conteudo" class="largura" tabindex="-1">
${main}
</main>
<footer class="rodape"><p class="largura"><span>Guarita, base prisional nacional</span> <span><a href="${helpAt(path)}">Ajuda</a> · <a href="${askHelpAt(path)}">Pedir ajuda</a></span></p></footer>
${session !== null && printFoot({ session, allowed, now: asker.now })}
</body>
</html>`;
}
