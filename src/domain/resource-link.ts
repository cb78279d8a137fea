/** One resource that the Marketplace offers to a developer space. */
export interface ResourceLink {
  /** `cloudChurn`, `licensesExport`, ...: what the index calls it. A name comes several times, once for each format. */
  readonly name: string;
  /** The path below `/rest/3/`, with the parameters it takes in braces: `.../licenses{?productId*,text}`. */
  readonly path: string;
  /** `application/json`, `text/csv`. */
  readonly type?: string;
}
