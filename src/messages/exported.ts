import type { Message } from '../domain/message.ts';
import { context, message, section } from './kit/blocks.ts';
import { escape, join, type Mrkdwn, mrk } from './kit/escape.ts';
import { count } from './kit/words.ts';

/** What sending files needs. */
export type FileScope = 'files:write' | 'im:write';

/** The product's own words: as a value the colon would become a look-alike, and nobody could copy it. */
const SCOPE: Record<FileScope, Mrkdwn> = {
  'files:write': mrk`\`files:write\``,
  'im:write': mrk`\`im:write\``,
};

/** What became of the files. */
export interface Exported {
  readonly outcome:
    | { readonly kind: 'sent' }
    | { readonly kind: 'unavailable' }
    | { readonly kind: 'missing-scope'; readonly scopes: readonly FileScope[] }
    | { readonly kind: 'refused'; readonly code: string };
  /** `left`: rows that are not in it. */
  readonly files: readonly { readonly name: string; readonly rows: number; readonly left: number | 'some' }[];
}

function fileLine({ left, name, rows }: Exported['files'][number]): Mrkdwn {
  const more = left === 0 || left === 'some' ? mrk`` : mrk`; ${count(left, 'row')} more left out`;
  return mrk`• ${escape(name, 120)}: ${count(rows, 'row')}${more}`;
}

function sentenceOf({ files, outcome }: Exported): Mrkdwn {
  switch (outcome.kind) {
    case 'sent':
      return mrk`I sent you ${count(files.length, 'CSV file')} in a direct message.`;
    case 'missing-scope': {
      const scopes = join(
        outcome.scopes.map((scope) => SCOPE[scope]),
        ' and ',
      );
      return mrk`I may not send files here. The person who runs this app can grant ${scopes} under OAuth & Permissions and install the app again.`;
    }
    case 'unavailable':
      return mrk`Files can be sent in Slack only; here, \`--json\` gives the records.`;
    case 'refused':
      return mrk`Slack did not take the files (${outcome.code}). Try again; if it happens again, give this code to the person who runs this app.`;
  }
}

/** The answer to an export: what was sent, or why nothing was. */
export function exported(one: Exported): Message {
  const sentence = sentenceOf(one);
  const isCut = one.files.some(({ left }) => left === 'some');
  const isSent = one.outcome.kind === 'sent';
  return message(sentence, [
    section(sentence),
    isSent ? section(join(one.files.map(fileLine), '\n')) : undefined,
    isSent && isCut
      ? context(
          mrk`They hold the rows of the answer, which cuts long lists; a narrower question brings them whole`,
        )
      : undefined,
  ]);
}

/** The answer to an export of nothing. */
export function exportAsks(slash: string): Message {
  const sentence = mrk`Export what? Type what you would ask otherwise: \`${escape(`${slash} export acme`)}\` or \`${escape(`${slash} export churn`)}\`.`;
  return message(sentence, [section(sentence)]);
}

/** The answer to an export of something that has no rows. */
export function exportEmpty(asked: string, slash: string): Message {
  const sentence = mrk`There are no rows behind "${escape(asked, 60)}", so there is no file. \`${escape(`${slash} export acme`)}\` sends those of a customer, \`${escape(`${slash} export churn`)}\` those of a digest.`;
  return message(sentence, [section(sentence)]);
}
