/** What opens a follow-up action of KLID, by people of the directory in test/world.ts. */
export const anAction = (id: string, changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  id,
  by: 'kim',
  title: 'Digitalise government documents',
  countries: ['KR', 'GR'],
  coordinator: 'kim',
  topic: 'Digitalise government documents',
  owner: 'klid',
  due: '2018-12-14',
  ...changes,
});
