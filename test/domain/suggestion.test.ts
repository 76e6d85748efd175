import { describe, expect, it } from 'vitest';
import { suggestionFor } from '../../domain/suggestion.ts';

const people = [
  { id: 'kim-minji', name: 'Kim Min-ji (김민지)' },
  { id: 'kim-daeho', name: 'Kim Dae-ho (김대호)' },
  { id: 'dumitru-stefan', name: 'Ștefan Dumitru' },
];
const countries = [
  { id: 'RS', name: 'Serbia' },
  { id: 'KR', name: 'Republic of Korea' },
];
const stages = ['inEffect', 'noticeGiven', 'signed'].map((id) => ({ id }));

describe('what somebody may have meant', () => {
  it.each([
    ['Serbia', countries, 'did you mean RS?'],
    ['Korea', countries, 'did you mean KR?'],
    ['rs', countries, 'did you mean RS?'],
    ['Kim Min-ji', people, 'did you mean kim-minji?'],
    ['김민지', people, 'did you mean kim-minji?'],
    ['Kim', people, 'did you mean kim-minji or kim-daeho?'],
    ['Stefan Dumitru', people, 'did you mean dumitru-stefan?'],
    ['kim-mniji', people, 'did you mean kim-minji?'],
    ['inefect', stages, 'did you mean inEffect?'],
    ['in-effect', stages, 'did you mean inEffect?'],
    ['', people, undefined],
    ['Petrović', people, undefined],
    ['x'.repeat(10_000), people, undefined],
  ])('%s', (typed, known, said) => expect(suggestionFor(typed, known)).toBe(said));
});
