// Tier: quick. What a command is told of a state's database, as it is kept.
import { resolve } from 'node:path';
import t from 'tap';
import { Answers } from '../../shared/enrolment/database/answers.ts';
import { askSource, type SourceOptions } from '../../shared/enrolment/database/ask-source.ts';

await t.test('files are kept by their whole path: a service starts in another folder', async (t) => {
  const asked = {
    uf: 'AL',
    answers: new Answers('nada'),
    folder: '/nada',
    writePassword: () => t.fail('nothing is typed'),
  };
  const ask = (options: SourceOptions) => askSource({ timeZone: 'UTC', ...options }, asked);
  const server = { host: 'banco', database: 'siap', user: 'leitor', passwordFile: 'senha', tlsCa: 'ca.pem' };
  t.match(await ask({ engine: 'sqlite', file: 'estado.sqlite' }), { file: resolve('estado.sqlite') });
  t.match(await ask({ engine: 'mysql', ...server }), {
    password: { file: resolve('senha') },
    tls: { mode: 'verify', ca: resolve('ca.pem') },
  });
  t.match(await ask({ engine: 'postgres', ...server }), {
    password: { file: resolve('senha') },
    url: new RegExp(`sslrootcert=${encodeURIComponent(resolve('ca.pem'))}$`),
  });
});
