import { type AuditLine, auditLine } from '../file.ts';

/** Facility 13, log audit; severity 6, informational (RFC 5424, 6.2.1). */
const priority = 13 * 8 + 6;

/** The program, as syslog knows it. */
const program = 'guarita-central';

/**
 * A line of the audit as a message of syslog (RFC 5424), with its length before it (RFC 5425, 4.3). What it says is printable ASCII:
 * whatever is beyond is written as JSON escapes it, since not every server reads UTF-8.
 * @param host as RFC 5424 has it; @param now for a head, which is of a day
 */
export function syslogMessage(line: AuditLine, host: string, now: Date): Buffer {
  const [at, kind] = 'entry' in line ? [line.entry.at, 'entry'] : [now.toISOString(), 'head'];
  const text = auditLine(line)
    .trimEnd()
    .replace(
      /[\u007f-\uffff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  const name = host.replace(/[^!-~]/g, '').slice(0, 255) || '-';
  const message = `<${priority}>1 ${at} ${name} ${program} - ${kind} - ${text}`;
  return Buffer.from(`${Buffer.byteLength(message)} ${message}`);
}
