import type { Subject } from '../../base/national-layer/subject.ts';
import type { Rule } from '../rules/rule.ts';

/** Views of which each row is a subject of its own; those of others are of a person in custody. */
const ofThemselves = ['visitante', 'advogado', 'unidade'] as const;

/** By looking at what a rule finds something. */
export function subjectOf(rule: Rule): Subject {
  switch (rule.scope) {
    case 'row':
      return ofThemselves.find((view) => view === rule.view) ?? 'custodiado';
    case 'dossier':
    case 'visit':
      return 'custodiado';
    case 'visitor':
      return 'visitante';
    case 'unit':
      return 'unidade';
    case 'births':
      return 'nascimento';
    case 'shared':
      return rule.by === 'identity' ? 'identidade' : rule.by;
    case 'view':
      return 'visao';
    case 'person':
    case 'both':
      return 'pessoas';
  }
}
