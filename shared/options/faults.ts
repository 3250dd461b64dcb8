import type { TValidationError } from 'typebox/error';
import { Locale } from 'typebox/system';
import { timeZoneFault } from '../time-zone.ts';

/** Not the `false` of `additionalProperties`: another error names the field. */
export function isTelling(error: { keyword: string }): boolean {
  return error.keyword !== 'boolean';
}

/** What is wrong with a field, in Portuguese: people at the state read it. */
export function sentence(error: TValidationError): string {
  const where = error.instancePath === '' ? 'o arquivo' : error.instancePath.slice(1).replaceAll('/', '.');
  return `${where}: ${fault(error)}.`;
}

function fault(error: TValidationError): string {
  switch (error.keyword) {
    case 'additionalProperties':
      return `campo desconhecido ${quoted(error.params.additionalProperties)}`;
    case 'required':
      return `campo obrigatório ausente ${quoted(error.params.requiredProperties)}`;
    case 'enum':
      return `deve ser um de ${quoted(error.params.allowedValues)}`;
    case 'type':
      return `deve ser ${[error.params.type].flat().map(typeName).join(' ou ')}`;
    case 'format':
      return error.params.format === 'time-zone' ? timeZoneFault : Locale.pt_BR(error);
    default:
      return Locale.pt_BR(error);
  }
}

function quoted(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(', ');
}

function typeName(type: string): string {
  return typeNames[type] ?? type;
}

const typeNames: Readonly<Record<string, string>> = {
  object: 'um grupo de campos',
  array: 'uma lista',
  string: 'um texto',
  integer: 'um número inteiro',
  number: 'um número',
  boolean: 'true ou false',
};
