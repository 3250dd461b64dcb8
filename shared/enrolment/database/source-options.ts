import { type Command, Option } from 'commander';
import { scriptEngines } from '../../database-scripts/script.ts';
import { tlsModes } from '../../sources/source-config.ts';

/** What a command may be told of a state's database (`SourceOptions`, and the schema of its views). */
export function addSourceOptions(command: Command): Command {
  return command
    .addOption(new Option('--engine <banco>', 'banco do estado').choices(scriptEngines))
    .option('--host <nome>', 'servidor do banco')
    .option('--port <n>', 'porta do banco')
    .option('--database <nome>', 'nome do banco')
    .option('--user <nome>', 'usuário do banco, só de leitura')
    .option('--file <caminho>', 'arquivo do banco (SQLite)')
    .option('--password-env <nome>', 'a senha está nesta variável de ambiente')
    .option('--password-file <arquivo>', 'a senha está neste arquivo')
    .option('--password-credential <nome>', 'a senha está nesta credencial do systemd')
    .option('--no-password', 'o banco não pede senha')
    .addOption(new Option('--tls <modo>', 'cifra da conexão com o banco; sem isto, verify').choices(tlsModes))
    .option('--tls-ca <arquivo>', 'certificado (PEM) da autoridade do servidor do banco')
    .option('--time-zone <fuso>', 'fuso dos horários do banco (America/Maceio)')
    .option('--schema <nome>', 'esquema ou prefixo das visões; "-" se nenhum');
}
