/**
 * Does something with each, so many at a time. When one fails, no further one is begun; those under way come to their
 * end before the failure is thrown, so that nobody works on when the services are stopped.
 */
export async function eachInFlight<Item>(
  inFlight: number,
  items: readonly Item[],
  act: (item: Item) => Promise<unknown>,
): Promise<void> {
  const waiting = [...items];
  const failures: unknown[] = [];
  const work = async (): Promise<void> => {
    while (failures.length === 0) {
      const [item] = waiting.splice(0, 1);
      if (item === undefined) return;
      await act(item).catch((error: unknown) => failures.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, items.length) }, work));
  if (failures.length > 0) throw failures[0];
}
