import type { Offset } from './calendar.ts';

/** What is going to happen, by day. Actions may plan further actions, on the same day too. */
export interface Agenda {
  /** Plans an action; one planned for a day already over never runs. */
  plan(day: Offset, action: () => void): void;
  /** Runs every day from `first` to `last` in order, and each day's actions in the order they were planned. */
  run(first: Offset, last: Offset): void;
}

/** An empty agenda. */
export function createAgenda(): Agenda {
  const days = new Map<Offset, (() => void)[]>();
  return {
    plan(day, action) {
      const planned = days.get(day);
      if (planned) planned.push(action);
      else days.set(day, [action]);
    },
    run(first, last) {
      for (let day = first; day <= last; day += 1) {
        const actions = days.get(day) ?? [];
        for (let index = 0; index < actions.length; index += 1) actions[index]?.();
        days.delete(day);
      }
    },
  };
}
