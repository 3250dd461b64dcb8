/** What comparisons look at and blocking rules hold equal: where both name one, the one says nothing of the other. */
export type Field =
  | 'given'
  | 'surnames'
  | 'mother'
  | 'father'
  | 'birth'
  | 'sex'
  | 'cpf'
  | 'rg'
  | 'rji'
  | 'oab'
  | 'birthplace'
  | 'other names'
  | `own ${string}`;
