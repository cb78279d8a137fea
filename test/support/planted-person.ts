import type { Stage } from '../../demo/stage.ts';

interface Row {
  contactDetails?: object;
  customerDetails?: object;
  [field: string]: unknown;
}

/** Somebody whom the simulated Marketplace names. */
interface PlantedPerson {
  readonly name: string;
  readonly email: string;
}

/** Two rows name the person as a contact, two more as a company. */
function withPerson(
  rows: unknown,
  field: 'contactDetails' | 'customerDetails',
  person: PlantedPerson,
  round: number,
): unknown {
  return (rows as Row[]).map((row, index) => {
    const about = row[field] as object;
    const changed = (change: object) => ({ ...row, [field]: { ...about, ...change }, nonce: round });
    if (index === 3) return changed({ technicalContact: person });
    if (index === 5) return changed({ billingContact: person });
    if (index === 7)
      return changed({ company: person.name, technicalContact: person, billingContact: person });
    return index === 9 ? changed({ company: person.email }) : row;
  });
}

/**
 * Puts a person into what the API answers from now on: contacts and companies of licences and lines, and a piece of feedback.
 * Another `round` makes other bytes of their rows.
 */
export function plantPerson({ api }: Stage, person: PlantedPerson, round = 0): void {
  api.clearFaults();
  api.fail({
    kind: 'alter',
    method: 'GET',
    path: /licenses\/async\/export\/[^/]+$/,
    alter: (rows) => withPerson(rows, 'contactDetails', person, round),
  });
  api.fail({
    kind: 'alter',
    method: 'GET',
    path: /transactions\/async\/export\/[^/]+$/,
    alter: (rows) => withPerson(rows, 'customerDetails', person, round),
  });
  api.fail({
    kind: 'alter',
    path: /feedback\/details/,
    alter: (body) => {
      const { feedback, ...rest } = body as { feedback?: { message?: string }[] };
      return {
        ...rest,
        feedback: feedback?.map((row, index) =>
          index === 0 ? { ...row, message: `Write to ${person.email}, please.` } : row,
        ),
      };
    },
  });
}
