import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { ClientError } from 'openid-client';
import type { Test } from 'tap';
import Value from 'typebox/value';
import { ownPage } from '../../../central/console/access/open.ts';
import { loginUnicoSchema } from '../../../central/console/login-unico/config.ts';
import { failureOf } from '../../../central/console/login-unico/failures.ts';
import { identityOf } from '../../../central/console/login-unico/identity.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { runs } from '../../support/runs.ts';
import { withCheckDigits } from '../scene.ts';

const cpf = fc.integer({ min: 1, max: 999_999_999 }).map((n) => withCheckDigits(String(n).padStart(9, '0')));

/** What is signed is of no form that anybody has promised. */
const claims = fc.record(
  {
    sub: fc.oneof(cpf, fc.jsonValue()),
    amr: fc.oneof(fc.array(fc.constantFrom('mfa', 'passwd', 'x509_token', 'otp')), fc.jsonValue()),
    reliability_info: fc.oneof(fc.record({ level: fc.constantFrom('gold', 'silver', 'x') }), fc.jsonValue()),
    email: fc.jsonValue(),
    email_verified: fc.oneof(fc.boolean(), fc.constantFrom('true', 'false'), fc.jsonValue()),
    agent: fc.oneof(fc.boolean(), fc.constantFrom('true', 'false'), fc.jsonValue()),
    grantor_account: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

const numRuns = runs(200, 800);

export function said(t: Test): void {
  void t.test('whatever a token says, it is somebody of a CPF that can be, or nobody', (t) => {
    let somebody = 0;
    fc.assert(
      fc.property(claims, (given) => {
        try {
          const { cpf, level, email } = identityOf(given);
          somebody++;
          assert.match(cpf, /^[0-9]{11}$/);
          assert.equal(withCheckDigits(cpf.slice(0, 9)), cpf);
          assert.ok([null, 1, 2, 3].includes(level));
          assert.ok(email === null || (email !== '' && email === given.email));
        } catch (error) {
          assert.ok(error instanceof GuaritaError, String(error));
          assert.ok(['govbr-untrusted', 'govbr-proxy'].includes(error.code));
        }
      }),
      { numRuns },
    );
    t.ok(somebody > 0, 'some are somebody');
    t.end();
  });

  void t.test('whatever was wrong, nothing of it goes on but a code', (t) => {
    const secret = 'Fulana 123.456.789-09';
    const cause = fc.constantFrom(secret, { claims: { name: secret } }, new Error(secret), null);
    const thrown = fc.oneof(
      fc
        .tuple(fc.constantFrom(secret, 'OAUTH_PARSE_ERROR', 'OAUTH_TIMEOUT', 7, null), cause)
        .map(([code, cause]) => Object.assign(new ClientError(secret, { cause }), { code })),
      cause.map((cause) => new TypeError(secret, { cause })),
      cause,
    );
    fc.assert(
      fc.property(thrown, (error) => {
        const failure = failureOf(error);
        const { code, message, members } = failure;
        assert.match(code, /^govbr-/);
        assert.ok(!`${message}${JSON.stringify(members)}`.includes('Fulana'));
        assert.equal(failure.cause, undefined);
      }),
      { numRuns },
    );
    t.end();
  });

  void t.test('what was asked for before leads to this site, whatever it is', (t) => {
    const site = 'https://console.example';
    const part = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '//',
      ':',
      '@',
      'evil.example',
      '%2f',
      '\t',
      '?',
      '#',
      'a',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(part).map((parts) => parts.join('')),
        ),
        (asked) => {
          assert.equal(new URL(ownPage(asked), site).origin, site);
        },
      ),
      { numRuns },
    );
    t.equal(ownPage('/caso/3/pessoa?n=1'), '/caso/3/pessoa?n=1');
    t.end();
  });

  void t.test('nobody configures an address in the clear, but on this machine', (t) => {
    const { issuer, minimumLevels } = loginUnicoSchema.properties;
    const good = [
      'https://sso.acesso.gov.br/',
      'http://127.0.0.1:8080/',
      'http://localhost/x',
      'http://[::1]:1/',
    ];
    const bad = [
      'http://sso.acesso.gov.br/',
      'http://127.0.0.1.example/',
      'http://localhost.example/',
      'sso',
      '',
    ];
    for (const address of good) t.ok(Value.Check(issuer, address), address);
    for (const address of bad) t.notOk(Value.Check(issuer, address), address);
    t.match(Value.Default(minimumLevels, {}), { agente: 2, auditor: 2, estatistico: 1 });
    t.notOk(Value.Check(loginUnicoSchema, { issuer: good[0] }), 'nothing is preset but what all have alike');
    t.end();
  });
}
