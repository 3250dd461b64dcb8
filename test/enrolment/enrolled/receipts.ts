import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Test } from 'tap';
import { collectedState } from '../../support/collected-state.ts';
import type { MakeCommandBase } from '../../support/command-bases.ts';
import { type Enrolment } from '../../support/enrolled.ts';

// Invariant 7: both ends can prove what was asked and given, and neither proof holds data of prisoners.

function inCentral(e: Enrolment, sql: string): void {
  const db = new Database(join(e.centralState, 'central.sqlite'));
  db.exec(sql);
  db.close();
}

/** What somebody does who writes into the agent's state. */
export function inAgent(e: Enrolment, sql: string): void {
  const db = new Database(join(e.agentState, 'agent.sqlite'));
  db.exec(sql);
  db.close();
}

export async function receipts(t: Test, makeBase: MakeCommandBase): Promise<void> {
  await t.test('J4: what one side changes, the other shows', async (t) => {
    const { e, journal } = await collectedState(t, { makeBase, name: 'receipts' });
    const whole = readFileSync(journal, 'utf8');
    const compare = () => e.central(['receipts', 'compare', journal]);
    await t.test('the agent denies an answer', async (t) => {
      const lines = whole.split('\n');
      const at = lines.findIndex((line) => line.includes('/rows'));
      writeFileSync(journal, lines.toSpliced(at, 1).join('\n'));
      const { code, output, errors } = await compare();
      t.equal(code, 1);
      t.match(errors, '[receipts-broken]');
      t.match(output, /falta \(removido\)/);
      t.match(output, /recibo \d+ .+ o diário não o tem/);
    });
    await t.test('the agent says that it gave fewer rows', async (t) => {
      writeFileSync(journal, whole.replace('\\"rows\\":20', '\\"rows\\":19'));
      const { code, output } = await compare();
      t.equal(code, 1);
      t.match(output, /foi alterado/);
    });
    await t.test('the agent wrote its journal anew, with its own key', async (t) => {
      inAgent(e, `DELETE FROM journal_entry WHERE body LIKE '%/rows%'`);
      t.equal((await e.agent(['journal', 'verify'])).code, 1);
      t.match((await e.agent(['journal', 'verify'])).output, /✗ registro \d+/);
    });
    writeFileSync(journal, whole);
    await t.test('central forges a receipt', async (t) => {
      inCentral(
        e,
        `UPDATE receipt SET signature_base = replace(signature_base, 'rows=20', 'rows=10') WHERE view IS NOT NULL`,
      );
      const { code, output } = await e.central(['receipts', 'verify']);
      t.equal(code, 1);
      t.match(output, /assinatura não confere/);
      t.match((await compare()).output, /diferem em número de linhas/);
    });
    await t.test('central loses a receipt: it is told as not received', async (t) => {
      inCentral(e, `DELETE FROM receipt WHERE view IS NOT NULL`);
      const { code, output } = await compare();
      t.equal(code, 0);
      t.match(output, /não chegaram à central/);
    });
    await t.test('the journal of another agent', async (t) => {
      writeFileSync(journal, whole.replace('"agent":"AL"', '"agent":"RO"'));
      t.match((await compare()).errors, '[document-foreign]');
      writeFileSync(journal, 'oi');
      t.match((await compare()).errors, '[document-unreadable]');
    });
  });
}
