import { type Command, InvalidArgumentError, Option } from 'commander';
import { nameRule } from './dialect.ts';
import { scriptEngines, scriptParts } from './script.ts';

/** What a command that prints a script may be told. @param reader who connects, as people read it: `o agente` */
export function addScriptOptions(command: Command, reader: string): Command {
  return command
    .addOption(new Option('--part <parte>', 'só esta parte').choices(scriptParts))
    .addOption(named('--schema <nome>', 'esquema das visões', 'guarita'))
    .addOption(
      new Option('--database <nome>', 'banco do estado').default('siap').argParser(matching(databaseRule)),
    )
    .addOption(named('--user <nome>', 'usuário do banco, só de leitura', 'guarita_leitura'))
    .addOption(
      new Option('--from <endereço>', `de onde ${reader} conecta (MySQL)`).argParser(matching(hostRule)),
    )
    .option('--views <a,b>', 'só estas visões; sem isto, todas as do dicionário');
}

export function engineOption(): Option {
  return new Option('--engine <banco>', 'banco do estado').choices(scriptEngines);
}

/** No quotes of any kind: the name stands in comments, too. */
const databaseRule = /^[^'"`\p{Cc}]{1,255}$/u;
const hostRule = /^[\w.:%-]{1,60}(\/[\d.]+)?$/;

function named(flags: string, description: string, preset: string): Option {
  return new Option(flags, description).default(preset).argParser(matching(nameRule));
}

function matching(rule: RegExp): (value: string) => string {
  return (value) => {
    if (!rule.test(value)) throw new InvalidArgumentError('');
    return value;
  };
}
