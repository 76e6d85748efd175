import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { kindOf } from '../../domain/case/opening.ts';
import { kinds } from '../../domain/kinds.ts';
import { readDirectoryFiles } from '../../client/directory-files.ts';
import { importDirectory } from '../../database/directory.ts';
import { play } from '../../examples/play.ts';
import { readStory, storyFiles } from '../../examples/story.ts';
import { startWorld } from '../world.ts';

/**
 * Saves what the code of today writes into histories: `npx tsx test/histories/save.ts`, by hand, at a release. They go
 * into a folder named as the version in package.json.
 *
 * Histories of earlier releases stay as they are: cases that began under them are still running.
 */
const saved = [
  'request/kr-gr-2017',
  'mou/kr-gr-2017',
  'committee/kr-gr',
  'meeting/kr-gr-1',
  'action/kr-gr-2-level',
  'action/kr-gr-2-services',
  'action/kr-gr-2-technology',
  'action/korea-romania-documents',
  'action/korea-romania-procurement',
  'visit/bsec-2018',
  'workshop/korea-romania-2018',
  'programme/korea-bsec',
  'edition/korea-bsec-7',
  'appointment/korea-romania-portal',
];

const unsaved = kinds.filter((kind) => !saved.some((id) => kindOf(id) === kind));
if (unsaved.length > 0) throw new Error(`Name a case to save of each kind: ${unsaved.join(', ')} has none.`);

const appointment = {
  id: 'korea-romania-portal',
  by: 'choi-hana',
  title: 'Talk on the services portal',
  countries: ['KR', 'RO'],
  coordinator: 'choi-hana',
  form: 'bilateralTalk',
  subject: 'the services portal',
  on: '2019-07-16',
  owner: 'mois',
  host: 'agency/mcsi',
};

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const { version } = JSON.parse(readFileSync(pathOf('../../package.json'), 'utf8')) as { version: string };
mkdirSync(pathOf(version), { recursive: true });

const world = await startWorld('2017-03-06T01:00:00.000Z', { alone: true });
try {
  const { directory, faults } = await readDirectoryFiles([pathOf('../../examples/directory.yaml')]);
  await importDirectory(world.db, directory, faults, 'kim-minji');
  await play(storyFiles.map(readStory), world.player, world.db, (line) => console.log(line));
  // No story has one: it is opened after them, and waits for its host and its record.
  await world.player.open('appointment', appointment, 'appointment');
  await world.player.advanceTo('2019-08-01T00:00:00.000Z');
  for (const id of saved) {
    const history = await world.client.workflow.getHandle(id).fetchHistory();
    // Parsed and written anew: the indentation would be half of the file, and the names of this machine and its folders are nobody's business.
    const json = JSON.stringify(JSON.parse(historyToJSON(history)))
      .replaceAll(`${process.pid}@${hostname()}`, 'worker')
      .replaceAll(pathOf('../../'), '');
    writeFileSync(pathOf(`${version}/${id.replace('/', '-')}.json`), `${json}\n`);
  }
} finally {
  await world.stop();
}
