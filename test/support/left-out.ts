import type { TestContext } from 'vitest';

/** Leaves a test out, and says why, where the machine cannot arrange what it is about. */
export function leaveOut(context: TestContext, reason: string | undefined): void {
  if (reason === undefined) return;
  process.stderr.write(`left out: ${context.task.name}: ${reason}\n`);
  context.skip(reason);
}
