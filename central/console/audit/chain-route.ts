import Type from 'typebox';
import { writtenInstant } from '../../../shared/day.ts';
import { faultLines } from '../../../shared/journal/fault-lines.ts';
import { type ChainStart, chainStart } from '../../../shared/journal/signed-chain.ts';
import { auditBase } from '../../base/access-layer/audit.ts';
import { auditHeads } from '../../base/access-layer/audit-heads.ts';
import { type BaseVerdict, verifyAudit } from '../../base/access-layer/audit-verify.ts';
import { notice } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { facts } from '../html/parts.ts';
import { route } from '../route.ts';

/** From how many days ago the chain is checked where not all of it is asked for. */
const days = 31;

/**
 * Whether the audit is one chain, and goes through the entries that were signed. Whether the signatures are central's it
 * cannot say: it has no key that whoever changed the base could not have exchanged as well.
 */
export const auditChainRoute = route({
  ...{ method: 'GET', path: '/auditoria/cadeia', who: 'member', roles: ['auditor'] },
  query: Type.Object({ desde: Type.Optional(Type.Literal('inicio')) }),
  async answer({ base, query, now, signal }) {
    const { baseId, heads } = await base.snapshot(
      async (questions) => ({ baseId: await auditBase(questions), heads: await auditHeads(questions) }),
      { use: 'pages' },
    );
    const first = new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10);
    const known = heads.filter(({ day }) => day < first).at(-1);
    const after: ChainStart = query.desde === 'inicio' || known === undefined ? chainStart : known;
    const verdict = await verifyAudit(base, baseId, { keys: null, after, now, signal });
    return {
      title: 'Cadeia da auditoria',
      event: {
        event: 'audit-verified',
        after: after.id,
        entries: verdict.entries,
        faults: verdict.faults.length,
      },
      main: chainPage(verdict, after.id),
    };
  },
});

function chainPage({ entries, first, last, signed, unsigned, faults }: BaseVerdict, after: number): Html {
  return html`<h1>Cadeia da auditoria</h1>
    ${
      faults.length === 0
        ? notice(
            'success',
            'A cadeia está inteira: nenhum registro conferido falta, foi trocado ou saiu da ordem.',
          )
        : notice(
            'danger',
            html`A auditoria não é a que foi registrada. Avise a equipe que cuida da central.
            <ul>${faultLines(faults).map((line) => html`<li>${line.trim()}</li>`)}</ul>`,
          )
    }
    ${facts([
      ['Conferidos', `${entries} registros${after > 0 ? `, depois do registro ${after}` : ''}`],
      ['De', first === null ? '–' : writtenInstant(first)],
      ['Até', last === null ? '–' : writtenInstant(last.at)],
      [
        'Último assinado',
        signed === null ? 'nenhum' : `registro ${signed.id}, de ${writtenInstant(signed.at)}`,
      ],
      [
        'Ainda sem assinatura',
        unsigned === null ? 'nenhum' : `${unsigned.entries}, desde ${writtenInstant(unsigned.since)}`,
      ],
    ])}
    <p>A assinatura em si confere-se fora do console, com a chave da central: <code>guarita-central audit verify</code>.</p>
    <p>${after > 0 && html`<a href="/auditoria/cadeia?desde=inicio">Conferir desde o início</a> · `}<a href="/auditoria">Voltar à auditoria</a></p>`;
}
