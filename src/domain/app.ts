/** One of the partner's apps (API: addon). `appKey` names it in the aggregates, `productId` in newer resources. */
export interface App {
  readonly appKey: string;
  readonly name: string;
  readonly productId?: string;
}
