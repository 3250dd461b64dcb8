// Tier: quick. Pure: reads the sources for what they write.
import { globSync, readFileSync } from 'node:fs';
import t from 'tap';
import { termsLine } from '../../central/console/audit/entry-parts.ts';
import { eventNames, termNames } from '../../central/console/audit/names.ts';
import { countWords, doneWords } from '../../central/console/audit/words.ts';
import { problemWords } from '../../central/console/problem-words.ts';
import { type ProblemCode, problems } from '../../shared/problems/catalogue.ts';
import { consoleProblems } from '../../shared/problems/console.ts';

const root = new URL('../../central/', import.meta.url).pathname;
const writers = '{console,service/access,base/access-layer,commands/access,commands/audit}/**/*.ts';
/** What stands for a pattern's part in whatever writes entries, the lists of words aside. */
const written = (pattern: RegExp, files = writers) =>
  globSync(files, { cwd: root, exclude: ['console/audit/names.ts'] })
    .map((path) => readFileSync(root + path, 'utf8'))
    .flatMap((text) => [...text.matchAll(pattern)].map(([, one = '']) => one));

void t.test('every event and term that is written down has a word', (t) => {
  const events = new Set(written(/\bevent: '([^']+)'/g));
  const terms = new Set(
    [
      ...written(/^.*\bterms: \{([^{}]*)\}/gm),
      ...written(/^ *said: \{([^{}]*)\}/gm),
      ...written(/const asked = \{([^{}]*)\}/g, 'commands/audit/*.ts'),
    ]
      .flatMap((parts) => parts.split(','))
      .flatMap((part) => /^\s*(\w+)\s*(?::|$)/.exec(part)?.[1] ?? []),
  );
  t.ok(events.size > 30 && terms.size > 5, 'they are found');
  t.same(
    [...events].filter((event) => !Object.hasOwn(eventNames, event)),
    [],
  );
  t.same(
    [...terms].filter((term) => !Object.hasOwn(termNames, term)),
    [],
  );
  t.end();
});

void t.test('what was refused is told by its title, whatever it was', (t) => {
  for (const code of Object.keys(problems) as ProblemCode[]) {
    const told = doneWords({ problem: code });
    t.notOk(told.includes(code), told);
    t.ok(told.includes(problemWords(code).title.replace(/\.$/, '')), told);
  }
  t.equal(doneWords({ problem: 'of-another-version' }), 'teve um pedido recusado: of-another-version');
  t.end();
});

void t.test('what the catalogue says to who runs agents and servers no page says to people', (t) => {
  for (const code of [
    'base-unavailable',
    'request-invalid',
    'request-too-large',
    'too-many-requests',
    'internal',
  ] as const) {
    const { title, hint } = problemWords(code);
    t.not(title, problems[code].pt.title);
    t.notMatch(`${title} ${hint}`, /agente|login|\blog\b|openapi|Retry-After/);
  }
  for (const code of Object.keys(consoleProblems) as ProblemCode[]) {
    t.match(problemWords(code), { ...problems[code].pt, status: problems[code].status });
  }
  t.end();
});

void t.test('one is one', (t) => {
  t.equal(countWords({ found: 1 }), '1 achado');
  t.equal(countWords({ found: 0 }), '0 achados');
  t.equal(countWords({ found: 2, shown: 1 }), '2 achados, 1 mostrado');
  t.equal(countWords({ found: 1, shown: 2 }), '1 achado, 2 mostrados');
  t.end();
});

void t.test('of what was asked for neither names nor codes are English', (t) => {
  const asked = {
    event: 'signed-out',
    purpose: 'x',
    from: '2026-05-29T03:00:00.000Z',
    reference: 'n. 1',
    records: ['a', 5],
  };
  const terms = JSON.stringify(asked);
  t.equal(termsLine(terms), 'acontecimento: saiu; finalidade: x; desde: 29/05/2026, 00:00; referência: n. 1');
  t.equal(termsLine(terms, ['reference', 'event', 'purpose', 'from']), '');
  t.equal(termsLine('{"records":["a",5]}', [], true), 'registros: a, 5');
  for (const odd of [
    'null',
    '[]',
    '5',
    '"x"',
    '{"records":5}',
    '{"from":"x"}',
    '{"from":5}',
    '{"purpose":{}}',
  ]) {
    t.type(termsLine(odd, [], true), 'string', odd);
  }
  t.end();
});
