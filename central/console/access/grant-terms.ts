import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import { sensitive as allSensitive } from '../../base/sight/sensitive.ts';
import { isPurpose, purposes } from './purposes.ts';

/** What a grant names. */
export type NamedInGrant = Readonly<
  Record<'views' | 'sensitive' | 'hidden' | 'states' | 'purposes', readonly string[]>
>;

/**
 * The first thing that a grant would name to no effect, since no view, field or purpose is called so; null: it names what
 * there is. Its words are for people, in Portuguese, without what would be a value.
 */
export function grantFault({
  views,
  sensitive,
  hidden,
  states,
  purposes: why,
}: NamedInGrant): { readonly field: keyof NamedInGrant; readonly words: string } | null {
  const known = standardViews.map(({ name }) => name);
  const fields = standardViews.flatMap(({ name, columns }) =>
    // By its key a row is told from others: it is no field to hide.
    columns.filter(({ kind }) => kind !== 'key').map((column) => `${name}.${column.name}`),
  );
  const isOfView = (one: string) => views.includes(one.split('.', 1)[0] ?? '');
  const wrong = (
    field: keyof NamedInGrant,
    what: string,
    given: readonly string[],
    is: (one: string) => boolean,
    there: string,
  ) => {
    const found = given.find((one) => !is(one));
    return found === undefined ? null : { field, words: `${what} "${found}"; há: ${there}.` };
  };
  if (views.length === 0) return { field: 'views', words: 'Diga ao menos uma visão e uma finalidade.' };
  if (why.length === 0) return { field: 'purposes', words: 'Diga ao menos uma visão e uma finalidade.' };
  return (
    wrong('views', 'Visão', views, (one) => known.includes(one), known.join(', ')) ??
    wrong(
      ...(['hidden', 'Campo', hidden] as const),
      (one) => fields.includes(one) && isOfView(one),
      'os das visões dadas, como custodiado.cpf',
    ) ??
    // Others are shown anyway: named here they would seem to be kept back elsewhere.
    wrong(
      ...(['sensitive', 'Campo sensível', sensitive] as const),
      (one) => Object.hasOwn(allSensitive, one) && isOfView(one),
      Object.keys(allSensitive).join(', '),
    ) ??
    wrong('states', 'Estado', states, (one) => /^[A-Z]{2}$/.test(one), 'siglas como AL') ??
    wrong('purposes', 'Finalidade', why, isPurpose, Object.keys(purposes).join(', '))
  );
}
