import * as z from 'zod';
import type { Feedback } from '../../domain/feedback.ts';
import { type Endpoint, rowReader } from '../endpoint.ts';
import { DEVELOPER_SPACE } from '../origin.ts';
import { requiredDay } from './shapes/day-field.ts';
import * as kind from './shapes/parameter-kinds.ts';
import { aliasFields, appFields, hostFields, toSubscription } from './shapes/subscription.ts';
import { cleanText, optionalText, present, requiredText, toProse, toText, unused } from './shapes/text.ts';

const row = z.object({
  ...appFields,
  ...aliasFields,
  ...hostFields,
  addonName: optionalText,
  addonVersion: optionalText,
  applicationKey: unused,
  hosting: requiredText,
  appEdition: optionalText,
  date: requiredDay,
  feedbackType: requiredText,
  reasonKey: optionalText,
  reason: optionalText,
  message: optionalText,
});

function toFeedback(raw: z.infer<typeof row>): Feedback {
  return present({
    ...toSubscription({
      app: raw,
      name: raw.addonName,
      aliases: raw,
      host: raw,
      hosting: raw.hosting,
      edition: raw.appEdition,
    }),
    date: raw.date,
    feedbackType: cleanText(raw.feedbackType).toLowerCase(),
    reasonKey: toText(raw.reasonKey),
    reason: toText(raw.reason),
    message: toProse(raw.message),
    appVersion: toText(raw.addonVersion),
  });
}

/**
 * What customers said when they disabled, uninstalled or unsubscribed, by day. Lag: up to a day. Quirks: no app name
 * (the key stands in for it), no row id: two anonymous rows that agree in every field count as one; `unsubscribe` is
 * missing in the specification and is what the sample has.
 */
export const feedbackDetails: Endpoint<Feedback> = {
  id: 'feedback-details',
  summary: 'what customers said when they disabled, uninstalled or unsubscribed',
  path: `${DEVELOPER_SPACE}/feedback/details`,
  source: { kind: 'pages', list: 'feedback', keyOf: (row) => JSON.stringify(row) },
  parameters: {
    productId: kind.productId,
    type: kind.anyOf(['disable', 'uninstall', 'unsubscribe'], 'what was done'),
    reason: kind.ids('reason keys such as "expectations"'),
    anonymous: kind.flag('without a subscription'),
    hosting: kind.hosting,
    appEdition: kind.appEdition,
    startDate: kind.day('feedback from this day'),
    endDate: kind.day('feedback until this day'),
    text: kind.phrase('words in the message'),
  },
  defaults: {},
  rowSchema: row,
  read: rowReader(row, toFeedback),
};
