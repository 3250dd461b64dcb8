// Tier: quick. Which addresses are of the internet, and not of a machine, of a network of its own, or of a VPN.
import t from 'tap';
import { requireFit } from '../../central/direct/fit.ts';
import { isPublicAddress } from '../../central/direct/public-address.ts';
import type { SourceConfig } from '../../shared/sources/source-config.ts';

await t.test('addresses of networks that are closed, and those of the internet', (t) => {
  const closed = ['127.0.0.1', '10.8.0.5', '172.16.0.1', '172.31.255.254', '192.168.1.1', '100.64.0.1'];
  const others = ['169.254.1.1', '::1', 'fd00::5', 'fe80::1%eth0', '::ffff:10.0.0.5', 'banco.local'];
  for (const host of [...closed, ...others]) t.notOk(isPublicAddress(host), host);
  const open = ['200.1.2.3', '172.32.0.1', '100.128.0.1', '11.0.0.1', '2804:14c::1', '::ffff:200.1.2.3'];
  for (const host of open) t.ok(isPublicAddress(host), host);
  t.end();
});

await t.test(
  'by the rule of the VPN, what is verified may be at either, what is not within it alone',
  (t) => {
    const at = (host: string, mode: string) => ({ engine: 'mysql', host, tls: { mode } }) as SourceConfig;
    requireFit(1, at('10.8.0.5', 'off'));
    requireFit(1, at('200.1.2.3', 'verify'));
    t.throws(() => requireFit(1, at('200.1.2.3', 'encrypt')), { code: 'rule-unfit' });
    const address = (more: string) =>
      ({ engine: 'postgres', url: `postgres://a@localhost/b${more}` }) as SourceConfig;
    requireFit(1, address(''));
    t.throws(() => requireFit(1, address('?host=200.1.2.3')), { code: 'rule-unfit' });
    t.end();
  },
);
