import { optional, required } from './api-method.ts';
import type { ApiContext, ApiMethod, Arguments } from './api-method.ts';
import { plainText } from './block-elements.ts';
import { boolean, isRecord, object, oneOf, string } from './block-schema.ts';
import type { BlockProblem, Check, Walk } from './block-schema.ts';
import { explained, SlackRefusal } from './refusal.ts';
import { validateBlocks } from './validate-blocks.ts';
import type { View } from './workspace.ts';

const anything: Check = () => undefined;
const common = {
  private_metadata: string(3000, { min: 0 }),
  callback_id: string(255),
  external_id: string(255),
};
const HOME = object({ blocks: anything }, common);
const MODAL = object(
  { title: plainText(24), blocks: anything },
  {
    ...common,
    close: plainText(24),
    submit: plainText(24),
    clear_on_close: boolean,
    notify_on_close: boolean,
  },
);

/** A view as passed, checked; problems answer `invalid_arguments` with pointers below `/view`. */
export function readView(args: Arguments, type: 'home' | 'modal'): View['view'] {
  const view = args['view'];
  if (!isRecord(view)) throw explained('invalid_arguments', [{ message: 'missing required field: view' }]);
  const problems: BlockProblem[] = [];
  const walk: Walk = {
    problems,
    blockIds: new Set(),
    actionIds: new Set(),
    tables: 0,
    charts: 0,
    tableChars: 0,
    markdownChars: 0,
  };
  oneOf(type)(view['type'], '/view/type', walk);
  (type === 'home' ? HOME : MODAL)(view, '/view', walk);
  problems.push(...validateBlocks(view['blocks'], type, '/view/blocks'));
  if (Array.isArray(view['blocks']) && view['submit'] === undefined && type === 'modal') {
    const hasInput = view['blocks'].some((block: unknown) => isRecord(block) && block['type'] === 'input');
    if (hasInput) problems.push({ message: 'missing required field: submit', pointer: '/view' });
  }
  if (problems.length > 0) throw explained('invalid_arguments', problems);
  return view as View['view'];
}

function store(
  context: ApiContext,
  type: View['type'],
  userId: string,
  view: View['view'],
  id?: string,
): View {
  const { workspace } = context;
  const stored: View = {
    id: id ?? workspace.newId('V'),
    hash: `${Math.floor(workspace.clock() / 1000)}.${workspace.newId('').slice(-8).toLowerCase()}`,
    type,
    userId,
    view,
  };
  workspace.setView(stored);
  return stored;
}

function apiView(view: View, context: ApiContext): Record<string, unknown> {
  const { bot, team } = context.workspace;
  return {
    view: {
      ...view.view,
      id: view.id,
      team_id: team.id,
      hash: view.hash,
      app_id: bot.appId,
      bot_id: bot.botId,
      state: { values: {} },
      root_view_id: view.id,
      previous_view_id: null,
    },
  };
}

function publish(args: Arguments, context: ApiContext): Record<string, unknown> {
  const userId = required(args, 'user_id');
  if (!context.workspace.users.has(userId)) throw new SlackRefusal('user_not_found');
  const earlier = context.workspace.views.get(`home:${userId}`);
  const hash = optional(args, 'hash');
  if (hash !== undefined && hash !== earlier?.hash) throw new SlackRefusal('hash_conflict');
  return apiView(store(context, 'home', userId, readView(args, 'home'), earlier?.id), context);
}

function open(args: Arguments, context: ApiContext): Record<string, unknown> {
  const { userId } = context.useTrigger(required(args, 'trigger_id'));
  return apiView(store(context, 'modal', userId, readView(args, 'modal')), context);
}

function update(args: Arguments, context: ApiContext): Record<string, unknown> {
  const id = optional(args, 'view_id');
  const externalId = optional(args, 'external_id');
  const known = [...context.workspace.views.values()].find(
    (view) => view.id === id || (externalId !== undefined && view.view['external_id'] === externalId),
  );
  if (known === undefined) throw new SlackRefusal('not_found');
  const hash = optional(args, 'hash');
  if (hash !== undefined && hash !== known.hash) throw new SlackRefusal('hash_conflict');
  return apiView(store(context, known.type, known.userId, readView(args, known.type), known.id), context);
}

function authTest(_: Arguments, { bot, origin, workspace }: ApiContext): Record<string, unknown> {
  const { team } = workspace;
  return {
    // In Slack `https://<domain>.slack.com/`; here the page, so that links to messages open it.
    url: `${origin()}/`,
    team: team.name,
    user: bot.handle,
    team_id: team.id,
    user_id: bot.userId,
    bot_id: bot.botId,
    is_enterprise_install: false,
  };
}

/** `api.test`, `auth.test`, `apps.connections.open` and `views.*`. */
export const APP_METHODS: Readonly<Record<string, ApiMethod>> = {
  'api.test': {
    token: 'none',
    run: (args) => {
      const error = optional(args, 'error');
      if (error !== undefined) throw new SlackRefusal(error, { args });
      return { args };
    },
  },
  'auth.test': { token: 'bot', run: authTest },
  'apps.connections.open': { token: 'app', run: (_, context) => ({ url: context.socketUrl() }) },
  'views.open': { token: 'bot', run: open },
  'views.publish': { token: 'bot', run: publish },
  'views.update': { token: 'bot', run: update },
};
