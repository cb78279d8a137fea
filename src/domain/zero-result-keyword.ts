/** A word that people search the Marketplace for and find nothing, with the filters they had set. */
export interface ZeroResultKeyword {
  readonly keyword: string;
  /** "jira", "confluence": an open list. */
  readonly product?: string;
  /** `Cloud`, `Data Center` or `Server`. */
  readonly hosting?: string;
  readonly category?: string;
  /** Any other filter, "Cloud fortified apps" for example. */
  readonly other?: string;
  /** Searches. */
  readonly count: number;
}
