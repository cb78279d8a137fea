import type { RawTransaction } from '../../demo/world/raw-rows.ts';
import { createWorld, type World, type WorldSnapshot } from '../../demo/world/world.ts';
import type { Day } from '../../src/domain/day.ts';

/** A partner small enough to be synced in a tenth of a second, to whom sales can be added. */
export interface SmallWorld {
  readonly world: World;
  /** Lets somebody buy for so many dollars (our share), as a customer of its own. Gives the company's name. */
  addSale(name: string, dollars: number, day: Day): string;
  /** Changes what somebody paid, as of that day: the API gives the line again, with that `lastUpdated`. `number`: 1 is the first sale. */
  restateSale(number: number, dollars: number, lastUpdated: Day): void;
  /** How many lines the API has. */
  lineCount(): number;
}

const LICENSES = 12;
const LINES = 20;
const EVENTS = 4;
const FEW = 3;

function remembering<Range, Answer>(ask: (range: Range) => Answer): (range: Range) => Answer {
  const known = new Map<string, Answer>();
  return (range) => {
    const key = JSON.stringify(range);
    const answer = known.get(key) ?? ask(range);
    known.set(key, answer);
    return answer;
  };
}

const worlds = new Map<string, World>();

/** Making a world takes half a second, and nobody changes it. */
function worldOf(seed: number, today: Day): World {
  const key = `${seed} ${today}`;
  const world = worlds.get(key) ?? createWorld({ seed, today });
  worlds.set(key, world);
  return world;
}

/** Makes one; equal seeds make equal partners. */
export function createSmallWorld({
  seed,
  today,
}: {
  readonly seed: number;
  readonly today: Day;
}): SmallWorld {
  const whole = worldOf(seed, today);
  const full = whole.at(today);
  const licenses = full.licenses.slice(0, LICENSES);
  const lines = full.transactions.slice(0, LINES);
  const sales: RawTransaction[] = [];
  const model = full.transactions.find(
    ({ isInvoiceManual, purchaseDetails }) =>
      purchaseDetails.hosting === 'Cloud' && purchaseDetails.saleType === 'New' && !isInvoiceManual,
  );
  if (!model) throw new Error('the world sells nothing');
  const { partnerDetails: _, ...template } = model;

  const churn = remembering((range: Parameters<WorldSnapshot['retention']>[1]) =>
    full.retention('churn', range),
  );
  const renewal = remembering((range: Parameters<WorldSnapshot['retention']>[1]) =>
    full.retention('renewal', range),
  );
  const conversion = remembering((range: Parameters<WorldSnapshot['conversion']>[0]) =>
    full.conversion(range),
  );
  const evaluations = remembering((range: Parameters<WorldSnapshot['evaluations']>[1]) =>
    full.evaluations('hosting', range),
  );
  const [churnBenchmark, evaluationBenchmark] = [full.churnBenchmark(), full.evaluationBenchmark()];
  const salesBenchmark = full.salesBenchmark();
  const customersBy = remembering((group: Parameters<WorldSnapshot['customersBy']>[0]) =>
    full.customersBy(group).slice(-1),
  );

  function at(asOf: Day): WorldSnapshot {
    return {
      ...full,
      asOf,
      licenses,
      transactions: [...lines, ...sales],
      feedback: full.feedback.slice(0, EVENTS),
      events: (kind) => full.events(kind).slice(-EVENTS),
      retention: (kind, range) => (kind === 'churn' ? churn(range) : renewal(range)),
      conversion,
      evaluations: (_group, range) => evaluations(range),
      churnBenchmark: () => churnBenchmark,
      evaluationBenchmark: () => evaluationBenchmark,
      salesBenchmark: () => salesBenchmark,
      customersBy,
      appKeywords: (app, range) => full.appKeywords(app, range).slice(0, FEW),
      topKeywords: (source, day) => full.topKeywords(source, day).slice(0, FEW),
      missingKeywords: (day) => full.missingKeywords(day).slice(0, FEW),
    };
  }

  return {
    world: { ...whole, at },
    lineCount: () => lines.length + sales.length,
    restateSale(number, dollars, lastUpdated) {
      const sale = sales[number - 1];
      if (!sale) throw new Error(`there is no sale ${number}`);
      const purchaseDetails = {
        ...sale.purchaseDetails,
        purchasePrice: dollars * 1.2,
        vendorAmount: dollars,
      };
      sales[number - 1] = { ...sale, lastUpdated, purchaseDetails };
    },
    addSale(name, dollars, day) {
      const number = sales.length + 1;
      const company = `${name} Ltd`;
      sales.push({
        ...template,
        transactionId: `IN-9${String(number).padStart(8, '0')}`,
        transactionLineItemId: `sale-line-${number}`,
        appEntitlementId: `sale-entitlement-${number}`,
        appEntitlementNumber: `E-SAL-${String(number).padStart(3, '0')}-AAA-1AA`,
        cloudId: `sale-site-${number}`,
        lastUpdated: day,
        customerDetails: { ...template.customerDetails, company },
        purchaseDetails: {
          ...template.purchaseDetails,
          saleDate: day,
          purchasePrice: dollars * 1.2,
          vendorAmount: dollars,
          maintenanceStartDate: day,
        },
      });
      return company;
    },
  };
}
