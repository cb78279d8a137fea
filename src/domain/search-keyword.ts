/** A word that people search the Marketplace for, whatever they find. */
export interface SearchKeyword {
  readonly keyword: string;
  /** Its share of all searches, 0 to 100. */
  readonly percent: number;
}
