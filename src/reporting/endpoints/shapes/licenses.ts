import * as z from 'zod';
import type { License } from '../../../domain/license.ts';
import { rowReader } from '../../endpoint.ts';
import { optionalDay, requiredDay } from './day-field.ts';
import * as kind from './parameter-kinds.ts';
import { customerFields, isAtlassianPeople, partnerFields, toPartner, toPeople } from './people.ts';
import { aliasFields, appFields, hasAlias, hostFields, toSubscription } from './subscription.ts';
import { cleanText, optionalText, present, requiredText, textOrNumber, toText, unused } from './text.ts';

const row = z
  .object({
    ...appFields,
    ...aliasFields,
    ...hostFields,
    addonName: requiredText,
    hosting: requiredText,
    appEdition: optionalText,
    lastUpdated: requiredDay,
    licenseType: requiredText,
    maintenanceStartDate: requiredDay,
    maintenanceEndDate: optionalDay,
    status: requiredText,
    tier: requiredText,
    contactDetails: customerFields,
    partnerDetails: partnerFields,
    evaluationOpportunitySize: textOrNumber,
    evaluationLicense: optionalText,
    evaluationStartDate: optionalDay,
    evaluationEndDate: optionalDay,
    evaluationSaleDate: optionalDay,
    parentProductName: optionalText,
    parentProductEdition: optionalText,
    installedOnSandbox: optionalText,
    licenseSourceType: optionalText,
    transactionAccountId: optionalText,
    inGracePeriod: z.union([z.string(), z.boolean()], { error: 'a text or a flag' }).nullish(),
    // The sample and the live API write `newBillingSystem`, the specification `isNewBillingSystem`.
    newBillingSystem: unused,
    isNewBillingSystem: unused,
    attribution: unused,
    cloudComplianceBoundaries: unused,
    cmtDetails: unused,
    daysToConvertEval: unused,
    extendedServerSupport: unused,
    hostLicenseId: unused,
    invoiceDunningReason: unused,
    latestEvaluationStartDate: unused,
    latestMaintenanceStartDate: unused,
    licenseLevel: unused,
    multiInstanceEntitlementId: unused,
    multiInstanceEntitlementNumber: unused,
    parentProductBillingCycle: unused,
    recordCreatedDate: unused,
    upgradeEvaluationEdition: unused,
    upgradeEvaluationStartDate: unused,
    upgradeEvaluationEndDate: unused,
  })
  .refine(hasAlias, { path: ['appEntitlementId'], error: 'at least one identifier of the subscription' });

/** "25", 25: users. "Unlimited Users": Infinity. "NA", "Evaluation", "Unknown": undefined. */
function toOpportunity(raw: string | number | null | undefined): number | undefined {
  if (typeof raw === 'number') return raw >= 0 ? raw : undefined;
  const text = cleanText(raw ?? '');
  if (/^unlimited users?$/i.test(text)) return Infinity;
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function toSandbox(raw: string | null | undefined): License['sandbox'] {
  const word = toText(raw)?.toLowerCase();
  return word === 'yes' || word === 'no' ? word : 'unknown';
}

function toLicense(raw: z.infer<typeof row>): License {
  const people = toPeople(raw.contactDetails);
  return present({
    ...toSubscription({
      app: raw,
      name: raw.addonName,
      aliases: raw,
      host: raw,
      hosting: raw.hosting,
      edition: raw.appEdition,
    }),
    ...people,
    licenseType: cleanText(raw.licenseType).toUpperCase(),
    status: cleanText(raw.status).toLowerCase(),
    tier: cleanText(raw.tier),
    maintenanceStart: raw.maintenanceStartDate,
    maintenanceEnd: raw.maintenanceEndDate,
    partner: toPartner(raw.partnerDetails),
    isAtlassian: toText(raw.licenseSourceType) === 'Atlassian' || isAtlassianPeople(people),
    sandbox: toSandbox(raw.installedOnSandbox),
    evaluationStart: raw.evaluationStartDate,
    evaluationEnd: raw.evaluationEndDate,
    evaluationSale: raw.evaluationSaleDate,
    evaluationLicense: toText(raw.evaluationLicense),
    opportunityUsers: toOpportunity(raw.evaluationOpportunitySize),
    parentProduct: toText(raw.parentProductName),
    parentEdition: toText(raw.parentProductEdition),
    transactionAccountId: toText(raw.transactionAccountId),
    inGracePeriod: raw.inGracePeriod === true || /^(yes|true)$/i.test(String(raw.inGracePeriod)),
    lastUpdated: raw.lastUpdated,
  });
}

/** What licences can be selected by, besides the format of exports and the order of lists. */
const parameters = {
  productId: kind.productId,
  startDate: kind.day('licences from this day'),
  endDate: kind.day('licences until this day'),
  dateType: kind.oneOf(['start', 'end'], 'what startDate and endDate select'),
  text: kind.phrase('SEN, entitlement, cloud id, host name, mail address, company or partner'),
  tier: kind.wholeNumbers('tiers, in users (evaluations come along)'),
  licenseType: kind.anyOf(
    [
      'academic',
      'commercial',
      'community',
      'demonstration',
      'evaluation',
      'open_source',
      'classroom',
      'free',
      'legacy_free',
      'starter',
      'net_new_evaluation',
      'upgrade_evaluation',
    ],
    'licence types',
  ),
  partnerType: kind.partnerType,
  hosting: kind.hosting,
  appEdition: kind.appEdition,
  status: kind.anyOf(['active', 'cancelled', 'inactive'], 'status'),
  lastUpdated: kind.day('changed on or after this day'),
  cloudComplianceBoundaries: kind.cloudComplianceBoundaries,
  withDataInsights: kind.flag('with parent product, sandbox and evaluation links'),
  withAttribution: kind.flag('with marketing attribution (deprecated by Atlassian)'),
  includeAtlassianLicenses: kind.flag("with Atlassian's own licences"),
  showLifeTimeFreeLicenses: kind.flag('with licences of always-free apps'),
  showLicensesHistory: kind.flag('with earlier states of licences'),
  licenseLevel: kind.oneOf(['single-instance', 'multi-instance'], 'licence level'),
};

/** What every resource of licences shares: its filters, its rows, and how a row is read. */
export const licenseRows = {
  parameters,
  /** Without these four the API hides insights, Atlassian's own, always-free and government licences. */
  defaults: {
    withDataInsights: ['true'],
    includeAtlassianLicenses: ['true'],
    showLifeTimeFreeLicenses: ['true'],
    cloudComplianceBoundaries: kind.ALL_BOUNDARIES,
  },
  rowSchema: row,
  read: rowReader(row, toLicense),
};
