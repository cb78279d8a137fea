import type { SpaceApp } from '../domain/named-app.ts';
import type { CommandContext } from './command.ts';

/** The apps of every developer space. */
export async function readSpaceApps({ read }: Pick<CommandContext, 'read'>): Promise<SpaceApp[]> {
  const spaces = await read.readDeveloperIds();
  const apps = await Promise.all(
    spaces.map(async (developerId) =>
      (await read.readApps(developerId)).map((app) => ({ developerId, app })),
    ),
  );
  return apps.flat();
}
