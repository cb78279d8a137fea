import * as z from 'zod';
import type { Feedback } from '../../../domain/feedback.ts';
import { rowReader } from '../../endpoint.ts';
import { requiredDay } from './day-field.ts';
import * as kind from './parameter-kinds.ts';
import { aliasFields, appFields, hostFields, toSubscription } from './subscription.ts';
import { cleanText, optionalText, present, requiredText, toProse, toText, unused } from './text.ts';

const row = z.object({
  ...appFields,
  ...aliasFields,
  ...hostFields,
  addonName: optionalText,
  addonVersion: optionalText,
  applicationKey: unused,
  applicationVersion: unused,
  // Who said it is known and never read.
  email: unused,
  fullName: unused,
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

/** What feedback can be selected by, besides the format of exports. */
const parameters = {
  productId: kind.productId,
  type: kind.anyOf(['disable', 'uninstall', 'unsubscribe'], 'what was done'),
  reason: kind.ids('reason keys such as "expectations"'),
  anonymous: kind.flag('without a subscription'),
  hosting: kind.hosting,
  appEdition: kind.appEdition,
  startDate: kind.day('feedback from this day'),
  endDate: kind.day('feedback until this day'),
  text: kind.phrase('words in the message'),
};

/** What every resource of feedback shares: its filters, its rows, and how a row is read. */
export const feedbackRows = { parameters, rowSchema: row, read: rowReader(row, toFeedback) };
