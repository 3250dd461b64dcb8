/**
 * Every error that Guarita can report, by code. The catalogue is the manual: `docs/problems.md` is made from it.
 *
 * - `status`: the HTTP status when the agent answers with it (RFC 9457 problem document).
 * - `retry`: what central does about it. `later`: the same request again, after a wait. `restart`: the cursor
 *   no longer fits the view, so describe the source again and read the view from its start. `no`: a person
 *   must do something first.
 * - `title`/`hint`: what happened and what to do next, in English for API and logs; `pt` is what state IT and
 *   operators read on the command line.
 * - `hintHere`: instead of `hint`, where that names a log, for whoever is told by the very command that met the error: a
 *   command writes no log, and says itself what may be told of the error beneath.
 */
export interface Problem {
  readonly status: number;
  readonly retry: 'later' | 'restart' | 'no';
  readonly title: string;
  readonly hint: string;
  readonly pt: { readonly title: string; readonly hint: string; readonly hintHere?: string };
}
