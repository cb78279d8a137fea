import { ALERT_IDS, ALERT_UNITS, type AlertChange, type AlertId, type AlertOwner } from './alert-rules.ts';
import { addDays, type Day, dayOf, type Instant, isDay, startOf } from './day.ts';
import { readMinute, readWeekdays } from './time-words.ts';

/** What somebody wants of alerts, or what cannot be understood of it. */
export type AlertRequest =
  | { readonly kind: 'show' }
  | { readonly kind: 'form' }
  | { readonly kind: 'change'; readonly changes: readonly [AlertChange, ...AlertChange[]] }
  | { readonly kind: 'handled' | 'reopen'; readonly id: number }
  /** Without an end it is asked for. */
  | { readonly kind: 'snooze'; readonly id: number; readonly until?: Day | Instant }
  | { readonly kind: 'problem'; readonly what: AlertProblem; readonly text: string };

/** What could not be understood. */
export type AlertProblem = 'rule' | 'amount' | 'time' | 'hours' | 'days' | 'person' | 'owner' | 'alert';

/** What reading needs besides the words. */
export interface RequestContext {
  readonly now: Instant;
  /** Who `me` is. */
  readonly userId?: string;
}

const DAY_MS = 86_400_000;

/** What people call the rules, spaces and hyphens aside. */
const NAMES: Readonly<Record<AlertId, readonly string[]>> = {
  'large-transaction': [
    'large',
    'largesale',
    'largesales',
    'largetransactions',
    'sale',
    'sales',
    'transaction',
    'transactions',
  ],
  upgrade: ['upgrades', 'up'],
  downgrade: ['downgrades', 'down'],
  refund: ['refunds'],
  'payment-problem': ['payment', 'payments', 'paymentproblems', 'dunning', 'uncollectible'],
  'customer-leaving': [
    'leaving',
    'leavers',
    'churn',
    'cancellation',
    'cancellations',
    'bigcustomerleaving',
    'customersleaving',
  ],
  'big-evaluation': ['evaluation', 'evaluations', 'bigevaluations', 'trial', 'trials'],
  feedback: ['message', 'messages'],
  'unusual-week': ['unusual', 'unusualweeks', 'week', 'weeks'],
  'data-problem': ['data', 'dataproblems', 'problem', 'problems'],
};

const bare = (word: string): string => word.toLowerCase().replace(/[-_\s]/g, '');

function ruleNamed(text: string): AlertId | undefined {
  const wanted = bare(text);
  return ALERT_IDS.find((id) => bare(id) === wanted || NAMES[id].includes(wanted));
}

/** The rule that one or two words next to each other name, and the words around it. */
function takeRule(words: readonly string[]) {
  for (const length of [2, 1]) {
    for (let from = 0; from + length <= words.length; from += 1) {
      const rule = ruleNamed(words.slice(from, from + length).join(' '));
      if (rule) return { rule, rest: words.toSpliced(from, length) };
    }
  }
  return { rule: undefined, rest: words };
}

const AMOUNT = /^\$?([\d][\d.,\u00A0 ]*)([km])?(?:usd|\$|users?)?$/i;

/** `5000`, `$5,000`, `5.000`, `2.5k`, `1m` as a number; undefined for anything else. */
export function readAmount(text: string): number | undefined {
  const [, digits, unit] = AMOUNT.exec(text.trim()) ?? [];
  if (digits === undefined) return undefined;
  // Three digits after a mark are thousands, in any country; fewer are a fraction.
  const plain = digits
    .replace(/[.,\u00A0 ](?=\d{3}(?:\D|$))/g, '')
    .replace(',', '.')
    .replace(/[\u00A0 ]/g, '');
  const value = Number(plain) * (unit === undefined ? 1 : /k/i.test(unit) ? 1000 : 1_000_000);
  return Number.isFinite(value) && value >= 0 && value < 1e11 ? value : undefined;
}

const COUNTED = /^(\d{1,3}|an?|one)\s*(d|days?|w|weeks?)$/i;

