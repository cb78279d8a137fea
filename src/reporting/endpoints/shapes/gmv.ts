import * as z from 'zod';
import type { GrossMerchandiseValue } from '../../../domain/gross-merchandise-value.ts';
import { type Cents, toCents } from '../../../domain/money.ts';
import { type Endpoint, type ParameterList, rowReader } from '../../endpoint.ts';
import { requiredDay } from './day-field.ts';
import { dollars } from './money.ts';
import { type Metric, metricSource, PARTNER_METRICS } from './partner-metrics.ts';
import { optionalText, present, toText } from './text.ts';

const fields = z.object({
  date: requiredDay,
  lifetimeGmv: dollars.nullish(),
  lifetimeGmvAppVersionType: optionalText,
  nonHarmonisedForgeVersionsGmv: dollars.nullish(),
  standardForgeAppVersionsGmv: dollars.nullish(),
});

type Raw = z.infer<typeof fields>;

/** One of the forms in which the value can be asked for. */
export interface GmvForm<Parameters extends ParameterList> extends Metric {
  readonly id: string;
  readonly summary: string;
  /** What each record holds in this form. One without it is refused: no amount may be missing in silence. */
  readonly holds: readonly (keyof Raw)[];
  readonly parameters: Parameters;
  readonly defaults?: Readonly<Record<string, readonly string[]>>;
}

const cents = (amount: number | null | undefined): Cents | undefined =>
  typeof amount === 'number' ? toCents(amount) : undefined;

function toGmv(raw: Raw): GrossMerchandiseValue {
  return present({
    period: raw.date,
    lifetime: cents(raw.lifetimeGmv),
    versionType: toText(raw.lifetimeGmvAppVersionType),
    nonHarmonisedForge: cents(raw.nonHarmonisedForgeVersionsGmv),
    standardForge: cents(raw.standardForgeAppVersionsGmv),
  });
}

/** Builds an endpoint of the gross merchandise value. Its records name no app, so that they cannot be had by app. */
export function gmvEndpoint<Parameters extends ParameterList>(
  form: GmvForm<Parameters>,
): Endpoint<GrossMerchandiseValue, Parameters> {
  const row = fields.superRefine((raw, context) => {
    for (const name of form.holds) {
      if ((raw[name] ?? '') !== '') continue;
      context.addIssue({ code: 'custom', path: [name], message: 'what was asked for' });
    }
  });
  return {
    id: form.id,
    summary: form.summary,
    path: PARTNER_METRICS,
    source: metricSource(form),
    parameters: form.parameters,
    defaults: { granularity: ['MONTH'], ...form.defaults },
    rowSchema: row,
    isAppless: true,
    cents: () => ['lifetime', 'nonHarmonisedForge', 'standardForge'],
    read: rowReader(row, toGmv),
  };
}
