/**
 * A script of your own: writes each agency's late follow-up actions as one note per case, ready for a meeting.
 *
 * Run it beside `npm start`:   npx tsx examples/scripts/late-actions.ts GR
 * With `--note PERSON` it also puts on record, in each of those cases, that it was brought up.
 */
import { parseArgs } from 'node:util';
import { connectEntente, type Entente, RefusedError, SettingsError, UnavailableError } from '../../client/client.ts';
import type { MatrixAction } from '../../database/lists.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { note: { type: 'string' } } });

/** Every page of the list, however long it is. */
async function lateActions(entente: Entente, country: string | undefined): Promise<readonly MatrixAction[]> {
  const actions: MatrixAction[] = [];
  let after: string | undefined;
  do {
    const page = await entente.actions({ country, late: true }, { after });
    actions.push(...page.rows);
    after = page.next;
  } while (after !== undefined);
  return actions;
}

async function bringUp(entente: Entente, { id }: MatrixAction, by: string): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  // An id of our own makes it safe to run this twice on the same day.
  await entente.command(
    id,
    'note',
    { by, note: `Brought up as late on ${today}.` },
    { commandId: `late-${id.replace('/', '-')}-${today}` },
  );
}

const entente = connectEntente();
try {
  const actions = await lateActions(entente, positionals[0]);
  for (const owner of new Set(actions.map((action) => action.owner))) {
    const own = actions.filter((action) => action.owner === owner);
    console.log(`\n${owner}: ${own.length} late`);
    for (const { id, topic, due, firstDue } of own)
      console.log(`- ${topic} (${id}), due ${due}${firstDue === due ? '' : `, first due ${firstDue}`}`);
  }
  if (actions.length === 0) console.log('No follow-up action is late.');
  if (values.note !== undefined) for (const action of actions) await bringUp(entente, action, values.note);
} catch (error) {
  const expected = [RefusedError, SettingsError, UnavailableError].some((known) => error instanceof known);
  if (!expected || !(error instanceof Error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await entente.close();
}
