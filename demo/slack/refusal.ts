/** The simulated Slack says no: a Web API `error` code and what stands beside it in the answer. */
export class SlackRefusal extends Error {
  readonly code: string;
  readonly detail: Readonly<Record<string, unknown>>;

  constructor(code: string, detail: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.name = 'SlackRefusal';
    this.code = code;
    this.detail = detail;
  }
}

/** A refusal that explains itself the way Slack does: `[ERROR] what [json-pointer:/where]`. */
export function explained(
  code: string,
  problems: readonly { message: string; pointer?: string }[],
): SlackRefusal {
  const lines = problems.map(({ message, pointer }) =>
    pointer === undefined ? message : `${message} [json-pointer:${pointer}]`,
  );
  return new SlackRefusal(code, {
    errors: lines,
    response_metadata: { messages: lines.map((line) => `[ERROR] ${line}`) },
  });
}
