/** A partner's account on the Marketplace: what `MARKETPLACE_DEVELOPER_ID` names. */
export interface DeveloperSpace {
  readonly developerId: string;
}
