import { type CodeTried, minutesGood } from '../client/links.ts';
import type { OfferedWay } from '../client/opened-link.ts';
import { type Asked, type Page, refused, standing } from './standing.ts';
import { coordinatorIn, type Html } from './pages.ts';

interface Binding {
  readonly typed: ReadonlyMap<string, string>;
  /** The answer as the page calls it. */
  readonly label: string;
}

/** The page for an answer that binds and came without its code, or with another one, with what was typed. */
export async function askForCode(
  asked: Asked,
  way: OfferedWay,
  binding: Binding,
  tried: CodeTried | undefined,
): Promise<Page> {
  const { texts } = asked;
  if (!tried) return codeAsked(asked, way, binding);
  const wrong = tried.is === 'wrong' ? texts.say('codeWrong', { left: tried.triesLeft }) : texts.say('codeOver');
  return asking(asked, way, binding, { sentence: texts.say('correct'), wrong });
}

async function codeAsked(asked: Asked, way: OfferedWay, binding: Binding): Promise<Page> {
  const { entente, link, texts } = asked;
  const { address } = link.person;
  const coordinator = coordinatorIn(asked);
  if (!address) return refused(asked, binding.typed, texts.say('codeNowhere', { coordinator }), 409);
  if (!(await entente.links.askForCode(link, way.command, binding.label)))
    return asking(asked, way, binding, { sentence: texts.say('codeTooMany', { coordinator }) }, 429);
  const sentence = texts.say('codeSent', { address, minutes: minutesGood });
  return asking(asked, way, binding, { sentence, isFault: false }, 200);
}

interface Said {
  readonly sentence: string | Html;
  readonly wrong?: string;
  readonly isFault?: boolean;
}

/** The same form again, with a place for the code. */
async function asking(
  asked: Asked,
  { command, about }: OfferedWay,
  { typed }: Binding,
  { sentence, wrong, isFault = true }: Said,
  status = 422,
): Promise<Page> {
  const faults = new Map(wrong === undefined ? [] : [['code', wrong] as const]);
  return standing(asked, { command, about, sentence, typed, faults, isFault, asksForCode: true }, status);
}
