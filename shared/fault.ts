/** What may be told of an error to whoever reads a log: nothing in it can be a value of a row, or a secret. */
export interface Facts {
  readonly name: string;
  readonly code?: string | number | undefined;
  /** SQLSTATE, where the code is another. */
  readonly sqlState?: string | undefined;
  readonly message?: string | undefined;
  readonly table?: string | undefined;
  readonly column?: string | undefined;
  readonly constraint?: string | undefined;
  /** Of a call of the system: which, and to where. */
  readonly syscall?: string | undefined;
  readonly address?: string | undefined;
  readonly port?: number | undefined;
  /** Where in the program it arose, innermost first. */
  readonly at?: readonly string[] | undefined;
  readonly cause?: Facts | undefined;
  readonly errors?: readonly Facts[] | undefined;
}

/**
 * What is left of an error of a library, made where that library is known: its facts, neither its message and stack as
 * they came nor what it carries besides (statement, parameters, errors beneath). It is what stands as `cause` of ours.
 */
export class Fault extends Error {
  readonly facts: Facts;
  readonly code: string | number | undefined;

  constructor(facts: Facts) {
    super(facts.message);
    this.name = facts.name;
    this.code = facts.code;
    this.facts = facts;
  }
}
