import { array, assert, constantFrom, date, integer, property, string, tuple } from 'fast-check';
import type { Test } from 'tap';
import { identityOf } from '../../../central/treat/type/person-keys.ts';
import { nameCut, nameForm } from '../../../shared/cleaning/name-form.ts';
import { anyText } from '../../support/any-text.ts';

const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZÁÂÃÉÊÍÓÔÕÚÜÇ');
const word = array(constantFrom(...letters), { minLength: 1, maxLength: 12 }).map((all) => all.join(''));
const longName = array(word, { minLength: 30, maxLength: 40 }).map((words) => words.join(' '));
const birth = date({ min: new Date('1930-01-01'), max: new Date('2008-12-31'), noInvalidDate: true }).map(
  (day) => day.toISOString().slice(0, 10),
);

/** One way in which names are compared, by the rules within a register and by what registers share. */
export async function namesCompared(t: Test): Promise<void> {
  await t.test('a tail that a system cut is agreement', (t) => {
    const cut = integer({ min: nameCut, max: nameCut + 20 });
    assert(
      property(longName, longName, birth, cut, cut, (nome, mae, day, one, other) => {
        const whole = identityOf(nome, mae, day);
        const lost = identityOf(nome.slice(0, one).trimEnd(), mae.slice(0, other).trimEnd(), day);
        return whole !== null && whole === lost;
      }),
    );
    t.end();
  });

  await t.test(
    'case, marks, punctuation and blanks are no difference; a letter before the cut is one',
    (t) => {
      const same = identityOf('JOSÉ DA SILVA', 'ANA D ÁVILA', '1990-05-21');
      t.type(same, 'string');
      t.equal(identityOf('jose da  silva.', "Ana D'Ávila", '1990-05-21'), same);
      t.not(identityOf('JOSÉ DA SILVA', 'ANA D AVILLA', '1990-05-21'), same);
      t.not(identityOf('JOSÉ DA SILVA', 'ANA D ÁVILA', '1990-05-22'), same);
      t.not(identityOf('JOSÉ DA SILVA ANA', 'D ÁVILA', '1990-05-21'), same);
      t.end();
    },
  );

  await t.test('what has nothing to compare is not compared', (t) => {
    const [nome, mae, day] = ['JOSÉ DA SILVA', 'ANA D ÁVILA', '1990-05-21'] as const;
    for (const none of [null, '', ' ', '.-.']) {
      t.equal(identityOf(none, mae, day), null);
      t.equal(identityOf(nome, none, day), null);
    }
    t.equal(identityOf(nome, mae, null), null);
    t.end();
  });

  await t.test('any text has one form, which comes to itself', (t) => {
    assert(
      property(anyText(200), (text) => {
        const form = nameForm(text);
        return form === null || (form === nameForm(form) && form.length <= nameCut);
      }),
    );
    const astral = `A${'𐐀'.repeat(60)}`;
    t.equal(nameForm(nameForm(astral)), nameForm(astral));
    assert(
      property(tuple(string(), string()), ([one, other]) => {
        const [a, b] = [nameForm(one), nameForm(`${one} ${other}`)];
        return a === null || b === null || a.length === nameCut || b.startsWith(a);
      }),
    );
    t.end();
  });
}
