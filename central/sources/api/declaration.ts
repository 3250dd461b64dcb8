import Type, { type Static } from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import { isLoopback } from '../../../shared/loopback.ts';
import { readConfig } from '../../../shared/options/read-config.ts';
import { apiSchema } from './api-schema.ts';
import { columnsOf } from './records.ts';
import { type ApiView, apiViewSchema } from './view-schema.ts';

/** A state's own API as it was declared (rules 3 and 4): options as all others are, descriptions in Portuguese. */
export const declarationSchema = Type.Object(
  {
    api: apiSchema,
    views: Type.Array(apiViewSchema, { minItems: 1, description: 'As visões que a API dá.' }),
  },
  { additionalProperties: false },
);

export type ApiDeclaration = Static<typeof declarationSchema>;

/** Rule 3 is over VPN, rule 4 over the internet. */
export type ApiRule = 3 | 4;

/** Throws `config-unreadable`, `config-invalid`, `secret-exposed` and, where the rule forbids it, `api-untrusted`. */
export function readDeclaration(file: string, rule: ApiRule): ApiDeclaration {
  const declaration = readConfig(declarationSchema, file, {}, '');
  const faults = faultsOf(declaration);
  if (faults.length > 0) throw new GuaritaError('config-invalid', faults.join(' '));
  requireAllowed(declaration, rule);
  return declaration;
}

/** What no schema says, in the words of the declaration. */
function faultsOf({ api, views }: ApiDeclaration): string[] {
  const { auth, tls } = api;
  const names = views.map(({ name }) => name);
  const twice = names.filter((name, place) => names.indexOf(name) !== place);
  return [
    ...(auth === undefined ? [] : oneOf('api.auth', Object.keys(auth))),
    ...((tls?.certificate === undefined) === (tls?.key === undefined)
      ? []
      : ['api.tls: certificate e key vão juntos.']),
    ...(tls?.ca === undefined || tls.pin === undefined ? [] : ['api.tls: ou ca, ou pin.']),
    ...twice.map((name) => `views: "${name}" está duas vezes.`),
    ...views.flatMap(faultsOfView),
  ];
}

function faultsOfView(view: ApiView): string[] {
  const { name, key, columns, list, item } = view;
  const where = `views.${name}`;
  const inItem = [...(item?.path ?? '').matchAll(/\{([^{}]+)\}/g)].map(([, column = '']) => column);
  const known = columnsOf({ key, columns }).map(({ name: each }) => each.toLowerCase());
  const twice = known.filter((each, place) => known.indexOf(each) !== place);
  return [
    ...twice.map((column) => `${where}: a coluna "${column}" está duas vezes.`),
    ...oneOf(`${where}.list.next`, Object.keys(list.next)),
    ...(list.total === undefined ? [] : oneOf(`${where}.list.total`, Object.keys(list.total))),
    ...(item === undefined || key.every((column) => inItem.includes(column))
      ? []
      : [
          `${where}.item.path: falta a chave entre chaves: ${key.map((column) => `{${column}}`).join(', ')}.`,
        ]),
    ...(view.soap === undefined ? [] : faultsOfSoap(where, view)),
    ...inItem
      .filter((column) => !key.includes(column))
      .map((column) => `${where}.item.path: "${column}" não é da chave.`),
  ];
}

function faultsOfSoap(where: string, { list, item }: ApiView): string[] {
  return [
    ...(list.records === undefined ? [`${where}.list.records: com soap, diga onde estão os registros.`] : []),
    ...(list.next.link !== undefined || list.next.url !== undefined
      ? [`${where}.list.next: com soap, só none, page, offset ou cursor.`]
      : []),
    ...(item === undefined ? [] : [`${where}.item: não com soap.`]),
  ];
}

function oneOf(where: string, given: readonly string[]): string[] {
  if (given.length === 1) return [];
  return [given.length === 0 ? `${where}: diga qual.` : `${where}: só um entre ${given.join(', ')}.`];
}

/** Throws `api-untrusted` for what may not go over the internet. */
function requireAllowed({ api: { base, auth, tls } }: ApiDeclaration, rule: ApiRule): void {
  if (rule === 3) return;
  const isPlain = (url: string) => !url.startsWith('https:') && !isLoopback(new URL(url).hostname);
  if (isPlain(base)) throw new GuaritaError('api-untrusted', 'api.base não é https.');
  if (auth?.oauth2 !== undefined && isPlain(auth.oauth2.tokenUrl)) {
    throw new GuaritaError('api-untrusted', 'api.auth.oauth2.tokenUrl não é https.');
  }
  if (tls?.pin !== undefined) throw new GuaritaError('api-untrusted', 'api.tls.pin é só da regra 3.');
  if (auth === undefined && tls?.certificate === undefined) {
    throw new GuaritaError('api-untrusted', 'Falta api.auth: pela internet, ninguém entra sem credencial.');
  }
}
