import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { type ConsoleScene, consoleScene } from '../scene.ts';
import { ids } from './nation.ts';
import { hiddenOf, type OnCase, onCase, textOf, views } from './reviewers.ts';

const al = { states: ['AL'] };

/**
 * A body that sees one state alone, beside one over a base that has no other: all that they are asked and told is the
 * same.
 */
export async function seesLess(t: Test, scene: ConsoleScene, alone: Base): Promise<void> {
  const sceneAlone = await consoleScene(t, alone);
  const [limited, whole] = [await onCase(scene, ['revisor'], al), await onCase(sceneAlone)];

  await t.test('is asked what a base without the others asks, in the same words', async (t) => {
    const pages = await Promise.all([limited, whole].map(queueOf));
    t.ok((pages[0]?.length ?? 0) > 1, 'there is something to ask');
    t.strictSame(pages[0], pages[1]);
  });

  await t.test('a pair of which it does not see one side is none', async (t) => {
    for (const [a, b] of [
      [ids.jose, ids.namesake],
      [ids.again, ids.jose],
      [ids.again, ids.namesake],
    ] as const) {
      const answers = await Promise.all(
        [limited, whole].map(({ browser, at }) => browser.get(at(`/vinculacao/${a}/${b}`))),
      );
      t.strictSame(
        answers.map(({ status }) => status),
        [404, 404],
      );
    }
  });

  await t.test('whoever does not see all that is compared is asked nothing, and told why', async (t) => {
    for (const [grant, told] of [
      [{ hidden: ['custodiado.cpf'] }, /não mostra: CPF \(custodiado\)/],
      [{ views: views.filter((view) => view !== 'outro_nome') }, /não mostra: outros nomes/],
    ] as const) {
      const { browser, at } = await onCase(scene, ['revisor'], grant);
      const page = await browser.get(at('/vinculacao'));
      t.equal(page.status, 200);
      t.match(textOf(page.text), told);
      t.notMatch(page.text, '<form class="formulario"');
      t.equal((await browser.get(at(`/vinculacao/${ids.jose}/${ids.twin}`))).status, 404);
    }
  });
}

/** Who decided on others is not told to a body that does not see them, nor what. */
export async function contradictsUnseen(t: Test, scene: ConsoleScene): Promise<void> {
  const limited = await onCase(scene, ['revisor'], al);
  const everywhere = await onCase(scene);
  const say = async (who: OnCase, a: string, b: string, resposta: string) => {
    const path = who.at(`/vinculacao/${a}/${b}`);
    const visto = hiddenOf((await who.browser.get(path)).text, 'visto');
    return who.browser.post(path, { resposta, fundamento: 'foto', motivo: '', visto, volta: 'fila' });
  };
  t.equal((await say(everywhere, ids.antonio, ids.sebastiao, 'mesma')).status, 303);
  t.equal((await say(everywhere, ids.sebastiao, ids.carlos, 'mesma')).status, 303);
  const against = await say(limited, ids.antonio, ids.carlos, 'outra');
  t.equal(against.status, 409);
  t.match(textOf(against.text), /Ela é de registros que o acordo do seu órgão não mostra/);
  t.notMatch(against.text, '/vinculacao/decisoes/');
  t.notMatch(textOf((await limited.browser.get(limited.at('/vinculacao/decisoes'))).text), /MS/);
}

/** All that somebody is asked, page by page, as it is read. */
async function queueOf({ browser, at }: OnCase): Promise<string[]> {
  const texts: string[] = [];
  for (let path = at('/vinculacao'); ; ) {
    const page = await browser.get(path);
    texts.push(textOf(page.text));
    const [, skip] = /href="([^"]*depois=[^"]*)"/.exec(page.text) ?? [];
    if (skip === undefined) return texts;
    path = skip;
  }
}
