import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { readDirectoryFiles } from '../../client/directory-files.ts';
import { importDirectory } from '../../database/directory.ts';
import { play } from '../../examples/play.ts';
import { readStory, storyFiles } from '../../examples/story.ts';
import { startWorld } from '../world.ts';

/**
 * Saves what the code of today writes into histories: `npx tsx test/histories/save.ts`, by hand, at a release.
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
];

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const world = await startWorld('2017-03-06T01:00:00.000Z');
try {
  const { directory, faults } = await readDirectoryFiles([pathOf('../../examples/directory.yaml')]);
  await importDirectory(world.db, directory, faults);
  await play(storyFiles.map(readStory), world.player, world.db, (line) => console.log(line));
  for (const id of saved) {
    const history = await world.client.workflow.getHandle(id).fetchHistory();
    // Parsed and written anew: the indentation would be half of the file, and the name of this machine is nobody's business.
    const json = JSON.stringify(JSON.parse(historyToJSON(history))).replaceAll(`${process.pid}@${hostname()}`, 'worker');
    writeFileSync(pathOf(`${id.replace('/', '-')}.json`), `${json}\n`);
  }
} finally {
  await world.stop();
}
