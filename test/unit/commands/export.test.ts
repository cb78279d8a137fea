import { describe, expect, it } from 'vitest';
import type { SentFile } from '../../../src/commands/command.ts';
import type { Store } from '../../../src/store/store.ts';
import { aLicense, aLine } from '../../support/rows.ts';
import { openStore, recordRows } from '../../support/store-on-disk.ts';
import { asked, NOW } from './asking.ts';

const person = { name: 'Jane Doe', email: 'jane@acme.example' };

async function filled(): Promise<Store> {
  const store = await openStore();
  const customer = { company: '=cmd|calc', mailDomain: 'acme.example' };
  const aliases = { appEntitlementNumber: 'E-111-AAA-AAA-11A' };
  const license = aLicense({ aliases, customer, technicalContact: person });
  const lines = [120_000, -20_050].map((vendorAmount, index) =>
    aLine({
      aliases,
      customer,
      vendorAmount,
      lineId: `${index}`,
      transactionId: `IN-${index}`,
      billingContact: person,
    }),
  );
  await recordRows(store, { kind: 'licenses', rows: [license] }, { at: NOW });
  await recordRows(store, { kind: 'lines', rows: lines }, { at: NOW, silent: true });
  return store;
}

/** What is sent and said. */
async function exported(store: Store, text: string, showContacts = false) {
  const sent: SentFile[] = [];
  const sentences: string[] = [];
  const answer = await asked(store, text, {
    showContacts,
    sendFiles: async (files, sentence) => {
      sent.push(...files);
      sentences.push(sentence);
      return { kind: 'sent' };
    },
  });
  return { answer, sent, all: sent.map(({ content }) => content).join('\n'), sentence: sentences[0] };
}

describe('an export of a customer', () => {
  it.each(['export E-111-AAA-AAA-11A', 'csv lookup acme.example', 'E-111-AAA-AAA-11A export', 'export cmd'])(
    '"%s" has every license and every line, one by one, in dollars',
    async (text) => {
      const { answer, sent } = await exported(await filled(), text);
      expect(sent.map(({ name }) => name)).toEqual([
        'pulse-1-licenses-2026-03-17.csv',
        'pulse-2-transactions-2026-03-17.csv',
      ]);
      expect(answer).toContain('pulse-2-transactions-2026-03-17.csv: 2 rows');
      expect(sent[1]?.content).toMatch(/,1200,[^\n]*\r\n[^\n]*,-200.5,/);
    },
  );

  it('names people to those who may see them only', async () => {
    const store = await filled();
    const { all } = await exported(store, 'export E-111-AAA-AAA-11A');
    expect(all).not.toMatch(/Jane|jane@|[Cc]ontact/);
    const allowed = await exported(store, 'export E-111-AAA-AAA-11A', true);
    expect(allowed.all).toContain('Technical contact address');
    expect(allowed.all).toContain('jane@acme.example');
  });

  it('disarms what a spreadsheet would run', async () => {
    const { all } = await exported(await filled(), 'export E-111-AAA-AAA-11A');
    expect(all).toContain("'=cmd|calc");
    expect(all).not.toMatch(/(^|,)=cmd/m);
  });

  it('says what was asked without pinging anybody', async () => {
    const { sentence } = await exported(await filled(), 'export lookup cmd|calc <!channel>');
    expect(sentence ?? '').not.toContain('<!channel>');
  });

  it('that is nobody says so, and sends nothing', async () => {
    const { answer, sent } = await exported(await filled(), 'export xyzzy');
    expect(answer).toContain('Nothing found for "xyzzy"');
    expect(sent).toEqual([]);
  });

  it('by an address is refused to those who may not see people', async () => {
    const { answer, sent } = await exported(await filled(), 'export jane@acme.example');
    expect(answer).toContain("I look up people's addresses only for those");
    expect(sent).toEqual([]);
  });
});

describe('an export of a live search', () => {
  it('has the rows, and no contacts whoever asks', async () => {
    const store = await filled();
    const sent: SentFile[] = [];
    const answer = await asked(store, 'export live acme', {
      showContacts: true,
      askLive: async () => ({
        kind: 'answered',
        licenses: [aLicense({ technicalContact: person })],
        lines: [],
        isCut: true,
      }),
      sendFiles: async (files) => {
        sent.push(...files);
        return { kind: 'sent' };
      },
    });
    expect(sent).toHaveLength(1);
    expect(sent[0]?.content).not.toContain('Jane');
    expect(answer).toContain('They hold the rows of the answer, which cuts long lists');
  });
});

describe('a live search', () => {
  it('for a person is asked for nobody who may not see people', async () => {
    const asks: string[] = [];
    const askLive = async (text: string) => {
      asks.push(text);
      return { kind: 'failed', code: 'API_UNAVAILABLE' } as const;
    };
    const store = await filled();
    for (const text of [
      'live jane@acme.example',
      'live about jane@acme.example please',
      'export live jane@acme.example',
    ])
      expect(await asked(store, text, { askLive })).toContain("I look up people's addresses only for those");
    expect(asks).toEqual([]);
    await asked(store, 'live jane@acme.example', { askLive, showContacts: true });
    await asked(store, 'live sen 123456', { askLive });
    await asked(store, 'live https://acme.atlassian.net/x', { askLive });
    expect(asks).toEqual(['jane@acme.example', 'SEN-123456', 'acme.atlassian.net']);
  });
});
