/** The keywords that show each app, with the searches that came before each of its evaluations. */
export const APP_KEYWORDS: Readonly<
  Record<string, readonly (readonly [keyword: string, searches: number])[]>
> = {
  'com.northlight.timeline-planner': [
    ['timeline', 23],
    ['gantt', 17],
    ['roadmap', 9],
    ['project plan', 4],
  ],
  'com.northlight.approval-flows': [
    ['approval', 19],
    ['sign off', 6],
    ['workflow', 5],
  ],
  'com.northlight.docs-and-decisions': [
    ['decision log', 11],
    ['adr', 8],
    ['templates', 7],
  ],
  'com.northlight.checklist-kit': [
    ['checklist', 27],
    ['definition of done', 3],
  ],
  'com.northlight.diagram-board': [
    ['diagram', 21],
    ['flowchart', 12],
    ['uml', 6],
    ['<!channel> whiteboard', 1],
  ],
};

/** What everybody searches for: some words, alone or together with another. */
export const WORDS: readonly string[] =
  'automation,structure,scripts,portfolio,time tracking,forms,tests,reports,charts,dashboard,risk,okr,budget,export,import,backup,sync,git,calendar,capacity'.split(
    ',',
  );
export const ENDINGS: readonly string[] =
  ',for jira,for confluence,free,cloud,app,template,plugin,integration,excel,pdf,slack,teams,field,macro,ai,board,tree,list,bulk,history,mobile,api,view'.split(
    ',',
  );

/** What nobody has an app for, with the filters that were set. */
export const MISSING = [
  ['gant chart', {}],
  ['timline', { productFilter: 'jira' }],
  ['sap sync', { productFilter: 'jira', hostingFilter: 'cloud', categoryFilter: 'Integrations' }],
  ['handwriting', { productFilter: 'confluence', hostingFilter: 'cloud' }],
  ['mainframe', { hostingFilter: 'dataCenter', categoryFilter: 'IT & helpdesk' }],
  ['carbon footprint', { categoryFilter: 'Reports', otherFilter: 'Cloud fortified apps' }],
  ['NA', {}],
  ['=HYPERLINK("http://evil.example")', { otherFilter: 'Beta' }],
  ['e-signature eidas', { productFilter: 'confluence', categoryFilter: 'Workflow' }],
  ['wartezeit', { productFilter: 'jira' }],
] as const satisfies readonly (readonly [string, object])[];
