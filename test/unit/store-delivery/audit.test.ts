import { describe, expect, it } from 'vitest';
import { type AuditEntry, createAudit } from '../../../src/store/audit.ts';
import { openDeliveryStore } from '../../support/delivery-store.ts';

const NOW = Date.parse('2026-03-10T09:00:00Z');
const ASKED: AuditEntry = {
  at: NOW,
  teamId: 'T1',
  userId: 'U1',
  channelId: 'C1',
  source: 'command',
  topic: 'lookup',
  verdict: 'allowed',
};

describe('the audit', () => {
  it('tells who asked for what kind of thing, newest first', async () => {
    const audit = createAudit(openDeliveryStore());
    const refused: AuditEntry = { ...ASKED, at: NOW + 1, verdict: 'refused', reason: 'guest' };
    const looked: AuditEntry = { ...ASKED, at: NOW + 2, source: 'home' };
    for (const entry of [ASKED, refused, looked]) await audit.record(entry);
    expect(await audit.list(NOW)).toEqual([looked, refused, ASKED]);
    expect(await audit.list(NOW + 1, 1)).toEqual([looked]);
  });

  it('forgets what is old', async () => {
    const audit = createAudit(openDeliveryStore());
    await audit.record(ASKED);
    await audit.record({ ...ASKED, at: NOW + 1 });
    expect(await audit.forgetBefore(NOW + 1)).toBe(1);
    expect(await audit.list(0)).toHaveLength(1);
  });

  it('knows two questions about the same thing without knowing the thing', async () => {
    const [here, elsewhere] = [createAudit(openDeliveryStore()), createAudit(openDeliveryStore())];
    for (const subject of ['acme', ' ACME ', 'other']) await here.record(ASKED, subject);
    await elsewhere.record(ASKED, 'acme');
    const [other, again, acme] = (await here.list(NOW)).map(({ subjectHmac }) => subjectHmac);
    expect(acme).toMatch(/^[0-9a-f]{32}$/);
    expect(again).toBe(acme);
    expect(other).not.toBe(acme);
    expect((await elsewhere.list(NOW))[0]?.subjectHmac).not.toBe(acme);
  });
});
