import type { Test } from 'tap';
import { rules } from '../../../central/treat/rules/all.ts';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import { cases, nameOf, ruleOf } from './cases.ts';
import { judge, told } from './scene.ts';

/** Each rule finds what breaks it, and nothing where nearly something does. */
export function ruleCases(t: Test): void {
  for (const each of cases) {
    const rule = ruleOf(each);
    const name = nameOf(rule);
    const hits = judge(rule, each.breaks);
    t.same(hits.map(told).sort(), [...(each.finds ?? ['1'])].sort(), `${name} finds what breaks it`);
    t.ok(
      hits.every(({ view }) => view === rule.view),
      `${name} finds rows of its view`,
    );
    for (const [place, scene] of each.nearly.entries()) {
      t.same(judge(rule, scene).map(told), [], `${name} does not find the nearly wrong, ${place + 1}`);
    }
  }
  t.end();
}

/** What is said of rules is whole: cases, codes, columns, words. */
export function rulesAreComplete(t: Test): void {
  const withCases = new Set(cases.map(ruleOf).map(nameOf));
  t.same(
    rules.map(nameOf).filter((name) => !withCases.has(name)),
    [],
    'each has a case on either side',
  );
  t.ok(
    cases.every(({ nearly }) => nearly.length > 0),
    'each case has one that is nearly so',
  );
  t.same(new Set(rules.map(nameOf)).size, rules.length, 'a code is used once for a view');
  for (const rule of rules) {
    const same = rules.filter(({ code }) => code === rule.code);
    t.ok(
      same.every(({ severity }) => severity === rule.severity),
      `${rule.code} is as grave in every view`,
    );
    t.match(rule.code, /^[A-Z]\d\d[a-e]?$/);
  }
  const columns = new Set(
    standardViews.flatMap(({ name, columns: of }) => of.map((column) => `${name}.${column.name}`)),
  );
  for (const rule of rules) {
    const { needs, needsOne = [] } = rule;
    t.same(
      [...needs, ...needsOne].filter((column) => !columns.has(column)),
      [],
      `${nameOf(rule)} needs columns`,
    );
    t.ok(needs.length + needsOne.length > 0, `${nameOf(rule)} is not applicable without something`);
  }
  t.end();
}

/** Words that no technician of a state has to know, and what would not be Portuguese. */
const jargon = /\b(null|row|id|JSON|array|string|view|join|the|of|and|is|not)\b|undefined|[`_{}<>]/i;

export function ruleTexts(t: Test): void {
  for (const rule of rules) {
    for (const text of [rule.wrong, rule.todo]) {
      t.ok(text.length <= 110 && text.length > 10, `${nameOf(rule)} is short: ${text.length}`);
      t.match(text, /^\p{Lu}.*[\p{L}\p{N}]\.$/u, `${nameOf(rule)} is a sentence`);
      t.notMatch(text, jargon, `${nameOf(rule)} is plain`);
    }
  }
  t.end();
}
