import type { Test } from 'tap';
import { failed } from '../../../shared/doctor/check.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { explain } from '../../../shared/explain.ts';
import { Fault } from '../../../shared/fault.ts';
import { type ProblemCode, problems } from '../../../shared/problems/catalogue.ts';

// Invariant 10: an error says what to do next. A command writes no log: who is sent to one finds none.

const codes = Object.keys(problems) as ProblemCode[];
const log = /\blogs?\b/i;

/** Errors as people are told of them, without a program around. */
export async function explained(t: Test): Promise<void> {
  void t.test(
    'a command names no log for an error that it met itself, but says what that would have',
    (t) => {
      const beneath = new Fault({
        name: 'DatabaseError',
        code: '22012',
        message: 'division by zero',
        column: 'nome',
      });
      let telling = 0;
      for (const code of codes) {
        const error = new GuaritaError(code, 'SQLSTATE 22012.', { cause: beneath });
        const check = failed('base', null, error);
        t.notMatch(explain(error), log, code);
        t.notMatch(`${check.message} ${check.next}`, log, code);
        t.notMatch(explain(new GuaritaError(code)), log, `${code}, of which nothing more is known`);
        if (!log.test(problems[code].pt.hint)) continue;
        telling += 1;
        t.match(explain(error), / {2}SQLSTATE 22012\.\n {2}.*division by zero coluna "nome"\n {2}→ /, code);
        t.match(check.message, /SQLSTATE 22012\. .*division by zero coluna "nome" \[/, code);
      }
      t.ok(telling > 0, 'of some the log of a service tells more');
      t.end();
    },
  );

  void t.test('what another process met is in the log of that one, and nothing of it here', (t) => {
    const said = explain(new GuaritaError('source-failed', 'SQLSTATE 22012.', { elsewhere: true }));
    t.match(said, '→ O erro do banco está no log de quem o lê');
    t.end();
  });

  void t.test('an error that nobody foresaw: its name and where it arose, but none of its words', (t) => {
    const said = explain(new TypeError('Fulano de Tal', { cause: new Error('Fulano de Tal') }));
    t.match(
      said,
      /^✗ Um erro não previsto\.\n {2}TypeError\n {4}at [^]*\n {2}Error\n {4}at [^]*\n {2}\[internal\]$/,
    );
    t.notMatch(said, 'Fulano');
    t.end();
  });
}
