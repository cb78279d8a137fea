import { limitContacts } from '../../domain/contact.ts';
import { licensesExport } from '../../reporting/endpoints/licenses-export.ts';
import { type DataSet, pullAll } from '../data-set.ts';
import { newestLicenses } from '../newest-rows.ts';
import { lastUpdatedToSend } from '../window.ts';

/** `withDataInsights` applies only when the start date is after July 2018, so older licences are a pull of their own. */
const INSIGHTS_FROM = '2018-07-02';
const BEFORE_INSIGHTS = '2018-07-01';

/** All licences, Atlassian's own and those of always-free apps included: rows that vanish later would be worse. */
export const licenses: DataSet = {
  name: 'licenses',
  async pull(context) {
    const lastUpdated = lastUpdatedToSend(context.mode, context.since, context.at);
    const recent = await pullAll(context, licensesExport, { startDate: INSIGHTS_FROM, lastUpdated });
    const old = await pullAll(context, licensesExport, { endDate: BEFORE_INSIGHTS, lastUpdated });
    const rows = newestLicenses([...old.rows, ...recent.rows]).map((row) =>
      limitContacts(row, context.contacts),
    );
    return { pulled: { kind: 'licenses', rows }, reports: [recent.report, old.report] };
  },
};
