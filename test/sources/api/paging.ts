import * as fc from 'fast-check';
import type { Test } from 'tap';
import type { NextConfig } from '../../../central/sources/api/view-schema.ts';
import { type Answer, apiServer, listed, peopleOf } from '../../support/api-server.ts';
import { runs } from '../../support/runs.ts';

interface Style {
  readonly next: NextConfig;
  readonly records?: string;
  answer(url: URL, rows: readonly unknown[], rowsOfPage: number): Answer;
}

const number = (url: URL, name: string) => Number(url.searchParams.get(name) ?? '0');

/** Each way of paging as an API has it that keeps to its word; the server caps its pages below what is asked for. */
const styles: Readonly<Record<string, Style>> = {
  page: {
    next: { page: { parameter: 'p', first: 1, size: { parameter: 'n', rows: 1000 } } },
    records: 'itens',
    answer: (url, rows, size) => ({
      json: { itens: rows.slice((number(url, 'p') - 1) * size, number(url, 'p') * size) },
    }),
  },
  'page, with a status at its end': {
    next: { page: { parameter: 'p', first: 0, endStatus: 404 } },
    answer: (url, rows, size) => {
      const json = rows.slice(number(url, 'p') * size, (number(url, 'p') + 1) * size);
      return json.length === 0 && number(url, 'p') > 0 ? { status: 404, json: {} } : { json };
    },
  },
  offset: {
    next: { offset: { parameter: 'pular', more: 'mais' } },
    records: 'dados.itens',
    answer: (url, rows, size) => {
      const end = number(url, 'pular') + size;
      return { json: { dados: { itens: rows.slice(end - size, end) }, mais: end < rows.length } };
    },
  },
  cursor: {
    next: { cursor: { parameter: 'depois', path: 'pagina.proxima' } },
    records: 'itens',
    answer: (url, rows, size) => {
      const end = number(url, 'depois') + size;
      return {
        json: { itens: rows.slice(end - size, end), pagina: { proxima: end < rows.length ? end : null } },
      };
    },
  },
  link: {
    next: { link: true },
    answer: (url, rows, size) => {
      const end = number(url, 'a') + size;
      const links = [`<${url.href}>; rel="self"`, `</v?a=${end}>; title="a, b"; rel="last next"`];
      return {
        json: rows.slice(end - size, end),
        headers: { link: links.slice(0, end < rows.length ? 2 : 1).join(', ') },
      };
    },
  },
  url: {
    next: { url: { path: 'next' } },
    records: 'results',
    answer: (url, rows, size) => {
      const end = number(url, 'a') + size;
      return {
        json: {
          results: rows.slice(end - size, end),
          next: end < rows.length ? `${url.origin}/v?a=${end}` : null,
        },
      };
    },
  },
  none: { next: { none: true }, answer: (_url, rows) => ({ json: rows }) },
};

export async function paging(t: Test): Promise<void> {
  for (const [name, style] of Object.entries(styles)) {
    await t.test(`${name}: every row comes once, however many there are to a page`, async (t) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(30), fc.integer({ min: 1, max: 9 }), async (count, size) => {
          const rows = Array.from({ length: count }, (_, id) => ({ id: id + 1, nome: `N${id}` }));
          const server = await apiServer(t, (url) => style.answer(url, rows, size));
          const list = {
            next: style.next,
            ...(style.records === undefined ? {} : { records: style.records }),
          };
          const { taken, received, isWhole } = await listed(t, { base: server.base }, peopleOf(list));
          const expected = rows.map(({ id, nome }) => [String(id), nome]);
          if (JSON.stringify(taken) !== JSON.stringify(expected)) throw new Error(JSON.stringify(taken));
          if (received !== count || !isWhole) throw new Error(`${received}`);
        }),
        { numRuns: runs(8, 60) },
      );
    });
  }

  await t.test('parameters of each request, and the base with a path of its own', async (t) => {
    const server = await apiServer(t, () => ({ json: [] }));
    const list = {
      path: '/v/',
      parameters: { ordem: 'id asc' },
      next: { page: { parameter: 'p', first: 1 } },
    };
    await listed(t, { base: `${server.base}/api/` }, peopleOf(list));
    t.same(server.asked, ['/api/v/?ordem=id+asc&p=1']);
  });

  await t.test('since is asked for where only what changed is wanted', async (t) => {
    const server = await apiServer(t, () => ({ json: [] }));
    const view = peopleOf({}, { since: { parameter: 'desde', overlap: '24h' } });
    await listed(t, { base: server.base }, view, { from: '2026-01-02T03:04:05Z' });
    await listed(t, { base: server.base }, view);
    t.same(server.asked, ['/v?desde=2026-01-02T03%3A04%3A05Z', '/v']);
  });

  await t.test('a look at some pages is no whole listing', async (t) => {
    const style = styles['page'];
    const server = await apiServer(t, (url) => style?.answer(url, [{ id: 1 }, { id: 2 }], 1));
    const view = peopleOf({ next: { page: { parameter: 'p', first: 1 } }, records: 'itens' });
    const { isWhole, pages } = await listed(t, { base: server.base }, view, { pages: 1 });
    t.same([isWhole, pages, server.asked.length], [false, 1, 1]);
  });
}
