import type { App } from './app.ts';
import type { Day } from './day.ts';

/** A version of an app of any partner, as the public Marketplace lists it. */
export interface CatalogueEntry extends App {
  readonly vendorName?: string;
  readonly tagLine?: string;
  readonly summary?: string;
  readonly version?: string;
  readonly releasedOn?: Day;
  /** `Cloud`, `Data Center`, `Server`. */
  readonly hosting: string;
  /** `approved` (by Atlassian's support), `uninitiated` (automatically). */
  readonly versionStatus?: string;
  readonly paymentModel?: string;
  readonly categories: readonly string[];
  /** The products this version runs on. */
  readonly parentSoftware: readonly string[];
  readonly isBeta?: boolean;
  readonly isConnect?: boolean;
  readonly isSupported?: boolean;
  readonly isPublic?: boolean;
  /** Whether updates may be automatic. */
  readonly isAutoUpdatable?: boolean;
  readonly averageStars?: number;
  readonly reviewScore?: number;
  readonly reviews?: number;
  readonly downloads?: number;
  readonly installs?: number;
}
