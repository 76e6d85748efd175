import { kindOf } from '../../domain/case/opening.ts';
import { stageInWords } from '../../domain/case/stage-words.ts';
import { type Kind, lifecycles } from '../../domain/kinds.ts';
import { isEnd } from '../../domain/lifecycle.ts';
import { refuse } from '../../domain/refusal.ts';
import type { Answer } from '../client.ts';
import { RefusedError } from '../errors.ts';
import { momentOf } from '../output/moment.ts';
import { type Format, print, say } from '../output/output.ts';
import { jsonOf, plain } from '../output/plain.ts';

/** Under a kind, what follows the "/" is enough. */
export function fullId(kind: string, given: string): string {
  if (!given.includes('/')) return `${kind}/${given}`;
  if (kindOf(given) === kind) return given;
  throw new RefusedError(refuse('WrongKind', `${given} is no ${kind}; try \`./entente ${kindOf(given)} …\`.`));
}

export function showAnswer(answer: Answer, format: Format): void {
  if (format === 'json') return print(jsonOf(answer));
  print(plain(`${answer.case} is at "${stageInWords(answer.stage)}" (event ${answer.event}, ${momentOf(answer.at)}).`));
  const isOver = isEnd(lifecycles[kindOf(answer.case) as Kind], answer.stage) || answer.stage === 'cancelled';
  say(isOver ? 'It is over.' : `What it waits for: ./entente next ${answer.case}`);
}
