import type { Answer, Entente } from '../../client/client.ts';

const inSixtyDays = (): string => new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);

/** What opens a live follow-up action of KLID, by people of the directory in test/world.ts. */
export const portalAction = (id: string, by = 'kim') => ({
  id,
  by,
  title: `Open data portal ${id}`,
  countries: ['KR'],
  coordinator: by,
  topic: 'Open data portal',
  owner: 'klid',
  due: inSixtyDays(),
});

export const openPortalAction = (entente: Entente, id: string, by?: string): Promise<Answer> =>
  entente.open('action', portalAction(id, by));
