import { type CommanderError, Help, type HelpConfiguration } from 'commander';

const titles: Readonly<Record<string, string>> = {
  'Usage:': 'Uso:',
  'Arguments:': 'Argumentos:',
  'Options:': 'Opções:',
  'Commands:': 'Comandos:',
};

const theirs = Help.prototype;

/** What commander adds to the help by itself, in Portuguese. */
export const helpInPortuguese: HelpConfiguration = {
  styleTitle: (title) => titles[title] ?? title,
  commandUsage(command) {
    return inPortuguese(theirs.commandUsage.call(this, command));
  },
  subcommandTerm(command) {
    return inPortuguese(theirs.subcommandTerm.call(this, command));
  },
  optionDescription(option) {
    return theirs.optionDescription
      .call(this, option)
      .replace(/\(choices: (.*)\)$/, '(um de: $1)')
      .replace(/([(,] ?)default: (.*)\)$/, '$1padrão: $2)');
  },
};

function inPortuguese(usage: string): string {
  return usage.replace('[options]', '[opções]').replace('[command]', '[comando]');
}

/** By the code of commander's error; what it is about stands in quotes in commander's message. */
const sentences: Readonly<Record<string, (named: string) => string>> = {
  'commander.missingArgument': (named) => `Falta o argumento "${named}".`,
  'commander.optionMissingArgument': (named) => `Falta o valor da opção "${named}".`,
  'commander.missingMandatoryOptionValue': (named) => `Falta a opção "${named}".`,
  'commander.unknownOption': (named) => `Opção desconhecida: "${named}".`,
  'commander.unknownCommand': (named) => `Comando desconhecido: "${named}".`,
  'commander.excessArguments': () => 'Argumentos demais.',
  'commander.invalidArgument': (named) => `Valor inválido para "${named}".`,
};

/** What is wrong with a command line, as people read it. Values are not repeated: one may be a password. */
export function explainUsage({ code, message }: CommanderError): string {
  const named = /(?:option|argument|command) '([^'=]*)/.exec(message)?.[1] ?? '';
  const similar = /\(Did you mean (?:one of )?(.+)\?\)/.exec(message)?.[1];
  const suggestion = similar === undefined ? '' : ` Seria ${similar}?`;
  const allowed = /Allowed choices are (.+)\.$/.exec(message)?.[1];
  const choices = allowed === undefined ? '' : ` É um de: ${allowed}.`;
  const sentence = sentences[code]?.(named) ?? message;
  return `✗ ${sentence}${choices}${suggestion}\n  → Veja como se usa o comando com a opção --help.`;
}
