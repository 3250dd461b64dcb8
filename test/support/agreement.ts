import { beginAgreement } from '../../agent/enrolment/begin-agreement.ts';
import { openHome } from '../../agent/home.ts';
import { generateKeyPair } from '../../shared/signing/keys.ts';

const day = 86_400_000;

/** Puts an agreement in force into the folder of an agent that does not run: with some central, on its first views. */
export async function agreeIn(state: string, views: readonly string[] = ['custodiado']): Promise<void> {
  const home = await openHome({ id: 'AL', state });
  const term = { begin: new Date(Date.now() - day), end: new Date(Date.now() + 400 * day) };
  const central = { key: generateKeyPair(), certificate: null };
  await beginAgreement(home, 'AL', { act: '23701421', term, views, central });
  home.close();
}
