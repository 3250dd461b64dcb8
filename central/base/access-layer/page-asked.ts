/** Which part of a list is asked for. */
export interface PageAsked {
  /** So many are before it. */
  readonly skip: number;
  readonly most: number;
}
