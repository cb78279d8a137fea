/** `npm run sbom`: writes sbom.json, the CycloneDX bill of what is installed for production, from the lockfile. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** A package of a bill, as npm writes it. Source: CycloneDX 1.5, "Component". */
interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

/** What is read and changed of a bill; the rest stays as npm wrote it. */
interface Bill {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

function isOfDevelopment({ properties = [] }: Component): boolean {
  return properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');
}

/**
 * The part of a bill that is installed for production. npm's own `--omit=dev` (11.19) also leaves out what a tool and the
 * product both need, zod for one; so npm is asked for everything, and what it marks as of development goes.
 */
function toProduction(bill: Bill, name: string): Bill {
  const components = bill.components.filter((component) => !isOfDevelopment(component));
  const root = bill.metadata.component;
  const refs = new Set([root, ...components].map((component) => component['bom-ref']));
  return {
    ...bill,
    // npm gives it the name of the folder.
    metadata: { ...bill.metadata, component: { ...root, name } },
    components,
    dependencies: bill.dependencies
      .filter(({ ref }) => refs.has(ref))
      .map(({ dependsOn = [], ref }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) })),
  };
}

/** The bill of this product's lockfile. */
export function billOfMaterials(): Bill {
  const args = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'];
  const written = execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 2 ** 20 });
  const { name } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { name: string };
  return toProduction(JSON.parse(written) as Bill, name);
}

if (import.meta.main) {
  const bill = billOfMaterials();
  writeFileSync(join(ROOT, 'sbom.json'), `${JSON.stringify(bill, null, 2)}\n`);
  process.stdout.write(`sbom.json: ${bill.components.length} packages are installed for production\n`);
}
