import { html } from 'hono/html';
import { minutesGood } from '../client/links.ts';
import type { AnswerWay } from '../domain/case/answers.ts';
import { isRefusal } from '../domain/refusal.ts';
import { type Asked, type Page, refused, sightOf, standing } from './standing.ts';
import { coordinatorIn, type Html, recorded } from './pages.ts';

interface Binding {
  readonly typed: ReadonlyMap<string, string>;
  /** The answer as the page calls it. */
  readonly label: string;
}

const ofCode = ['code', 'again'] as const;

/** What a form asks for besides its code, where it has one. */
export const withoutCode = ({ definition }: AnswerWay, typed: ReadonlyMap<string, string>) =>
  definition.confirms === undefined
    ? typed
    : new Map([...typed].filter(([name]) => !(ofCode as readonly string[]).includes(name)));

/**
 * Whether an answer that binds may be given: with a code that went to the directory's address of whoever gives it. What
 * would be refused needs none. Otherwise the page that asks for the code, with what was typed.
 */
export async function confirm(
  asked: Asked,
  way: AnswerWay,
  body: Readonly<Record<string, unknown>>,
  binding: Binding,
): Promise<Page | undefined> {
  const { entente, link, texts, token } = asked;
  const { typed } = binding;
  const trial = await entente.wouldAccept(link.caseId, way.command, { ...body, by: link.person.person });
  const form = typed.get('form') ?? '';
  // The same form that came a moment before: what it says is on record.
  if (isRefusal(trial) && (await entente.links.answered(link, form))) return undefined;
  if (isRefusal(trial)) return refused(asked, typed, html`${texts.say('refused')}: ${recorded(trial.because)}`, 409);
  const code = (typed.get('code') ?? '').replaceAll(/\s/g, '');
  if (code === '' || typed.has('again')) return codeAsked(asked, way, binding);
  const tried = await entente.links.tryCode(link, token, { command: way.command, code, form });
  if (tried.is === 'right') return undefined;
  const wrong = tried.is === 'wrong' ? texts.say('codeWrong', { left: tried.triesLeft }) : texts.say('codeOver');
  return asking(asked, way, binding, { sentence: texts.say('correct'), wrong });
}

async function codeAsked(asked: Asked, way: AnswerWay, binding: Binding): Promise<Page> {
  const { entente, link, texts } = asked;
  const { address } = link.person;
  const coordinator = coordinatorIn(await sightOf(asked));
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
  { command }: AnswerWay,
  { typed }: Binding,
  { sentence, wrong, isFault = true }: Said,
  status = 422,
): Promise<Page> {
  const faults = new Map(wrong === undefined ? [] : [['code', wrong] as const]);
  return standing(await sightOf(asked), { command, sentence, typed, faults, isFault, asksForCode: true }, status);
}
