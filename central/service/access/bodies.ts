import { randomUUID } from 'node:crypto';
import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import { createBody, moveCentral } from '../../base/access-layer/bodies.ts';
import { endBody } from '../../base/access-layer/body-end.ts';
import { addGrant, endGrant } from '../../base/access-layer/grants.ts';
import { listGrants } from '../../base/access-layer/listing.ts';
import { shortNamePattern } from '../../base/access-layer/people.ts';
import { grantFault, type NamedInGrant } from '../../console/access/grant-terms.ts';
import { putInOffice } from '../../console/body-authority/put-in-office.ts';
import { addressOf } from '../../console/pre-registration/address.ts';
import { act, bodyNamed, cpfSchema, recorded, text } from './act.ts';

const short = Type.String({ pattern: shortNamePattern });
const names = Type.Array(text, { maxItems: 200 });
const quota = Type.Integer({ minimum: 1, maximum: 1_000_000 });
const instant = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$' });

const newGrant = Type.Object({
  body: short,
  agreement: text,
  ...{ views: names, sensitive: names, hidden: names, states: names, purposes: names },
  ...{ personQuota: quota, bodyQuota: quota, from: instant, to: instant },
});

/** What an operator does about bodies and what they may see. */
export const bodyActs = {
  bodyAdd: act(Type.Object({ short, name: text }), ({ short, name }, context) =>
    recorded(context, async (tx) => {
      const id = await createBody(tx, { short, name }, context.now);
      if (id === null) {
        throw new GuaritaError('option-invalid', `Já existe, ou existiu, um órgão "${short}".`);
      }
      return { event: { event: 'body-added', body: id }, output: { id } };
    }),
  ),

  /** With it all that its people may there, by their next click. Throws `body-unknown`. */
  bodyEnd: act(Type.Object({ short, reason: text }), ({ short, reason }, context) =>
    recorded(context, async (tx) => {
      const { id } = await bodyNamed(tx, short);
      if ((await endBody(tx, { body: id, by: null, reason }, context.now)) !== null) {
        throw new GuaritaError(
          'option-invalid',
          'O órgão central não se encerra: sem ele ninguém cuida dos outros.',
        );
      }
      return { event: { event: 'body-ended', body: id }, terms: { reason }, output: null };
    }),
  ),

  /** From which all others are looked after; the one that was before is one like others. Throws `body-unknown`. */
  bodyCentral: act(Type.Object({ short, reason: text }), ({ short, reason }, context) =>
    recorded(context, async (tx) => {
      const { id } = await bodyNamed(tx, short);
      const moved = await moveCentral(tx, id);
      if (moved === 'there-already') throw new GuaritaError('option-invalid', 'O órgão já é o central.');
      return { event: { event: 'body-made-central', body: id, ...moved }, terms: { reason }, output: null };
    }),
  ),

  /** Who says yes to whoever asks for access in it; what waits for whom it had goes to the new one. */
  bodyAuthority: act(
    Type.Object({ short, name: text, office: text, email: text, cpf: cpfSchema }),
    ({ short, email, ...given }, context) => {
      const address = addressOf(email);
      if (address === null) throw new GuaritaError('option-invalid', 'O e-mail não é um endereço.');
      return recorded(context, async (tx) => {
        const { id: body } = await bodyNamed(tx, short);
        const put = await putInOffice(tx, { ...given, body, email: address, by: null }, context.now);
        if (put === 'ended') throw new GuaritaError('body-unknown', `"${short}" foi encerrado.`);
        return { event: { event: 'authority-set', of: body, ...put }, output: { brought: put.brought } };
      });
    },
  ),

  grantAdd: act(newGrant, ({ body, from, to, ...grant }, context) => {
    requireKnown(grant);
    const term = { from: new Date(from), to: new Date(to) };
    if (term.from >= term.to) throw new GuaritaError('option-invalid', 'O fim vem antes do início.');
    return recorded(context, async (tx) => {
      const { id: of } = await bodyNamed(tx, body);
      const id = randomUUID();
      await addGrant(tx, { ...grant, ...term, id, body: of }, context.now);
      const told = { views: grant.views, states: grant.states, purposes: grant.purposes, until: to };
      return { event: { event: 'grant-added', body: of, grant: id, ...told }, output: { id } };
    });
  }),

  grantEnd: act(Type.Object({ id: Type.String({ pattern: '^[0-9a-f-]{36}$' }) }), ({ id }, context) =>
    recorded(context, async (tx) => {
      if (!(await endGrant(tx, id, context.now))) {
        throw new GuaritaError('option-invalid', `Não há concessão "${id}" em vigor.`);
      }
      return { event: { event: 'grant-ended', grant: id }, output: null };
    }),
  ),

  grants: act(Type.Object({ body: Type.Union([short, Type.Null()]) }), ({ body }, { base }) =>
    base.snapshot((questions) => listGrants(questions, body)),
  ),
};

/** What no view, field or purpose is, would be granted to no effect. Throws `option-invalid`. */
function requireKnown(grant: NamedInGrant): void {
  const fault = grantFault(grant);
  if (fault !== null) throw new GuaritaError('option-invalid', fault.words);
}