/** `1d`, `2 weeks`, `tomorrow`, `2026-12-01`: a moment that long away, or a day. */
export function readUntil(words: readonly string[], now: Instant): Day | Instant | undefined {
  const text = words
    .filter((word) => !/^(for|until|till|to|the|on)$/i.test(word))
    .join(' ')
    .trim();
  if (isDay(text)) return startOf(text) > now ? text : undefined;
  if (/^tomorrow$/i.test(text)) return addDays(dayOf(now), 1);
  const [, number = '', unit = ''] = COUNTED.exec(text) ?? [];
  if (unit === '') return undefined;
  const days = (/^(an?|one)$/i.test(number) ? 1 : Number(number)) * (/^w/i.test(unit) ? 7 : 1);
  return days > 0 ? now + days * DAY_MS : undefined;
}

const OFF = /^(off|none|never|no|stop|remove|nobody|always|default)$/i;

function readQuiet(words: readonly string[]): AlertRequest {
  const text = words.filter((word) => !/^(hours?|from|between)$/i.test(word)).join(' ');
  if (OFF.test(text)) return { kind: 'change', changes: [{ kind: 'quiet' }] };
  const [from, to, ...rest] = text.split(/\s*(?:-|–|—|\bto\b|\buntil\b|\band\b)\s*/i);
  const [begin, end] = [readMinute(from ?? ''), readMinute(to ?? '')];
  if (begin === undefined || end === undefined || begin === end || rest.length > 0)
    return { kind: 'problem', what: 'hours', text };
  return { kind: 'change', changes: [{ kind: 'quiet', hours: { from: begin, to: end } }] };
}

function readDays(words: readonly string[]): AlertRequest {
  const text = words.join(' ').replace(/\s*[-–—]\s*/g, '-');
  if (OFF.test(text) || /^(all|every ?day|daily)$/i.test(text))
    return { kind: 'change', changes: [{ kind: 'days' }] };
  const days = readWeekdays(text);
  return days === undefined
    ? { kind: 'problem', what: 'days', text }
    : { kind: 'change', changes: [{ kind: 'days', days }] };
}

function readOwner(words: readonly string[], { userId }: RequestContext): AlertRequest {
  let person: string | undefined;
  let isNobody = false;
  const rest: string[] = [];
  for (const word of words) {
    const [, id] = /^<?@?([UW][A-Z0-9]{4,})(?:\|[^>]*)?>?$/.exec(word) ?? [];
    if (id !== undefined) person = id;
    else if (/^me$/i.test(word)) person = userId;
    else if (OFF.test(word)) isNobody = true;
    else if (!/^(for|of|is|the|in|mention)$/i.test(word)) rest.push(word);
  }
  const [first = '', ...others] = rest;
  const isScoped = /^(app|region|country):?$/i.test(first);
  const of: AlertOwner['of'] = !isScoped
    ? rest.length === 0
      ? 'all'
      : 'region'
    : /^app/i.test(first)
      ? 'app'
      : 'region';
  const name = (isScoped ? others : rest).join(' ').replace(/^(app|region|country):/i, '');
  const named = /^app:/i.test(rest.join(' ')) ? 'app' : of;
  if (person === undefined && !isNobody) return { kind: 'problem', what: 'person', text: words.join(' ') };
  if (named !== 'all' && name === '') return { kind: 'problem', what: 'owner', text: words.join(' ') };
  const owner = { of: named, name };
  return {
    kind: 'change',
    changes: [{ kind: 'owner', owner, ...(!isNobody && person && { userId: person }) }],
  };
}

