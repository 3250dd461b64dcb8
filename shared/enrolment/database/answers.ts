import { existsSync, readFileSync, rmSync } from 'node:fs';
import { isRecord } from '../../options/narrow.ts';
import { writePrivateFile } from '../../private-file.ts';
import type { ProgramContext } from '../../program.ts';
import { askText, type Check, choose, isAsked } from '../../prompts.ts';

interface Question<T extends string> {
  readonly preset?: T | undefined;
  readonly check?: Check;
}

/**
 * What a person has answered, kept in a file until there is a configuration: what fails after a question costs no
 * answer. When it is asked again, the answer of before is proposed. No password is among them.
 */
export class Answers {
  readonly file: string;
  #kept: Readonly<Record<string, string>>;

  constructor(config: string) {
    this.file = `${config}.respostas`;
    this.#kept = isAsked() ? read(this.file) : {};
  }

  /** Whether anything was answered before. */
  get areKept(): boolean {
    return Object.keys(this.#kept).length > 0;
  }

  async text(name: string, message: string, { preset, check }: Question<string> = {}): Promise<string> {
    const answer = await askText(message, {
      preset: this.#kept[name] ?? preset,
      ...(check === undefined ? {} : { check }),
    });
    return this.#keep(name, answer);
  }

  async choice<T extends string>(
    name: string,
    message: string,
    choices: readonly { readonly name: string; readonly value: T }[],
  ): Promise<T> {
    const before = choices.find(({ value }) => value === this.#kept[name])?.value;
    return this.#keep(name, await choose(message, choices, before));
  }

  /** The configuration says all of it. */
  drop(): void {
    rmSync(this.file, { force: true });
  }

  #keep<T extends string>(name: string, answer: T): T {
    this.#kept = { ...this.#kept, [name]: answer };
    writePrivateFile(this.file, `${JSON.stringify(this.#kept, null, 2)}\n`);
    return answer;
  }
}

/** Asks for what a configuration is made of: the answers are kept beside its file until it has them. */
export async function keepingAnswers<T>(
  config: string,
  { print }: Pick<ProgramContext, 'print'>,
  work: (answers: Answers) => Promise<T>,
): Promise<T> {
  const answers = new Answers(config);
  if (answers.areKept) print('As respostas de antes são propostas de novo: Enter aceita cada uma.');
  try {
    const result = await work(answers);
    answers.drop();
    return result;
  } catch (error) {
    if (answers.areKept)
      print('As respostas ficam guardadas: rode o mesmo comando, e Enter repete cada uma.');
    throw error;
  }
}

/** What cannot be read is asked again. */
function read(file: string): Record<string, string> {
  if (!existsSync(file)) return {};
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (!isRecord(kept)) return {};
    return Object.fromEntries(
      Object.entries(kept).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
    );
  } catch {
    return {};
  }
}
