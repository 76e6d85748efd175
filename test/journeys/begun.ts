import { inventedStory, readStory } from '../../examples/story.ts';

/** What a story opens first: a request and a programme of years that are over, and a request of years to come. */
export const begun = ['greece-2017-2018.yaml', 'korea-bsec-2017.yaml', inventedStory].flatMap((file) => {
  const first = readStory(file).steps.find((each) => 'open' in each);
  return first ? [[file, first] as const] : [];
});
