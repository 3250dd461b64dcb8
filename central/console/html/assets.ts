/** A file that pages refer to, by a name that changes with its content: a browser keeps it for good. */
export interface Asset {
  /** `/recursos/1a2b3c4d5e6f/estilo.css` */
  readonly path: string;
  readonly mediaType: string;
  readonly content: Buffer;
}

/** All that a page needs besides itself; nothing comes from outside. */
export interface Assets {
  readonly style: Asset;
  readonly script: Asset;
  /** What a browser shows beside the title. */
  readonly icon: Asset;
  readonly fonts: readonly Asset[];
  /** Of the articles of help. */
  readonly pictures: readonly Asset[];
}
