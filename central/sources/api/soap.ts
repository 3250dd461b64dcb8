import { XMLBuilder } from 'fast-xml-parser';
import { GuaritaError } from '../../../shared/errors.ts';
import type { JsonValue } from './json-texts.ts';
import type { ApiQuestion } from './line.ts';
import { valueAt } from './records.ts';
import type { SoapConfig } from './view-schema.ts';
import { parseXml } from './xml-texts.ts';

const envelope = 'http://schemas.xmlsoap.org/soap/envelope/';
const builder = new XMLBuilder({ ignoreAttributes: false, suppressEmptyNode: true });

/** The question of a page in SOAP 1.1: what would be its parameters are the elements of the operation, in their order. */
export function soapQuestion(url: URL, { operation, namespace, action }: SoapConfig): ApiQuestion {
  const parameters = Object.fromEntries(
    Array.from(url.searchParams, ([name, value]) => [`q:${name}`, value]),
  );
  const body = builder.build({
    's:Envelope': {
      '@_xmlns:s': envelope,
      's:Body': { [`q:${operation}`]: { '@_xmlns:q': namespace, ...parameters } },
    },
  });
  return {
    body: `<?xml version="1.0" encoding="utf-8"?>${body}`,
    headers: {
      accept: 'text/xml',
      'content-type': 'text/xml; charset=utf-8',
      soapaction: `"${action ?? ''}"`,
    },
  };
}

/** What the body of an envelope holds. Throws `api-answer-invalid` for what is none, or a fault. */
export function soapAnswer(text: string): JsonValue {
  const body = valueAt(parseXml(text), 'Envelope.Body');
  if (body === undefined) throw new GuaritaError('api-answer-invalid', 'Não é um envelope SOAP.');
  if (valueAt(body, 'Fault') !== undefined)
    throw new GuaritaError('api-answer-invalid', 'É uma falha SOAP (Fault).');
  return body;
}

/**
 * Records of XML: one is a list of one. Of none there is only what they would stand in, empty; where that holds other
 * elements, an element that was renamed would look the same.
 */
export function soapRecords(body: JsonValue, path: string): readonly JsonValue[] | undefined {
  const found = valueAt(body, path);
  if (Array.isArray(found)) return found as readonly JsonValue[];
  if (found !== undefined) return typeof found === 'object' && found !== null ? [found] : undefined;
  const around = path.split('.').slice(0, -1).join('.');
  const parent = around === '' ? undefined : valueAt(body, around);
  return parent === null || (typeof parent === 'string' && parent.trim() === '') ? [] : undefined;
}
