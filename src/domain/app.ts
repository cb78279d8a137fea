/** One of the partner's apps (API: addon). `appKey` names it in the aggregates, `productId` in newer resources. */
export interface App {
  readonly appKey: string;
  readonly name: string;
  readonly productId?: string;
}

/** One of the partner's apps as the Marketplace lists it. */
export interface ListedApp extends App {
  readonly productId: string;
  /** `PUBLIC`, `PRIVATE`: an open list. */
  readonly state: string;
}
