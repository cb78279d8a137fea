/** Filling in a form as a person: what Slack sends of it, and what it does with the answer. */
import { readView } from './app-methods.ts';
import { isRecord } from './block-schema.ts';
import type { Delivery, Dispatch } from './deliver-http.ts';
import { actionOf } from './find-element.ts';
import type { Interaction } from './interaction.ts';
import type { Interactions } from './interactions.ts';
import type { Acting } from './people.ts';
import { SlackRefusal } from './refusal.ts';
import type { UserSetup, View, Workspace } from './workspace.ts';

/** A form that is filled in and sent. */
export interface SubmitAct extends Acting {
  readonly userId: string;
  /** What is typed or chosen, by block id; an empty text empties a field, and the others keep what they show. */
  readonly values?: Readonly<Record<string, string>>;
  /** Default: the newest open form of the person. */
  readonly viewId?: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** What a field shows when the form opens. */
const INITIAL = [
  'initial_value',
  'initial_user',
  'initial_date',
  'initial_time',
  'initial_channel',
  'initial_conversation',
];

/** What Slack calls the value of an empty field. */
const EMPTY: Readonly<Record<string, string>> = {
  users_select: 'selected_user',
  channels_select: 'selected_channel',
  conversations_select: 'selected_conversation',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  static_select: 'selected_option',
  radio_buttons: 'selected_option',
};

function initialOf(element: Fields): string {
  const option = element['initial_option'];
  const chosen = isRecord(option) ? option['value'] : INITIAL.map((name) => element[name]).find(Boolean);
  return typeof chosen === 'string' ? chosen : '';
}

/** The input blocks of a view, by id; blocks without an id get one as Slack generates them. */
function inputsOf({ view }: View): Map<string, Fields> {
  const inputs = view.blocks.filter(({ type }) => type === 'input');
  return new Map(
    inputs.map((block, index) => {
      const id = block['block_id'];
      return [typeof id === 'string' ? id : `auto${index}`, block];
    }),
  );
}

function optionValues(element: Fields): unknown[] {
  const options = Array.isArray(element['options']) ? element['options'].filter(isRecord) : [];
  return options.map((option) => option['value']);
}

/** What Slack's own screen does not let pass. */
function check(blockId: string, block: Fields, value: string, workspace: Workspace): void {
  const element = block['element'] as Fields;
  const refuse = (why: string): never => {
    throw new Error(`the field ${blockId} ${why}`);
  };
  if (value === '' && block['optional'] !== true) refuse('must be filled in');
  if (value === '') return;
  const type = element['type'];
  if (type === 'users_select' && !workspace.users.has(value)) refuse(`knows no person ${value}`);
  if (type === 'timepicker' && !/^([01]\d|2[0-3]):[0-5]\d$/.test(value)) refuse(`is no time: ${value}`);
  if (/^(?:channels|conversations)_select$/.test(type as string) && !workspace.channels.has(value))
    refuse(`knows no channel ${value}`);
  if (type === 'static_select' && !optionValues(element).includes(value)) refuse(`has no choice ${value}`);
  if (type === 'datepicker' && !/^\d{4}-\d{2}-\d{2}$/.test(value)) refuse(`is no date: ${value}`);
  const most = element['max_length'];
  if (typeof most === 'number' && value.length > most) refuse(`takes ${most} characters`);
}

/** The state of a form, as `view.state.values` carries it; while it is filled in, whatever stands there. */
function stateOf(
  view: View,
  values: Readonly<Record<string, string>>,
  workspace: Workspace,
  isComplete = true,
): Fields {
  const inputs = inputsOf(view);
  for (const id of Object.keys(values)) if (!inputs.has(id)) throw new Error(`no field ${id} in the form`);
  return Object.fromEntries(
    [...inputs].map(([blockId, block]) => {
      const element = block['element'] as Fields;
      const value = values[blockId] ?? initialOf(element);
      if (isComplete) check(blockId, block, value, workspace);
      const type = String(element['type']);
      const { action_id: _, ...filled } = actionOf(element, value);
      const empty = { type, [EMPTY[type] ?? 'value']: null };
      return [blockId, { [String(element['action_id'])]: value === '' ? empty : filled }];
    }),
  );
}

/** What an acknowledgement does to the form: the words beside its fields, or it closes; throws as Slack refuses it. */
function readAnswer(body: unknown, view: View): Readonly<Record<string, string>> | undefined {
  if (body === undefined || body === '' || (isRecord(body) && Object.keys(body).length === 0))
    return undefined;
  if (!isRecord(body)) throw new SlackRefusal('invalid_response');
  switch (body['response_action']) {
    case 'clear':
      return undefined;
    case 'errors': {
      const { errors } = body;
      if (!isRecord(errors) || Object.keys(errors).length === 0) throw new SlackRefusal('missing_errors');
      for (const [blockId, words] of Object.entries(errors)) {
        if (!inputsOf(view).has(blockId)) throw new SlackRefusal('unknown_block_id', { blockId });
        if (typeof words !== 'string' || words === '') throw new SlackRefusal('empty_error', { blockId });
      }
      return errors as Readonly<Record<string, string>>;
    }
    case 'update':
    case 'push':
      readView(body, 'modal');
      return undefined;
    default:
      throw new SlackRefusal('invalid_response', body);
  }
}

/** People who fill in forms, delivered through `deliver`. */
export function createForms(deps: {
  readonly workspace: Workspace;
  readonly interactions: Interactions;
  readonly deliver: (dispatch: Dispatch) => Promise<Delivery>;
  readonly ackLimitMs: number;
}) {
  const { interactions, workspace } = deps;
  const { bot, team } = workspace;

  function openView({ userId, viewId }: Pick<SubmitAct, 'userId' | 'viewId'>) {
    const user = workspace.users.get(userId);
    if (user === undefined) throw new Error(`no user ${userId} in the simulated workspace`);
    const view = [...workspace.views.values()].findLast(
      ({ id, type, userId: owner }) =>
        type === 'modal' && owner === user.id && (viewId === undefined || id === viewId),
    );
    if (view === undefined) throw new Error(`no open form for ${user.id}`);
    return { user, view };
  }

  /** What every payload about an open form carries. */
  function payloadOf(user: UserSetup, view: View, values: Fields, triggerId: string) {
    return {
      team: { id: team.id, domain: team.domain },
      user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId ?? team.id },
      api_app_id: bot.appId,
      token: 'simulated-verification-token',
      trigger_id: triggerId,
      view: {
        ...view.view,
        id: view.id,
        team_id: team.id,
        hash: view.hash,
        state: { values },
        previous_view_id: null,
        root_view_id: view.id,
        app_id: bot.appId,
        bot_id: bot.botId,
      },
      is_enterprise_install: false,
      enterprise: null,
    };
  }