/** Words that act on one alert, by the number its buttons carry. */
function readAct(word: string, words: readonly string[], { now }: RequestContext): AlertRequest | undefined {
  const kind = /^(handled?|done|resolved?)$/i.test(word)
    ? 'handled'
    : /^(reopen|unhandled?|undo)$/i.test(word)
      ? 'reopen'
      : /^(snooze|remind|later)$/i.test(word)
        ? 'snooze'
        : undefined;
  if (kind === undefined) return undefined;
  const [number = '', ...rest] = words;
  const id = Number(number.replace(/^#/, ''));
  if (!Number.isSafeInteger(id) || id < 1) return { kind: 'problem', what: 'alert', text: words.join(' ') };
  if (kind !== 'snooze') return { kind, id };
  if (rest.length === 0) return { kind, id };
  const until = readUntil(rest, now);
  return until === undefined ? { kind: 'problem', what: 'time', text: rest.join(' ') } : { kind, id, until };
}

interface RuleWish {
  isOn?: boolean | 'default';
  threshold?: number | 'automatic';
  mutedUntil?: Instant;
}

/** What the words around a rule say of it; what is left is an app's name. */
function readRuleWords(rule: AlertId, words: readonly string[], now: Instant): AlertRequest {
  const wish: RuleWish = {};
  const rest: string[] = [];
  let isMute = false;
  const unit = ALERT_UNITS[rule];
  for (const word of words) {
    const amount = readAmount(word);
    if (/^(on|enable|start|unmute|resume)$/i.test(word)) Object.assign(wish, { isOn: true, mutedUntil: 0 });
    else if (/^(off|disable|stop)$/i.test(word)) wish.isOn = false;
    else if (/^(mute|silence|pause)$/i.test(word)) isMute = true;
    else if (/^(automatic|auto|usual)$/i.test(word)) wish.threshold = 'automatic';
    else if (/^(default|reset)$/i.test(word))
      Object.assign(wish, { isOn: 'default', ...(unit !== undefined && { threshold: 'automatic' }) });
    else if (!isMute && amount !== undefined)
      wish.threshold = unit === 'money' ? Math.round(amount * 100) : Math.round(amount);
    else if (!/^(from|above|over|at|least|to|users?|usd|app|for|here|threshold|alerts?)$/i.test(word))
      rest.push(word);
  }
  if (isMute) {
    const time = rest.filter((word) => !/^app:/i.test(word));
    const until = time.length === 0 ? undefined : readUntil(time, now);
    if (until === undefined && time.length > 0)
      return { kind: 'problem', what: 'time', text: time.join(' ') };
    if (until === undefined) wish.isOn = false;
    else wish.mutedUntil = typeof until === 'number' ? until : startOf(until);
    rest.splice(0, rest.length, ...rest.filter((word) => /^app:/i.test(word)));
  }
  if (wish.threshold !== undefined && unit === undefined)
    return { kind: 'problem', what: 'amount', text: words.join(' ') };
  const app = rest.join(' ').replace(/^app:/i, '');
  if (Object.keys(wish).length === 0) return { kind: 'problem', what: 'amount', text: words.join(' ') };
  // Whoever says from how much on to tell something wants to be told.
  const isOn = typeof wish.threshold === 'number' && wish.isOn === undefined ? { isOn: true } : {};
  return { kind: 'change', changes: [{ kind: 'rule', rule, app, ...isOn, ...wish }] };
}

/**
 * Reads what somebody typed after `alerts`, in any order: `refund off`, `large transaction $5,000 app:"App 1"`, `mute
 * feedback 1w`, `quiet 20:00-8:00`, `days mon-fri`, `owner me app "App 1"`, `handled 12`, `snooze 12 1d`. Without words
 * it is a wish to see what there is.
 */
export function readAlertRequest(words: readonly string[], context: RequestContext): AlertRequest {
  const [first, ...rest] = words;
  if (first === undefined || /^(show|list|status|here)$/i.test(first)) return { kind: 'show' };
  if (/^(form|edit|change|settings?|set|configure)$/i.test(first) && rest.length === 0)
    return { kind: 'form' };
  if (/^quiet$/i.test(first)) return readQuiet(rest);
  if (/^(days?|weekdays)$/i.test(first))
    return readDays(rest.length === 0 && /^weekdays$/i.test(first) ? [first] : rest);
  if (/^(owners?|mention)$/i.test(first)) return readOwner(rest, context);
  const act = readAct(first, rest, context);
  if (act) return act;
  const { rest: around, rule } = takeRule(/^set$/i.test(first) ? rest : words);
  return rule === undefined
    ? { kind: 'problem', what: 'rule', text: words.join(' ') }
    : readRuleWords(rule, around, context.now);
}
