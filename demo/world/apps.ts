/** One app of the simulated partner. */
export interface DemoApp {
  readonly appKey: string;
  readonly name: string;
  readonly productId: string;
  /** The Atlassian product it extends: decides host entitlements and benchmarks. */
  readonly product: 'Jira' | 'Confluence';
  readonly hasDataCenter: boolean;
  readonly editions: boolean;
  /** Free for ever: its licences are hidden unless `showLifeTimeFreeLicenses=true`. */
  readonly alwaysFree: boolean;
  /** Monthly list price of one Cloud user in dollars, before the volume discount. */
  readonly userPrice: number;
  /** Share of all new evaluations. */
  readonly popularity: number;
  /** Days before today on which it was listed. */
  readonly listedDaysAgo: number;
}

/** The six apps, the same for every seed: four paid and long known, one younger, one always free. */
export const APPS = [
  {
    appKey: 'com.northlight.timeline-planner',
    name: 'Timeline Planner for Jira',
    productId: '5b0c1c52-7d1e-4a5c-9a2f-1f0c3f3a1a01',
    product: 'Jira',
    hasDataCenter: true,
    editions: true,
    alwaysFree: false,
    userPrice: 1.3,
    popularity: 0.34,
    listedDaysAgo: 2200,
  },
  {
    appKey: 'com.northlight.approval-flows',
    name: 'Approval Flows for Jira',
    productId: '5b0c1c52-7d1e-4a5c-9a2f-1f0c3f3a1a02',
    product: 'Jira',
    hasDataCenter: false,
    editions: true,
    alwaysFree: false,
    userPrice: 1.05,
    popularity: 0.24,
    listedDaysAgo: 1700,
  },
  {
    appKey: 'com.northlight.docs-and-decisions',
    name: 'Docs & Decisions for Confluence',
    productId: '5b0c1c52-7d1e-4a5c-9a2f-1f0c3f3a1a03',
    product: 'Confluence',
    hasDataCenter: true,
    editions: false,
    alwaysFree: false,
    userPrice: 1.15,
    popularity: 0.22,
    listedDaysAgo: 1900,
  },
  {
    appKey: 'com.northlight.checklist-kit',
    name: 'Checklist Kit for Jira',
    productId: '5b0c1c52-7d1e-4a5c-9a2f-1f0c3f3a1a04',
    product: 'Jira',
    hasDataCenter: false,
    editions: false,
    alwaysFree: false,
    userPrice: 0.8,
    popularity: 0.13,
    listedDaysAgo: 1300,
  },
  {
    appKey: 'com.northlight.diagram-board',
    name: 'Diagram Board for Confluence',
    productId: '5b0c1c52-7d1e-4a5c-9a2f-1f0c3f3a1a05',
    product: 'Confluence',
    hasDataCenter: false,
    editions: true,
    alwaysFree: false,
    userPrice: 0.95,
    popularity: 0.11,
    listedDaysAgo: 420,
  },
  {
    appKey: 'com.northlight.status-badges',
    name: 'Status Badges for Confluence',
    productId: '5b0c1c52-7d1e-4a5c-9a2f-1f0c3f3a1a06',
    product: 'Confluence',
    hasDataCenter: false,
    editions: false,
    alwaysFree: true,
    userPrice: 0,
    popularity: 0,
    listedDaysAgo: 1500,
  },
] as const satisfies readonly DemoApp[];