  /** Changes one field of an open form that tells so (`dispatch_action`); the others hold what `values` says. */
  async function change(act: SubmitAct & { readonly blockId: string }): Promise<Interaction> {
    const { user, view } = openView(act);
    const block = inputsOf(view).get(act.blockId);
    if (block?.['dispatch_action'] !== true) throw new Error(`the field ${act.blockId} tells no change`);
    const values = act.values ?? {};
    const element = block['element'] as Fields;
    const action = actionOf(element, values[act.blockId] ?? initialOf(element));
    const interaction = interactions.begin({ kind: 'actions', userId: user.id });
    const payload = {
      type: 'block_actions',
      ...payloadOf(user, view, stateOf(view, values, workspace, false), interaction.triggerId),
      container: { type: 'view', view_id: view.id },
      actions: [{ ...action, block_id: act.blockId, action_ts: String(workspace.clock() / 1000) }],
    };
    const delivery = await deps.deliver({
      kind: 'interactive',
      payload,
      deliveries: act.deliveries ?? 1,
      ackLimitMs: deps.ackLimitMs,
    });
    return interaction.finish(delivery, false, act);
  }

  /** Fills in a form and sends it. With errors it stays open; otherwise it closes. */
  async function submit(act: SubmitAct): Promise<Interaction & { readonly errors?: Fields }> {
    const { user, view } = openView(act);
    const values = stateOf(view, act.values ?? {}, workspace);
    const interaction = interactions.begin({ kind: 'actions', userId: user.id });
    const payload = {
      type: 'view_submission',
      ...payloadOf(user, view, values, interaction.triggerId),
      response_urls: [],
    };
    const deliveries = act.deliveries ?? 1;
    const delivery = await deps.deliver({
      kind: 'interactive',
      payload,
      deliveries,
      ackLimitMs: deps.ackLimitMs,
    });
    let errors: Fields | undefined;
    let refusal: SlackRefusal | undefined;
    if (delivery.outcome === 'acked') {
      try {
        errors = readAnswer(delivery.body, view);
        if (errors === undefined) workspace.views.delete(view.id);
      } catch (error) {
        if (!(error instanceof SlackRefusal)) throw error;
        refusal = error;
      }
    }
    // With errors nothing follows: the person corrects the fields.
    const seen = await interaction.finish(delivery, false, errors ? { ...act, until: () => true } : act);
    return {
      ...seen,
      ...(errors !== undefined && { errors }),
      ...(refusal && {
        refused: [...seen.refused, { where: 'ack', code: refusal.code, detail: refusal.detail }],
      }),
    };
  }

  return { submit, change };
}

/** Filling in forms. */
export type Forms = ReturnType<typeof createForms>;
