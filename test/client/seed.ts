import type { Kysely } from 'kysely';
import { recordActivities } from '../../activities/record.ts';
import { importDirectory } from '../../database/directory.ts';
import type { Database } from '../../database/schema.ts';
import { decideOpening } from '../../domain/case/opening.ts';
import { lifecycles } from '../../domain/kinds.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { rulesOfToday } from '../../domain/rules-version.ts';

const entry = (fields: Record<string, string>) => ({ fields, file: 'test', line: 1 });

const directory = {
  countries: [
    entry({ code: 'KR', name: '대한민국', zone: 'Asia/Seoul', language: 'ko' }),
    entry({ code: 'GR', name: 'Ελλάδα', zone: 'Europe/Athens', language: 'el' }),
  ],
  agencies: [
    entry({ id: 'klid', country: 'KR', name: '=KLID', email: 'office@klid.example.org' }),
    entry({ id: 'silent', country: 'KR', name: 'An agency without an address' }),
  ],
  people: [entry({ id: 'kim-minji', name: '김민지', agency: 'klid', email: 'kim@klid.example.org' })],
};

const openedAt = '2026-01-05T00:00:00.000Z';

async function openAction(db: Kysely<Database>, id: string, title: string): Promise<void> {
  const opening = {
    id,
    by: 'kim-minji',
    title,
    countries: ['KR', 'GR'],
    coordinator: 'kim-minji',
    topic: title,
    owner: 'klid',
    due: '2026-02-05',
  };
  const event = decideOpening(lifecycles.action, opening, openedAt, `open-${id}`);
  if (isRefusal(event)) throw new Error(event.because);
  const outcome = await recordActivities({ db, unproved: 'anybody' }).record({
    kind: 'action',
    events: [event],
    command: { id: `open-${id}`, name: 'opening', body: opening },
    rules: rulesOfToday,
  });
  if (outcome.outcome === 'refused') throw new Error(outcome.refusal.because);
}

/** Two countries, two agencies, a person, and three open actions, put on record as the engine does it. */
export async function seed(db: Kysely<Database>): Promise<void> {
  await importDirectory(db, directory);
  await openAction(db, 'a1', '공공데이터 개방 협력을 위한 후속 조치와 그 이행 상황에 대한 점검');
  await openAction(db, 'a2', 'Συνεργασία για την ηλεκτρονική διακυβέρνηση');
  await openAction(db, 'a3', '=HYPERLINK("http://example.org")');
}
