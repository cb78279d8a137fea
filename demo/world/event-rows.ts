import type { Arrival } from './arrivals.ts';
import type { Calendar } from './calendar.ts';
import { REASONS } from './feedback.ts';
import type { FeedbackNote, LifeEvent } from './history.ts';
import type { Random } from './random.ts';
import type { RawEvent, RawFeedback } from './raw-rows.ts';

/** The row of a churn, conversion or renewal; one in fifty is touched again later without any change. */
export function writeEvent(event: LifeEvent, calendar: Calendar, random: Random): Arrival<RawEvent> {
  const { subscription, visible } = event;
  const row: RawEvent = {
    addonKey: subscription.app.appKey,
    productId: subscription.app.productId,
    addonName: subscription.app.name,
    hosting: 'Cloud',
    ...(subscription.edition ? { appEdition: subscription.edition } : {}),
    lastUpdated: calendar.day(visible),
    eventDate: calendar.day(event.on),
    ...(event.transactionId ? { transactionId: event.transactionId } : {}),
    licenseDetails: {
      appEntitlementId: subscription.entitlementId,
      appEntitlementNumber: subscription.entitlementNumber,
      cloudId: subscription.site.cloudId,
      maintenanceStartDate: calendar.day(event.start),
      maintenanceEndDate: calendar.day(event.end),
      monthsValid: event.months,
    },
  };
  const versions = [{ from: visible, row }];
  const touched = visible + random.int(2, 60);
  if (random.chance(0.02))
    versions.push({ from: touched, row: { ...row, lastUpdated: calendar.day(touched) } });
  return { versions };
}

/** The row of a feedback. */
export function writeFeedback(note: FeedbackNote, calendar: Calendar): Arrival<RawFeedback> {
  const { app, subscription } = note;
  const row: RawFeedback = {
    addonKey: app.appKey,
    productId: app.productId,
    addonVersion: '4.7.1',
    applicationKey: app.product.toLowerCase(),
    hosting: subscription?.hosting ?? 'Cloud',
    ...(subscription?.edition ? { appEdition: subscription.edition } : {}),
    date: calendar.day(note.on),
    feedbackType: note.type,
    reasonKey: note.reasonKey,
    reason: REASONS[note.reasonKey] ?? 'Other',
    message: note.message,
    ...(subscription
      ? {
          appEntitlementId: subscription.entitlementId,
          appEntitlementNumber: subscription.entitlementNumber,
          cloudId: subscription.site.cloudId,
        }
      : {}),
  };
  return { versions: [{ from: note.visible, row }] };
}
