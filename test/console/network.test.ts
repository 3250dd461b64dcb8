// Tier: quick. Who is linked with whom, on PostgreSQL: by random worlds, and as pages.
import t from 'tap';
import { postgresBases } from '../support/bases.ts';
import { testPostgres } from '../support/postgres.ts';
import { hiddenIsNowhere, linksAreFound } from './network/links-found.ts';
import { networkPages } from './network/pages.ts';

const server = await testPostgres(t);
const { shared: base } = await postgresBases(t, server, 'whole');
const { shared: other } = await postgresBases(t, server, 'reduced');

void t.test('links and chains are those that going through all rows finds', (t) => linksAreFound(t, base));
void t.test('what a body does not see is in no network and no chain', (t) => hiddenIsNowhere(t, base, other));
void t.test('the pages of a network', (t) => networkPages(t, base));
