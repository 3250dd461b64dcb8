import { Fault } from '../../fault.ts';

/** An error as a PostgreSQL server reports it, by whichever driver. */
export interface PostgresReport {
  readonly message: string;
  /** SQLSTATE. */
  readonly code?: string | undefined;
  /** Where in the text of the statement, when it is about that text. */
  readonly position?: string | undefined;
  /** In which function, or at which line of a COPY, innermost first. */
  readonly where?: string | undefined;
  readonly table?: string | undefined;
  readonly column?: string | undefined;
  readonly constraint?: string | undefined;
}

/** SQLSTATE classes and codes about connections, logins, privileges, locks, resources and the server itself. */
const telling = /^(?:08|28|3D|42501|53|55|57|XX00[12])/;

/**
 * What may be told of it. A function of the state's own may choose code, message and names alike (RAISE), and make
 * statements of what it finds in rows; the server then says in which function it was. Class 42 is about names, and about
 * those of the statement where it points into that: `nome::regclass` looks for one that stands in a row.
 */
export function postgresFault(report: PostgresReport): Fault {
  const { code = '', where, position, message } = report;
  const isTelling = telling.test(code) || (code.startsWith('42') && position !== undefined);
  const isOfFunction = where !== undefined && !where.startsWith('COPY ');
  if (isOfFunction) return new Fault({ name: 'DatabaseError', code });
  const { table, column, constraint } = report;
  return new Fault({
    ...{ name: 'DatabaseError', code, table, column, constraint },
    ...(isTelling ? { message } : {}),
  });
}
